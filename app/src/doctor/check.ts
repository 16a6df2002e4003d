/**
 * What a check is: one question to a running system, with an answer that a person can act on. A check changes nothing
 * unless it says so, ends within its limit, and never passes without having looked.
 */
export type CheckState = "pass" | "warn" | "fail" | "skip";

export const CHECK_GROUPS = ["this machine", "rules", "data folder", "server", "writing", "NATS"] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];

export interface Finding {
  readonly state: CheckState;
  /** What was seen: for a pass the evidence, for a fault what is wrong, for a skip why nothing was looked at. */
  readonly detail: string;
  /** What to do; on every `fail` and `warn`. */
  readonly advice?: string;
}

export interface Check {
  /** Stable, in kebab case; docs/guides/doctor.md lists them. */
  readonly name: string;
  readonly group: CheckGroup;
  /** What it does, for a person: "loads the kernel and scores a known text". */
  readonly does: string;
  /** Checks before this one without whose pass (or warning) it makes no sense. */
  readonly needs?: readonly string[];
  /** Checks before this one whose findings it takes into account, whatever they are. */
  readonly looksAt?: readonly string[];
  /** Where the usual limit does not fit. */
  readonly limitMs?: number;
  /** @param signal aborts when the limit is over; what is still open then must be let go. */
  run(signal: AbortSignal): Finding | Promise<Finding>;
}

export interface CheckResult extends Finding {
  readonly check: string;
  readonly group: CheckGroup;
  readonly does: string;
  readonly elapsedMs: number;
}

export const pass = (detail: string): Finding => ({ state: "pass", detail });
export const warn = (detail: string, advice: string): Finding => ({ state: "warn", detail, advice });
export const fail = (detail: string, advice: string): Finding => ({ state: "fail", detail, advice });
export const skip = (detail: string): Finding => ({ state: "skip", detail });

/** Ends a check from inside as `fail`. */
export class Fault extends Error {
  readonly finding: Finding;
  constructor(detail: string, advice: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = "Fault";
    this.finding = fail(detail, advice);
  }
}
