/** The streams and subjects of Sluice, and those of its bare counterparts, which are made alike. */
export interface StreamPair {
  readonly events: { readonly stream: string; readonly subject: string };
  readonly decisions: string;
  readonly check: string;
}

/**
 * `lean` acknowledges an event at once and waits for nothing; `careful` acknowledges it when the stream has
 * acknowledged what was published of it, by the client library's own calls.
 */
export const BARE_KINDS = ["lean", "careful"] as const;
export type BareKind = (typeof BARE_KINDS)[number];

export const SLUICE_STREAMS: StreamPair = {
  events: { stream: "SLUICE_EVENTS", subject: "sluice.events.public_users" },
  decisions: "SLUICE_DECISIONS",
  check: "sluice.check",
};

/** With where it publishes. */
export function bareStreams(kind: BareKind): StreamPair & { readonly decisionSubject: string } {
  return {
    events: { stream: `BENCH_EVENTS_${kind}`, subject: `bench.${kind}.events.public_users` },
    decisions: `BENCH_DECISIONS_${kind}`,
    decisionSubject: `bench.${kind}.decisions.allow.public_users`,
    check: `bench.${kind}.check`,
  };
}
