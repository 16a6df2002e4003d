/**
 * The first stage of the pipeline: parcels in, chunks out. Reads and judges each event, finds repeats, and appends the
 * chunk's records. Works in slices of about 2 ms and lets the event loop turn between them, also in the middle of a
 * payload, so that a burst of large payloads does not hold up `/check`.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { RaiseAlert } from "./alerts.ts";
import { type Answered, type Chunk, type Entry, emptyChunk, type Parcel } from "./chunk.ts";
import type { Clock, Decision, Ledger, Output, RecordDraft, Rejection } from "./contracts.ts";
import { type EventFields, isRejection } from "./decode.ts";
import { eventKey } from "./digest.ts";
import type { Judge, Judged } from "./judge.ts";
import type { OpinionDesk } from "./opinion-desk.ts";
import type { QuietEntry, QuietWay } from "./quiet.ts";
import type { OpenPayload, ReadEvent, Reader } from "./reader.ts";
import { otherOrganisation, reusedId } from "./rejection.ts";
import { decisionOfRecord } from "./stored-decision.ts";

/** Most records of one append. */
export const CHUNK_EVENTS_MAX = 512;
const SLICE_US = 2000;
const FAULT_ALERT = "the detector or the policy failed; these events were answered by the policy's fail_mode";
const REUSED_ALERT = "an event_id came again with another event; the sender must use new ids";

export interface DecideStageOptions {
  readonly reader: Reader;
  readonly judge: Judge;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly replay: boolean;
  readonly alert: RaiseAlert;
  /** The short way of quiet events; without it every event goes the long one. */
  readonly quiet: QuietWay | undefined;
  /** Where a second judge may be asked. */
  readonly desk: OpinionDesk | undefined;
  /** Writes that failed so far, and the last seq known to be written. */
  readonly progress: { readonly failures: number; readonly writtenSeq: number };
}

interface Pending {
  readonly orgId: string;
  readonly digest: string;
  readonly entry: Entry;
  readonly output?: Output | undefined;
}

/** Never throws: parcels that a bug of ours stopped come out as failed. One batch at a time. */
export class DecideStage {
  private readonly options: DecideStageOptions;
  /**
   * Events of the chunk in hand, by event id: that of the first organisation with this id; of a further one, which is
   * rare, by `eventKey`.
   */
  private pending = new Map<string, Pending | QuietEntry>();
  private chunk: Chunk;
  /** The clock as it was read last: once an event, when it was decided. */
  private nowUs = 0;
  private sliceEndUs = 0;
  private faults = 0;
  private reused = 0;

  constructor(options: DecideStageOptions) {
    this.options = options;
    this.chunk = emptyChunk(options.progress.failures);
  }

  /** Resolves when the last chunk of the batch was handed to `emit`. */
  async decide(parcels: readonly Parcel[], emit: (chunk: Chunk) => void): Promise<void> {
    const { reader, alert } = this.options;
    const unfinished = new Set(parcels);
    try {
      this.begin();
      for (const parcel of parcels) {
        this.chunk.parcels.add(parcel);
        const payload = reader.open(parcel.delivery.value);
        if (isRejection(payload)) {
          parcel.rejected.push(payload);
          parcel.refused = true;
        }
        const count = isRejection(payload) ? 0 : payload.count;
        for (let index = 0; index < count; index++) {
          if (this.chunk.entries.length >= CHUNK_EVENTS_MAX || this.nowUs >= this.sliceEndUs) {
            emit(this.close());
            await nextTurn();
            this.begin();
            this.chunk.parcels.add(parcel);
          }
          this.takeEvent(payload as OpenPayload, index, parcel);
        }
        this.chunk.finished.push(parcel);
        unfinished.delete(parcel);
      }
      emit(this.close());
    } catch (error) {
      const what = `the engine failed on a batch (${nameOf(error)}); its payloads will be tried again`;
      alert("part-fault", unfinished.size, what);
      for (const parcel of unfinished) parcel.failed = true;
      this.chunk.finished.push(...unfinished);
      emit(this.close());
    }
  }

