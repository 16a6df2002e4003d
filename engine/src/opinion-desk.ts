/**
 * Where second opinions meet the pipeline: questions are taken from decisions, put once these are recorded, and an
 * answer that changes an action becomes a revision, recorded and published as any decision. Invariants: each call to a
 * judge is a record; an event keeps its first decision for counting and for repeats; a fault here costs an opinion and
 * nothing else.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { RaiseAlert } from "./alerts.ts";
import { type Asked, type Chunk, type Entry, emptyChunk } from "./chunk.ts";
import type { Clock, Decision, Ledger, PolicyPart, RecordDraft } from "./contracts.ts";
import { emptyActions } from "./counters.ts";
import { decisionId } from "./digest.ts";
import type { OpinionCall, SecondOpinion, SkippedQuestions } from "./opinion.ts";
import type { ReadEvent } from "./reader.ts";
import { opinionRecord, skippedRecord } from "./records.ts";
import { serializeDecision } from "./serialize.ts";

/** Skipped questions are recorded together, this often at most: a flood of them must not fill the ledger. */
const SKIPPED_EVERY_MS = 60_000;
const UNRECORDED_ALERT = "a second opinion could not be recorded; the first decision stands";

export interface OpinionDeskOptions {
  readonly opinion: SecondOpinion;
  readonly ledger: Pick<Ledger, "append">;
  readonly clock: Clock;
  readonly alert: RaiseAlert;
  readonly progress: { readonly failures: number };
  /** Puts a chunk that was appended among those of the pipeline, at once: order of appends is order of chunks. */
  readonly emit: (chunk: Chunk) => void;
}

export class OpinionDesk {
  private readonly options: OpinionDeskOptions;
  /** Revisions since the start, by the action that they came to. */
  readonly revised = emptyActions();
  private readonly writing = new Set<Promise<unknown>>();
  private readonly timer: NodeJS.Timeout;

  constructor(options: OpinionDeskOptions) {
    this.options = options;
    this.timer = setInterval(() => this.recordSkipped(), SKIPPED_EVERY_MS);
    this.timer.unref();
  }

  /** Copies the text; undefined for nearly all events. */
  questionOf(policy: PolicyPart, { fields, scan }: ReadEvent, entry: Entry): Asked | undefined {
    const { opinion } = this.options;
    const terms = scan && policy.opinion?.termsOf(entry.decision);
    if (scan === undefined || terms === undefined || !opinion.judges(terms.category)) return undefined;
    const bytes = scan.byteLength("prompt") + scan.byteLength("completion");
    if (!opinion.reserve(bytes)) return undefined;
    const prompt = Buffer.from(scan.bytes("prompt"));
    const completion = Buffer.from(scan.bytes("completion"));
    const key = { orgId: fields.orgId, eventId: fields.eventId, digest: fields.digest };
    return { entry, key, policy, question: { decision: entry.decision, terms, prompt, completion } };
  }

  /** The chunk's decisions are recorded, or their write failed: then nothing is asked, and the events come again. */
  settle(chunk: Chunk, failure: Error | undefined): void {
    const { opinion } = this.options;
    for (const asked of chunk.asked) {
      const { prompt, completion } = asked.question;
      if (failure !== undefined) opinion.release(prompt.length + completion.length);
      else opinion.ask(asked.question, (call) => this.record(asked, call));
    }
  }

  /** Ends what is under way, and resolves when it is recorded. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.options.opinion.stop();
    this.recordSkipped();
    await Promise.allSettled(this.writing);
    await nextTurn(); // so that the pipeline has passed on what was written
  }

  /** Never throws. */
  private record(asked: Asked, call: OpinionCall): void {
    try {
      this.recordCall(asked, call);
    } catch {
      this.options.alert("part-fault", 1, UNRECORDED_ALERT);
    }
  }

  private recordCall(asked: Asked, call: OpinionCall): void {
    const revision = this.revisionOf(asked, call);
    const at = new Date(this.options.clock.nowMs()).toISOString();
    const { question } = asked;
    const opinion = opinionRecord(at, question, call, (revision?.entry.decision ?? question.decision).action);
    if (revision === undefined) this.append([opinion]);
    else this.append([revision.draft, opinion], revision.entry);
  }

  /** @param entry of the first draft: a revision, to be published. */
  private append(drafts: readonly RecordDraft[], entry?: Entry): void {
    const { ledger, alert, progress, emit } = this.options;
    const { firstSeq, written } = ledger.append(drafts);
    const failure = written.then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    this.writing.add(failure);
    void failure.then((error) => {
      this.writing.delete(failure);
      if (error !== undefined) alert("part-fault", 1, UNRECORDED_ALERT);
    });
    if (entry === undefined) return;
    this.revised[entry.facts.action] += 1;
    entry.seq = firstSeq;
    emit({ ...emptyChunk(progress.failures), entries: [entry], written: failure });
  }

  private revisionOf(asked: Asked, call: OpinionCall): { entry: Entry; draft: RecordDraft } | undefined {
    const { entry, key, policy, question } = asked;
    const { judge, score } = call;
    if (score === undefined) return undefined;
    const change = policy.opinion?.revise(question.decision, question.terms, { judge, score });
    if (change === undefined) return undefined;
    const revision = question.decision.revision + 1;
    const decision: Decision = {
      ...question.decision,
      decision_id: decisionId(`${key.orgId}\n${key.eventId}`, "enforce", revision),
      revision,
      decided_at: new Date(this.options.clock.nowMs()).toISOString(),
      ...change,
      latency_us: Math.round(call.latencyMs * 1000),
    };
    const json = serializeDecision(decision);
    const { eventTimeMs } = entry;
    const draft = { type: "decision", json, key, isRevision: true } as const;
    return {
      entry: { seq: 0, facts: decision, decision, json, duplicate: false, eventTimeMs, isRevision: true },
      draft: isNewlyFlagged(policy, question.decision, decision) ? { ...draft, text: question } : draft,
    };
  }

  private recordSkipped(): void {
    const { opinion, clock } = this.options;
    const skipped: SkippedQuestions = opinion.takeSkipped();
    if (Object.values(skipped).every((count) => count === 0)) return;
    try {
      this.append([skippedRecord(new Date(clock.nowMs()).toISOString(), opinion.judge, skipped)]);
    } catch {
      this.options.alert("part-fault", 1, UNRECORDED_ALERT);
    }
  }
}

/** Text is kept beside flagged decisions; the first one was none, so it kept nothing. */
function isNewlyFlagged({ retainText }: PolicyPart, first: Decision, revised: Decision): boolean {
  return retainText === "flagged" && first.action === "allow" && revised.action !== "allow";
}
