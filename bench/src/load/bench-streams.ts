/** The streams and subjects of Sluice, and those of its bare counterpart, which are made alike. */
export interface StreamPair {
  readonly events: { readonly stream: string; readonly subject: string };
  readonly decisions: string;
  readonly check: string;
}

export const SLUICE_STREAMS: StreamPair = {
  events: { stream: "SLUICE_EVENTS", subject: "sluice.events.public_users" },
  decisions: "SLUICE_DECISIONS",
  check: "sluice.check",
};
export const BARE_STREAMS: StreamPair = {
  events: { stream: "BENCH_EVENTS", subject: "bench.events.public_users" },
  decisions: "BENCH_DECISIONS",
  check: "bench.check",
};
/** Where the bare counterpart publishes. */
export const BARE_DECISION_SUBJECT = "bench.decisions.allow.public_users";
export const BARE_CONSUMER = "bench-engine";