  private begin(): void {
    const { clock, progress } = this.options;
    this.chunk = emptyChunk(progress.failures);
    this.pending = new Map(); // not `clear`: V8 links a cleared table to its successor, which then outlives its chunk
    this.faults = 0;
    this.reused = 0;
    this.nowUs = clock.monotonicUs();
    this.sliceEndUs = this.nowUs + SLICE_US;
  }

  /** Appends what the chunk holds; a failure is its `written` value, to be met in the order of the chunks. */
  private close(): Chunk {
    const { ledger, alert } = this.options;
    if (this.faults > 0) alert("engine-fault", this.faults, FAULT_ALERT);
    if (this.reused > 0) alert("event-id-reused", this.reused, REUSED_ALERT);
    if (this.chunk.drafts.length === 0) return this.chunk;
    this.takePage();
    try {
      const { firstSeq, written } = ledger.append(this.chunk.drafts);
      let seq = firstSeq;
      for (const entry of this.chunk.entries) entry.seq = seq++;
      for (const { answer, entry } of this.chunk.answers) answer.seq = entry.seq;
      this.chunk.drafts = [];
      this.chunk.written = written.then(() => undefined, asError);
    } catch (error) {
      this.chunk.written = Promise.resolve(asError(error));
    }
    return this.chunk;
  }

  /** Quiet entries get their texts. */
  private takePage(): void {
    this.options.quiet?.take(this.chunk.quiet);
    this.chunk.quiet = [];
  }

  private pendingOf(orgId: string, eventId: string): Pending | undefined {
    const first = this.pending.get(eventId);
    if (first === undefined || first.orgId === orgId) return first;
    return this.pending.get(eventKey(orgId, eventId));
  }

  private hold(pending: Pending, eventId: string): void {
    const isFirst = this.pending.get(eventId) === undefined;
    this.pending.set(isFirst ? eventId : eventKey(pending.orgId, eventId), pending);
  }

  private takeEvent(payload: OpenPayload, index: number, parcel: Parcel): void {
    if (this.takeQuiet(payload, index, parcel)) return;
    this.take(payload.read(index), index, parcel);
  }

  /** @returns false when the event must go the long way: it is a repeat, or more is to be done about it. */
  private takeQuiet(payload: OpenPayload, index: number, parcel: Parcel): boolean {
    const { quiet, ledger } = this.options;
    const scan = quiet && payload.quiet(index);
    if (scan === undefined) return false;
    const eventId = scan.text("event_id");
    const orgId = scan.text("org_id");
    if (parcel.delivery.orgId !== undefined && parcel.delivery.orgId !== orgId) return false;
    if (this.pendingOf(orgId, eventId) !== undefined || isKnown(ledger, orgId, eventId)) return false;
    const entry = quiet?.decide(scan, { orgId, eventId }, this.nowUs);
    if (entry === undefined) return false;
    this.nowUs = quiet?.decidedUs ?? this.nowUs;
    this.hold(entry, eventId);
    parcel.answered.push(entry);
    this.chunk.entries.push(entry);
    this.chunk.drafts.push(entry);
    this.chunk.quiet.push(entry);
    return true;
  }

  private take(read: ReadEvent | Rejection, index: number, parcel: Parcel): void {
    if (isRejection(read)) {
      parcel.rejected.push(read);
      this.nowUs = this.options.clock.monotonicUs();
      return;
    }
    const { fields } = read;
    const { orgId = fields.orgId } = parcel.delivery;
    const first = this.pendingOf(fields.orgId, fields.eventId);
    if (orgId !== fields.orgId) parcel.rejected.push(otherOrganisation(index, fields.eventId));
    else if (first !== undefined) this.takeRepeat(first, read, index, parcel);
    else if (!this.takeStored(read, index, parcel)) {
      this.takeNew(read, parcel);
      return;
    }
    this.nowUs = this.options.clock.monotonicUs();
  }

