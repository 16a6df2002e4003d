/** A ledger in memory that keeps its records, writes after a while, and fails when it is told to. For tests. */
import type { Ledger, LedgerRecord, RecordDraft } from "../contracts.ts";
import { eventKey } from "../digest.ts";
import { EngineError } from "../errors.ts";

export interface MemoryLedgerOptions {
  /** Asked once a write; true makes it fail. */
  readonly fails?: () => boolean;
  /** Turns of the event loop that a write takes. */
  readonly turns?: () => number;
}

export interface MemoryLedger extends Ledger {
  readonly records: readonly LedgerRecord[];
  readonly drafts: readonly RecordDraft[];
}

export function memoryLedger(options: MemoryLedgerOptions = {}): MemoryLedger {
  const records: LedgerRecord[] = [];
  const drafts: RecordDraft[] = [];
  const index = new Map<string, { seq: number; digest: Uint8Array; json: string }>();
  let lastSeq = 0;
  let tail = Promise.resolve();

  function append(batch: readonly RecordDraft[]) {
    const firstSeq = lastSeq + 1;
    const placed = batch.map((draft, at) => place(draft, firstSeq + at));
    lastSeq += batch.length;
    const written = tail.then(() => write(placed, batch));
    tail = written.catch(() => {});
    return { firstSeq, written };
  }

  function place(draft: RecordDraft, seq: number): LedgerRecord {
    const json = `{"seq":${seq},"type":"${draft.type}",${draft.json.slice(1)}`;
    if (draft.key) index.set(eventKey(draft.key.orgId, draft.key.eventId), { seq, digest: draft.key.digest, json });
    return { seq, type: draft.type, json };
  }

  async function write(placed: readonly LedgerRecord[], batch: readonly RecordDraft[]): Promise<void> {
    for (let turn = options.turns?.() ?? 1; turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
    if (options.fails?.()) {
      for (const { key } of batch) if (key) index.delete(eventKey(key.orgId, key.eventId));
      throw new EngineError("ledger-failed", "no space left");
    }
    records.push(...placed);
    drafts.push(...batch);
  }

  return {
    records,
    drafts,
    append,
    find: (orgId, eventId) => index.get(eventKey(orgId, eventId)),
    flush: () => tail,
    async *read(fromSeq) {
      const wanted = records.filter((record) => record.seq >= fromSeq);
      for (let at = 0; at < wanted.length; at += 100) yield wanted.slice(at, at + 100);
    },
    get lastSeq() {
      return lastSeq;
    },
  };
}
