/**
 * The first stage of the pipeline: parcels in, chunks out. Reads and judges each event, finds repeats, and appends the
 * chunk's records. Works in slices of about 2 ms and lets the event loop turn between them, also in the middle of a
 * payload, so that a burst of large payloads does not hold up `/check`.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { RaiseAlert } from "./alerts.ts";
import { type Answered, type Chunk, emptyChunk, type Parcel } from "./chunk.ts";
import type { Clock, Ledger, RecordDraft, Rejection } from "./contracts.ts";
import { type EventFields, isRejection } from "./decode.ts";
import type { Judge, Judged } from "./judge.ts";
import type { ReadEvent, Reader } from "./reader.ts";
import { reusedId } from "./rejection.ts";
import { decisionOfRecord } from "./stored-decision.ts";

/** Most records of one append. */
export const CHUNK_EVENTS_MAX = 512;
const SLICE_US = 2000;

export interface DecideStageOptions {
  readonly reader: Reader;
  readonly judge: Judge;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly replay: boolean;
  readonly alert: RaiseAlert;
  /** Writes that failed so far, and the last seq known to be written. */
  readonly progress: { readonly failures: number; readonly writtenSeq: number };
}

interface Pending {
  readonly digest: Uint8Array;
  readonly answer: Answered;
}

/** Never throws: parcels that a bug of ours stopped come out as failed. */
export function createDecideStage(options: DecideStageOptions): (parcels: readonly Parcel[]) => AsyncGenerator<Chunk> {
  const { reader, judge, ledger, clock, replay, alert, progress } = options;
  let pending = new Map<string, Pending>(); // events of the chunk in hand, by key
  let chunk = emptyChunk(progress.failures);
  let faults = 0;
  let reused = 0;

  async function* decide(parcels: readonly Parcel[]): AsyncGenerator<Chunk> {
    const unfinished = new Set(parcels);
    try {
      let sliceEndUs = begin();
      for (const parcel of parcels) {
        chunk.parcels.add(parcel);
        const payload = reader.open(parcel.delivery.value);
        if (isRejection(payload)) {
          parcel.rejected.push(payload);
          parcel.refused = true;
        } else {
          for (let index = 0; index < payload.count; index++) {
            if (chunk.entries.length >= CHUNK_EVENTS_MAX || clock.monotonicUs() >= sliceEndUs) {
              yield close();
              await nextTurn();
              sliceEndUs = begin();
              chunk.parcels.add(parcel);
            }
            take(payload.read(index), index, parcel);
          }
        }
        chunk.finished.push(parcel);
        unfinished.delete(parcel);
      }
      yield close();
    } catch (error) {
      alert(
        "part-fault",
        unfinished.size,
        `the engine failed on a batch (${nameOf(error)}); its payloads will be tried again`,
      );
      for (const parcel of unfinished) parcel.failed = true;
      chunk.finished.push(...unfinished);
      yield close();
    }
  }

  function begin(): number {
    chunk = emptyChunk(progress.failures);
    pending = new Map(); // not `clear`: V8 links a cleared table to its successor, which then outlives its chunk
    faults = 0;
    reused = 0;
    return clock.monotonicUs() + SLICE_US;
  }

  /** Appends what the chunk holds; a failure is its `written` value, to be met in the order of the chunks. */
  function close(): Chunk {
    if (faults > 0)
      alert(
        "engine-fault",
        faults,
        "the detector or the policy failed; these events were answered by the policy's fail_mode",
      );
    if (reused > 0)
      alert("event-id-reused", reused, "an event_id came again with another event; the sender must use new ids");
    if (chunk.drafts.length === 0) return chunk;
    try {
      const { firstSeq, written } = ledger.append(chunk.drafts);
      for (const [at, entry] of chunk.entries.entries()) {
        entry.seq = firstSeq + at;
        (chunk.answers[at] as Answered).seq = entry.seq;
      }
      for (const { repeat, first } of chunk.repeats) repeat.seq = first.seq;
      chunk.written = written.then(() => undefined, asError);
    } catch (error) {
      chunk.written = Promise.resolve(asError(error));
    }
    return chunk;
  }

  function take(read: ReadEvent | Rejection, index: number, parcel: Parcel): void {
    if (isRejection(read)) {
      parcel.rejected.push(read);
      return;
    }
    const { fields } = read;
    const first = pending.get(fields.key);
    if (first !== undefined) takeRepeat(first, read, index, parcel);
    else if (!takeStored(read, index, parcel)) takeNew(read, parcel);
  }

  /** A repeat of an event in this very chunk. */
  function takeRepeat(first: Pending, { fields }: ReadEvent, index: number, parcel: Parcel): void {
    if (!isSame(first.digest, fields.digest)) {
      refuseReused(fields, index, parcel);
      return;
    }
    const repeat = { ...first.answer, duplicate: true };
    chunk.repeats.push({ repeat, first: first.answer });
    parcel.answered.push(repeat);
  }

  /** @returns false when the ledger does not know the event. */
  function takeStored({ fields, scan }: ReadEvent, index: number, parcel: Parcel): boolean {
    let stored: ReturnType<Ledger["find"]>;
    try {
      stored = ledger.find(fields.orgId, fields.eventId);
    } catch {
      parcel.failed = true; // not knowing whether it is a repeat, we may neither record nor answer it
      return true;
    }
    if (stored === undefined) return false;
    if (!isSame(stored.digest, fields.digest)) {
      refuseReused(fields, index, parcel);
      return true;
    }
    const decision = decisionOfRecord(stored.json);
    const output = scan === undefined ? undefined : judge.repeatOutput(fields, scan, decision);
    const answer = { decision, json: JSON.stringify(decision), seq: stored.seq, duplicate: true };
    parcel.answered.push(output === undefined ? answer : { ...answer, output });
    if (stored.seq > progress.writtenSeq) chunk.leansOnUnwritten = true;
    return true;
  }

  function takeNew({ fields, scan }: ReadEvent, parcel: Parcel): void {
    const judged = judge.judge(fields, scan, { arrivedUs: parcel.arrivedUs, replay });
    if (judged.isFault) faults += 1;
    const { decision, json, output } = judged;
    const answer: Answered = { decision, json, seq: 0, duplicate: false };
    if (output !== undefined) answer.output = output;
    pending.set(fields.key, { digest: fields.digest, answer });
    parcel.answered.push(answer);
    chunk.answers.push(answer);
    chunk.entries.push({ seq: 0, decision, json, eventTimeMs: fields.eventTimeMs });
    chunk.drafts.push(draftOf({ fields, scan }, judged, judge.policy.retainText));
  }

  function refuseReused(fields: EventFields, index: number, parcel: Parcel): void {
    reused += 1;
    parcel.rejected.push(reusedId(index, fields.eventId));
  }

  return decide;
}

function draftOf({ fields, scan }: ReadEvent, judged: Judged, retain: "none" | "flagged" | "all"): RecordDraft {
  const { orgId, eventId, digest, details } = fields;
  const json = details.recordJson === "" ? judged.json : `${judged.json.slice(0, -1)}${details.recordJson}}`;
  const key = { orgId, eventId, digest };
  const isKept = retain === "all" || (retain === "flagged" && judged.decision.action !== "allow");
  if (!isKept || scan === undefined) return { type: "decision", json, key };
  // Copied: the append comes after the kernel has read further events over these bytes.
  const text = { prompt: scan.bytes("prompt").slice(), completion: scan.bytes("completion").slice() };
  return { type: "decision", json, key, text };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