  /** A repeat of an event in this very chunk. */
  private takeRepeat(first: Pending, { fields }: ReadEvent, index: number, parcel: Parcel): void {
    if (first.digest !== fields.digest) {
      this.refuseReused(fields, index, parcel);
      return;
    }
    this.takePage(); // the first may be quiet, and its text is asked for now
    parcel.answered.push(this.answerBeside(first.entry, true, first.output));
  }

  /** An answer that is not its entry itself. */
  private answerBeside(entry: Entry, duplicate: boolean, output: Output | undefined): Answered {
    const { decision, json, facts } = entry;
    const answer: Answered = { decision, json, facts, seq: 0, duplicate };
    if (output !== undefined) answer.output = output;
    this.chunk.answers.push({ answer, entry });
    return answer;
  }

  /** @returns false when the ledger does not know the event. */
  private takeStored({ fields, scan }: ReadEvent, index: number, parcel: Parcel): boolean {
    const { judge, ledger, progress } = this.options;
    let stored: ReturnType<Ledger["find"]>;
    let decision: Decision;
    try {
      stored = ledger.find(fields.orgId, fields.eventId);
      if (stored === undefined) return false;
      decision = decisionOfRecord(stored.json);
    } catch {
      parcel.failed = true; // not knowing what it repeats, we may neither record nor answer it
      return true;
    }
    if (stored.digest !== fields.digest) {
      this.refuseReused(fields, index, parcel);
      return true;
    }
    const output = scan === undefined ? undefined : judge.repeatOutput(fields, scan, decision);
    const json = JSON.stringify(decision);
    const answer = { decision, json, facts: decision, seq: stored.seq, duplicate: true };
    parcel.answered.push(output === undefined ? answer : { ...answer, output });
    if (stored.seq > progress.writtenSeq) this.chunk.leansOnUnwritten = true;
    return true;
  }

  private takeNew({ fields, scan }: ReadEvent, parcel: Parcel): void {
    const { judge, desk, replay } = this.options;
    const judged = judge.judge(fields, scan, { startedUs: this.nowUs, replay });
    if (judged.isFault) this.faults += 1;
    this.nowUs = judged.decidedUs;
    const { decision, json, output } = judged;
    // One object for entry and answer: what lives until the write is copied by every collection meanwhile.
    const { orgId, eventId, digest, eventTimeMs } = fields;
    const entry: Entry = { seq: 0, facts: decision, decision, json, duplicate: false, eventTimeMs };
    this.hold({ orgId, digest, entry, output }, eventId);
    parcel.answered.push(output === undefined ? entry : this.answerBeside(entry, false, output));
    this.chunk.entries.push(entry);
    this.chunk.drafts.push(draftOf({ fields, scan }, judged, judge.policy.retainText));
    const asked = desk?.questionOf(judge.policy, { fields, scan }, entry);
    if (asked !== undefined) this.chunk.asked.push(asked);
  }

  private refuseReused(fields: EventFields, index: number, parcel: Parcel): void {
    this.reused += 1;
    parcel.rejected.push(reusedId(index, fields.eventId));
  }
}

/** A ledger that cannot tell is asked again on the long way, which answers for it. */
function isKnown(ledger: Ledger, orgId: string, eventId: string): boolean {
  try {
    return ledger.find(orgId, eventId) !== undefined;
  } catch {
    return true;
  }
}

function draftOf({ fields, scan }: ReadEvent, judged: Judged, retain: "none" | "flagged" | "all"): RecordDraft {
  const { orgId, eventId, digest, details } = fields;
  const json = details.recordJson === "" ? judged.json : `${judged.json.slice(0, -1)}${details.recordJson}}`;
  const key = { orgId, eventId, digest };
  const isKept = retain === "all" || (retain === "flagged" && judged.decision.action !== "allow");
  if (!isKept || scan === undefined) return { type: "decision", json, key };
  // Copied: the append comes after the kernel has read further events over these bytes. Not by `slice`, which of a
  // Buffer makes one more view.
  const text = { prompt: Buffer.from(scan.bytes("prompt")), completion: Buffer.from(scan.bytes("completion")) };
  return { type: "decision", json, key, text };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
