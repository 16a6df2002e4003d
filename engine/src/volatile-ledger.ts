/**
 * A ledger that keeps nothing beyond the process: it numbers records, and knows the events among the last `recordsMax`
 * so that a repeat is answered as with a real one. For replays and for embedding without evidence; `read` has nothing
 * to give.
 *
 * Two generations: what is new goes into the younger, and when that is full the older is let go as a whole, so nothing
 * is ever deleted one by one (which took longer than the decision: a Map keeps the places of what was deleted). At most
 * twice `recordsMax` are held; what the bound has passed counts as absent, so the answer does not depend on when.
 */
import type { Ledger, RecordDraft } from "./contracts.ts";
import { eventKey } from "./digest.ts";

interface Kept {
  readonly seq: number;
  readonly digest: string;
  /** Of the draft. */
  readonly json: string;
}

/** A repeat comes within seconds, and all that is kept is copied by the collector: a few seconds of full load. */
const RECORDS_MAX = 16_384;

export function volatileLedger(recordsMax: number = RECORDS_MAX): Ledger {
  let younger = new Map<string, Kept>();
  let older = new Map<string, Kept>();
  let lastSeq = 0;
  const done = Promise.resolve();

  function keep({ key, isRevision, json }: RecordDraft, seq: number): void {
    if (key === undefined || isRevision) return;
    if (younger.size >= recordsMax) {
      older = younger;
      younger = new Map();
    }
    younger.set(eventKey(key.orgId, key.eventId), { seq, digest: key.digest, json });
  }

  return {
    append(drafts) {
      const firstSeq = lastSeq + 1;
      for (const draft of drafts) keep(draft, ++lastSeq);
      return { firstSeq, written: done };
    },
    find(orgId, eventId) {
      const key = eventKey(orgId, eventId);
      const kept = younger.get(key) ?? older.get(key);
      if (kept === undefined || kept.seq <= lastSeq - recordsMax) return undefined;
      const { seq, digest, json } = kept;
      return { seq, digest, json: `{"seq":${seq},"type":"decision",${json.slice(1)}` };
    },
    flush: () => done,
    async *read() {},
    get lastSeq() {
      return lastSeq;
    },
  };
}
