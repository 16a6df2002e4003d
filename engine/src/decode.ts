/** From an event that the kernel found sound to what the engine decides, keys and records it by. */
import type { FieldName, Scan } from "@sluice/core-wasm";
import type { Rejection } from "./contracts.ts";
import { type Details, readDetails } from "./details.ts";
import { eventDigest, eventKey } from "./digest.ts";
import { faultRejection } from "./rejection.ts";

export interface EventFields {
  readonly eventId: string;
  readonly orgId: string;
  readonly userId: string;
  /** As sent. */
  readonly timestamp: string;
  readonly eventTimeMs: number;
  readonly surface: string;
  readonly tier: string;
  readonly modelVersion: string | undefined;
  readonly conversationId: string | undefined;
  readonly hasCompletion: boolean;
  readonly details: Details;
  /** No id needs an escape in JSON. */
  readonly plainIds: boolean;
  /** `eventKey` of organisation and event. */
  readonly key: string;
  /** SHA-256 of the canonical event, hex. */
  readonly digest: string;
}

export function decode(scan: Scan, index: number): EventFields | Rejection {
  if (scan.fault !== undefined) return faultRejection(index, scan.text("event_id"), scan.fault);
  const eventId = scan.text("event_id");
  const details = readDetails(scan, index, eventId);
  if ("reason" in details) return details;
  const orgId = scan.text("org_id");
  return {
    eventId,
    orgId,
    userId: scan.text("user_id"),
    timestamp: scan.text("timestamp"),
    eventTimeMs: scan.eventTimeMs,
    surface: scan.text("surface"),
    tier: scan.text("tier"),
    modelVersion: optionalText(scan, "model_version"),
    conversationId: optionalText(scan, "conversation_id"),
    hasCompletion: scan.byteLength("completion") > 0,
    details,
    plainIds: scan.plainIds,
    key: eventKey(orgId, eventId),
    digest: eventDigest(scan.canonical(), details.digestJson),
  };
}

export function isRejection(value: object): value is Rejection {
  return "reason" in value;
}

function optionalText(scan: Scan, field: FieldName): string | undefined {
  return scan.has(field) ? scan.text(field) : undefined;
}
