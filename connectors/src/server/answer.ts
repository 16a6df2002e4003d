/**
 * The shapes every answer shares: headers that keep a browser from guessing or reading across origins, and the 4xx
 * body.
 */
import type { Rejection } from "@sluice/engine";
import type { Headers, PortResponse } from "./port.ts";

/** On every answer: no other origin may embed or read it, and its type is what it says. */
export const SAFE_HEADERS = {
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
} as const;

export const JSON_HEADERS: Headers = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  ...SAFE_HEADERS,
};

/** Seconds after which a refused sender may try again. Full queues drain in well under one. */
const RETRY_AFTER_S = "1";
const RETRY_HEADERS: Headers = { ...JSON_HEADERS, "retry-after": RETRY_AFTER_S };

/** Body of every 4xx and 5xx. */
export function problem(error: string, rejected: readonly Rejection[] = []): string {
  return `{"error":${JSON.stringify(error)},"rejected":${JSON.stringify(rejected)}}`;
}

export function answerJson(response: PortResponse, status: number, body: string): void {
  response.end(status, JSON_HEADERS, body);
}

/** A 4xx; a 503 also says when to come again. */
export function answerProblem(
  response: PortResponse,
  status: number,
  error: string,
  rejected: readonly Rejection[] = [],
): void {
  response.end(status, status === 503 ? RETRY_HEADERS : JSON_HEADERS, problem(error, rejected));
}
