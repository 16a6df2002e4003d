/**
 * A ledger that keeps nothing beyond the process: it numbers records, and knows the last `keysMax` events so that a
 * repeat is answered as with a real one. For replays and for embedding without evidence; `read` has nothing to give.
 */
import type { Ledger, RecordDraft } from "./contracts.ts";
import { eventKey } from "./digest.ts";

interface Kept {
  readonly seq: number;
  readonly digest: string;
  readonly json: string;
}

export function volatileLedger(keysMax = 100_000): Ledger {
  const kept = new Map<string, Kept>(); // in the order of arrival: the first is the oldest
  let lastSeq = 0;
  const done = Promise.resolve();

  function keep(draft: RecordDraft, seq: number): void {
    if (draft.key === undefined) return;
    const { orgId, eventId, digest } = draft.key;
    const json = `{"seq":${seq},"type":"${draft.type}",${draft.json.slice(1)}`;
    kept.set(eventKey(orgId, eventId), { seq, digest, json });
    if (kept.size <= keysMax) return;
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      return;
    }
  }

  return {
    append(drafts) {
      const firstSeq = lastSeq + 1;
      for (const draft of drafts) keep(draft, ++lastSeq);
      return { firstSeq, written: done };
    },
    find: (orgId, eventId) => kept.get(eventKey(orgId, eventId)),
    flush: () => done,
    async *read() {},
    get lastSeq() {
      return lastSeq;
    },
  };
}
