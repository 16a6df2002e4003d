/**
 * Brings a reader from `?since=` to the present out of the ledger, at the reader's own pace: lossless however slow it
 * is, because the ledger waits. Then it joins the live readers between two frames, with no gap and no repeat.
 */
import {
  decisionOfRecord,
  type Ledger,
  type LedgerRecord,
  type RecordedDecision,
  serializeDecision,
} from "@sluice/engine";
import { decisionsFrame } from "./frame.ts";
import type { LiveReader } from "./reader.ts";

export interface ResumeOptions {
  readonly ledger: Pick<Ledger, "read">;
  readonly frameBytesMax: number;
  /** Called when the reader has everything up to `seq`; true when it could join, false when there is more to read. */
  readonly join: (seq: number) => boolean;
  /** The ledger keeps no records to read back: what is missing becomes a gap, and the reader joins. */
  readonly giveUp: () => void;
  /** Waits before asking a ledger again that had nothing new yet. */
  readonly retryMs: number;
}

export async function resume(reader: LiveReader, options: ResumeOptions): Promise<void> {
  let considered = reader.seq;
  let passesInVain = 0;
  while (reader.socket.isOpen) {
    const before = considered;
    for await (const records of options.ledger.read(considered + 1)) {
      for (const batch of framesOf(records, options.frameBytesMax)) {
        if (!(await sendBatch(reader, batch))) return;
      }
      considered = records.at(-1)?.seq ?? considered;
      if (!reader.socket.isOpen) return;
    }
    if (options.join(considered)) return;
    passesInVain = considered === before ? passesInVain + 1 : 0;
    // All that was published can be read from a ledger that keeps it, in the pass after the one that it came in.
    if (passesInVain === 2) return options.giveUp();
    if (passesInVain > 0) await new Promise((resolve) => setTimeout(resolve, options.retryMs).unref());
  }
}

/** Decisions among the records, cut into batches of about `bytesMax`. */
function* framesOf(records: readonly LedgerRecord[], bytesMax: number): Generator<readonly RecordedDecision[]> {
  let batch: RecordedDecision[] = [];
  let bytes = 0;
  for (const { seq, type, json } of records) {
    if (type !== "decision") continue;
    const decision = decisionOfRecord(json);
    const text = serializeDecision(decision);
    batch.push({ seq, facts: decision, decision, json: text });
    bytes += text.length;
    if (bytes < bytesMax) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

/** False when the reader left. */
async function sendBatch(reader: LiveReader, batch: readonly RecordedDecision[]): Promise<boolean> {
  const frame = decisionsFrame(batch, reader.filter, reader.seq);
  if (frame === undefined) return reader.socket.isOpen;
  while (reader.socket.isOpen) {
    if (reader.socket.send(frame) !== "dropped") {
      reader.seq = batch.at(-1)!.seq;
      return true;
    }
    await new Promise<void>((resolve) => {
      reader.onRoom = resolve;
    });
  }
  return false;
}
