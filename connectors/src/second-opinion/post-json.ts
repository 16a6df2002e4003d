/**
 * One POST of JSON to a judge, bounded in time (by the signal) and size. Redirects are refused: text and key go to the
 * address that was set and to no other. What a peer wrote is never part of an error.
 */
import { JudgeFault } from "./contracts.ts";

/** Of an answer; a verdict takes some hundred. */
export const ANSWER_BYTES_MAX = 256 * 1024;

export interface PostOptions {
  readonly url: URL;
  /** Sent as bearer token. */
  readonly key: string | undefined;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

/** @throws {JudgeFault}; what the signal's abort throws is passed on. */
export async function postJson({ url, key, body, signal }: PostOptions): Promise<unknown> {
  const headers: Record<string, string> = { "content-type": "application/json", accept: "application/json" };
  if (key !== undefined) headers.authorization = `Bearer ${key}`;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      redirect: "error",
      signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(response);
    }
    return parse(await readBounded(response));
  } catch (cause) {
    if (cause instanceof JudgeFault || signal.aborted) throw cause;
    throw new JudgeFault("unreachable", "the judge cannot be reached, or hung up");
  }
}

function refusal({ status, headers }: Response): JudgeFault {
  if (status !== 429 && status !== 503) return new JudgeFault("refused", `the judge answered with status ${status}`);
  const seconds = headers.get("retry-after") ?? "";
  const retryAfterMs = /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
  return new JudgeFault("limited", `the judge takes no more for now (status ${status})`, retryAfterMs);
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) {
      throw new JudgeFault("too-large", `the judge's answer has more than ${ANSWER_BYTES_MAX} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JudgeFault("unreadable", "the judge's answer is not JSON");
  }
}

/** `base` with or without a slash at its end. */
export function endpoint(base: URL, path: string): URL {
  return new URL(`${base.pathname.replace(/\/+$/, "")}/${path}${base.search}`, base);
}

/** A member of an object that came from outside. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** `usage.total_tokens`, as this family of interfaces counts. */
export function tokensOf(answer: unknown): { readonly tokens?: number } {
  const tokens = memberOf(memberOf(answer, "usage"), "total_tokens");
  return Number.isSafeInteger(tokens) && (tokens as number) >= 0 ? { tokens: tokens as number } : {};
}
