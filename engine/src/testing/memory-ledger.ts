/**
 * A ledger in memory that keeps its records, writes after a while, and fails when it is told to. For tests.
 * As a real one, a failed write fails all that is not yet written, forgets the keys, and gives their seqs again.
 */
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
}

interface Waiting {
  readonly placed: readonly LedgerRecord[];
  readonly drafts: readonly RecordDraft[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export function memoryLedger(options: MemoryLedgerOptions = {}): MemoryLedger {
  const records: LedgerRecord[] = [];
  const index = new Map<string, { seq: number; digest: string; json: string }>();
  let waiting: Waiting[] = [];
  let lastSeq = 0;
  let pumping: Promise<void> | undefined;

  function append(drafts: readonly RecordDraft[]) {
    const firstSeq = lastSeq + 1;
    const placed = drafts.map((draft, at) => place(draft, firstSeq + at));
    lastSeq += drafts.length;
    const written = new Promise<void>((resolve, reject) => waiting.push({ placed, drafts, resolve, reject }));
    pumping ??= Promise.resolve().then(pump); // later, so that `pumping` is set before it ends
    return { firstSeq, written };
  }

  function place(draft: RecordDraft, seq: number): LedgerRecord {
    const json = `{"seq":${seq},"type":"${draft.type}",${draft.json.slice(1)}`;
    const { key, isRevision } = draft;
    if (key && !isRevision) index.set(eventKey(key.orgId, key.eventId), { seq, digest: key.digest, json });
    return { seq, type: draft.type, json };
  }

  async function pump(): Promise<void> {
    while (waiting.length > 0) {
      for (let turn = options.turns?.() ?? 1; turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
      if (options.fails?.()) failAll();
      else {
        const first = waiting.shift();
        records.push(...(first?.placed ?? []));
        first?.resolve();
      }
    }
    pumping = undefined;
  }

  function failAll(): void {
    const doomed = waiting;
    waiting = [];
    lastSeq = records.at(-1)?.seq ?? 0;
    for (const { drafts, reject } of doomed) {
      for (const { key, isRevision } of drafts) if (key && !isRevision) index.delete(eventKey(key.orgId, key.eventId));
      reject(new EngineError("ledger-failed", "no space left"));
    }
  }

  return {
    records,
    append,
    find: (orgId, eventId) => index.get(eventKey(orgId, eventId)),
    flush: () => pumping ?? Promise.resolve(),
    async *read(fromSeq) {
      const wanted = records.filter((record) => record.seq >= fromSeq);
      for (let at = 0; at < wanted.length; at += 100) yield wanted.slice(at, at + 100);
    },
    get lastSeq() {
      return lastSeq;
    },
  };
}
