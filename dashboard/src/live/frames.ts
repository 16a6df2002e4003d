/** What `/live` sends, read from text. A frame of a type that this page does not know is `other`, never an error. */
import type { Counters, Decision, WindowResult } from "@sluice/engine";

export type Frame =
  | { readonly type: "snapshot"; readonly seq: number; readonly counters: Partial<Counters> }
  | { readonly type: "decisions"; readonly seq: number; readonly prev: number; readonly decisions: readonly Decision[] }
  /** Ledger sequences `from` to `to`, both included, were not sent. */
  | { readonly type: "gap"; readonly from: number; readonly to: number }
  | { readonly type: "aggregates"; readonly windows: readonly WindowResult[] }
  | { readonly type: "alerts"; readonly alerts: readonly LiveAlert[] }
  | { readonly type: "other" };

/** What an operator should see now. */
export interface LiveAlert {
  readonly code: string;
  readonly severity: "warning" | "critical";
  /** How many events or payloads it is about. */
  readonly count: number;
  /** What happened and what to do. */
  readonly message: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Reads one message; `undefined` when it is no frame at all. */
export function readFrame(message: string): Frame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const frame = value as Record<string, unknown>;
  const { type, seq, prev, from, to, counters, decisions, windows, alerts } = frame;
  if (type === "snapshot" && isSeq(seq)) {
    return { type, seq, counters: (typeof counters === "object" && counters) || {} };
  }
  if (type === "decisions" && isSeq(seq) && isSeq(prev) && Array.isArray(decisions)) {
    return { type, seq, prev, decisions };
  }
  if (type === "gap" && isSeq(from) && isSeq(to)) return { type, from, to };
  if (type === "aggregates" && Array.isArray(windows)) return { type, windows };
  if (type === "alerts" && Array.isArray(alerts)) return { type, alerts };
  return typeof type === "string" ? { type: "other" } : undefined;
}

function isSeq(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
