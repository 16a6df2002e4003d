/**
 * The vocabulary of Sluice: what an event, a decision, a source and a ledger are to every other package.
 * Interfaces only; implemented elsewhere. Scores and risk are integers in 1/10,000 here and decimals in JSON.
 */
import type { Disguise, Encoding, FieldName, Side } from "@sluice/core-wasm";

export const ACTIONS = ["allow", "warn", "redact", "escalate", "block"] as const;
/** In order of severity. */
export type Action = (typeof ACTIONS)[number];
export const SEVERITIES = ["none", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Intervention = "none" | "notice" | "rate_limit" | "restrict" | "suspend";
export type Release = "as_is" | "redacted" | "withheld";

/**
 * Why an action was taken: what was compared with what. Codes are a closed union; docs/guides/reasons.md explains each.
 */
export interface Reason {
  readonly code:
    | "threshold"
    | "asl-trigger"
    | "action-rule"
    | "first-person"
    | "unknown-tier"
    | "age-band"
    | "attachment-unscored"
    | "engine-fault"
    | "second-opinion";
  readonly field?: Side;
  readonly category?: string;
  /** Decimal 0 to 1, as in JSON. */
  readonly score?: number;
  readonly threshold?: number;
  /** The action that this reason asks for, when it names one. */
  readonly action?: Action;
  /** Name of the policy's action rule (`action-rule`). */
  readonly rule?: string;
  /** The tier that the event was decided under, where it is not the event's own (`unknown-tier`, `age-band`). */
  readonly tier?: string;
  /** Who gave the `score`, and the action of the revision before (`second-opinion`). */
  readonly judge?: string;
  readonly before?: Action;
}

export interface DecisionMatch {
  readonly category: string;
  readonly rule: string;
  readonly field: Side;
  readonly start: number;
  readonly end: number;
  /** Of a flagged event: in which ways the span hides what it says; absent where it hides nothing. */
  readonly disguise?: readonly Disguise[];
  /** Found in what an encoded run decodes to; the span is the run's (of rot13: the words'). */
  readonly decoded?: Encoding;
}

/** A context (news, fiction, …) that lowered a score. */
export interface ContextMatch {
  readonly context: string;
  readonly rule: string;
  readonly field: Side;
  readonly start: number;
  readonly end: number;
  readonly decoded?: Encoding;
}

/** What the trained model said, apart from the rules. */
export interface ModelEvidence {
  /** Score of the head that is about any risk, decimal: what `risk` comes from unless the rules say more. */
  readonly overall: number;
  /**
   * Of a flagged event: for each side and category whose score is the model's, the words that carried it, or the
   * encoded run that did. Spans as in `matches`.
   */
  readonly words: readonly {
    readonly category: string;
    readonly field: Side;
    readonly start: number;
    readonly end: number;
    readonly decoded?: Encoding;
  }[];
  /** A side has more words than the model reads; the rest had no say. */
  readonly cut?: true;
}

/** A flagged text hides what it says there: by a disguise of the match, or in an encoded run. Span as in `matches`. */
export interface EvasionSignal {
  readonly signal: Disguise | Encoding;
  readonly field: Side;
  readonly start: number;
  readonly end: number;
}

/** A decision in the words of the systems before this one; no part of it. Empty when it allows. */
export interface Signals {
  /** cgcp's: `category:pattern`, at most two a category; then `asl_3_<category>_trigger`. */
  readonly tags: readonly string[];
  /** whisperer's, at most 32. */
  readonly evasion: readonly EvasionSignal[];
}

/** A decision as it stands in the ledger, on `/live` and in answers: the JSON of DESIGN §5, key order as here. */
export interface Decision {
  readonly decision_id: string;
  readonly event_id: string;
  readonly revision: number;
  /** Event time as sent. */
  readonly timestamp: string;
  /** Processing time, RFC 3339 UTC with milliseconds. In replay equal to `timestamp`. */
  readonly decided_at: string;
  readonly user_id: string;
  readonly org_id: string;
  readonly surface: string;
  readonly tier: string;
  readonly model_version?: string;
  readonly conversation_id?: string;
  readonly action: Action;
  readonly severity: Severity;
  readonly intervention: Intervention;
  readonly risk: number;
  readonly scores: {
    readonly prompt: Readonly<Record<string, number>>;
    readonly completion: Readonly<Record<string, number>>;
  };
  readonly matches: readonly DecisionMatch[];
  readonly contexts?: readonly ContextMatch[];
  /** Matches were more than the kernel lists. */
  readonly matches_truncated?: true;
  /** Absent where the pack has no trained model, or it said nothing. */
  readonly model?: ModelEvidence;
  readonly asl: { readonly level: number; readonly triggers: readonly string[] } | null;
  readonly reasons: readonly Reason[];
  readonly released: { readonly prompt: Release; readonly completion: Release };
  readonly policy: string;
  readonly pack: string;
  readonly state_revision: number;
  /** Work on this event, from taking it up to its verdict. Waiting for its turn in a payload is not counted. */
  readonly latency_us: number;
  readonly mode: "enforce" | "shadow";
  readonly synthetic?: true;
}

/** What the caller may show or pass on. Never stored, never published. */
export interface Output {
  readonly prompt?: string;
  readonly completion?: string;
  /** The notice for the user, in the event's locale when the policy has it. */
  readonly message?: string;
}

export interface Rejection {
  /** Position of the event in its payload. */
  readonly index: number;
  readonly event_id?: string;
  /** "" when the fault is in the JSON itself. */
  readonly field: FieldName | "" | string;
  readonly reason: RejectReason;
  /** One sentence for a person: what is wrong, where, what would be right. Holds no text of the event. */
  readonly message: string;
}
export type RejectReason =
  | import("@sluice/core-wasm").FaultReason
  | "empty-payload"
  | "invalid-value"
  | "event-id-reused"
  | "org-mismatch"
  | "delivered-too-often"
  | "engine-fault";

/** What policy decides from. All arrays are views: read, never keep. */
export interface DecideInput {
  readonly tier: string;
  /** 1/10,000, by `side * categories.length + category`. */
  readonly scores: Int32Array;
  /** False lets `decide` answer `allow` without looking. */
  readonly scored: boolean;
  readonly hasCompletion: boolean;
  readonly ageBand: "under_13" | "13_17" | "adult" | "unknown";
  readonly attachmentUnscored: boolean;
}

export interface Verdict {
  readonly action: Action;
  readonly severity: Severity;
  readonly reasons: readonly Reason[];
  readonly asl: { readonly level: number; readonly triggers: readonly string[] } | null;
  readonly released: { readonly prompt: Release; readonly completion: Release };
  /** Key into the policy's messages; absent when the user is told nothing. */
  readonly messageKey?: string;
}

/**
 * One comparison that deciding made, whether or not it led to anything: what a `Reason` is when it was met and counted.
 */
export interface Comparison {
  readonly code: "threshold" | "asl-trigger" | "action-rule";
  /** Whose thresholds and rules these are. */
  readonly tier: string;
  readonly field?: Side;
  readonly category?: string;
  /** Decimal; null: below 0.01, which a decision leaves out, or a rule that looks at no score. */
  readonly score: number | null;
  /** Decimal; null: a rule without a bound. */
  readonly threshold: number | null;
  /** What it asks for when it is met; absent: it only marks or labels. */
  readonly action?: Action;
  /** Name of the policy's rule (`action-rule`). */
  readonly rule?: string;
  /** `score - threshold`, in 1/10,000 as a decimal; null when either is. */
  readonly margin: number | null;
  readonly met: boolean;
}

/** What a second judge may do about one decision. */
export interface OpinionTerms {
  readonly category: string;
  /** The side with the higher score in it. */
  readonly field: Side;
  /** The action becomes `to` when the judge's score is at least this; absent: it is never raised. */
  readonly raise?: { readonly at_least: number; readonly to: Action };
  /** The same for a score below this. `to` is what the policy's other comparisons still ask for, at least. */
  readonly lower?: { readonly below: number; readonly to: Action };
}

/** Which decisions a second judge is asked about, and what follows. Pure; never throws. */
export interface OpinionPolicy {
  /** Undefined: nobody is asked about this decision. */
  termsOf(decision: Decision): OpinionTerms | undefined;
  /** What the decision becomes by the judge's score, a decimal; undefined: it stays as it is. */
  revise(
    decision: Decision,
    terms: OpinionTerms,
    opinion: { readonly judge: string; readonly score: number },
  ): Pick<Decision, "action" | "released" | "reasons"> | undefined;
}

/** A policy compiled for one pack's category list. Pure; never throws on any input of the right shape. */
export interface PolicyPart {
  /** `sha256:` and 64 hex digits of the policy's canonical form. */
  readonly hash: string;
  readonly name: string;
  /** Probability in 1/10,000 that traffic is unsafe, before looking. */
  readonly baseRate: number;
  /** `rules`: what a trained model says has no part in its decisions. */
  readonly hears?: "rules" | undefined;
  readonly retainText: "none" | "flagged" | "all";
  /** Replaces a matched span when an action is `redact`. */
  readonly redaction: string;
  /** As `/thresholds` shows them: category, tier, action, decimal. */
  readonly thresholds: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  decide(input: DecideInput): Verdict;
  /** What to answer when policy, pack or ledger is at fault. */
  fault(): Verdict;
  /**
   * Every comparison behind a decision that this policy made, those not met included. An age band that changed nothing
   * leaves no trace in a decision, so its tier's comparisons are not among them.
   */
  comparisons?(decision: Pick<Decision, "tier" | "scores" | "reasons">): readonly Comparison[];
  /** Absent: no second judge is asked about anything. docs/guides/second-opinion.md */
  readonly opinion?: OpinionPolicy | undefined;
  /** Message for a verdict's key in the nearest locale (BCP 47), or undefined. */
  message(key: string, locale: string | undefined): string | undefined;
}

/** One record before the ledger gives it its place. */
export interface RecordDraft {
  readonly type: "decision" | "policy" | "access" | "start" | "opinion";
  /**
   * The record's own members as JSON object text, e.g. a serialised Decision. The ledger adds `seq` and `type` in
   * front.
   */
  readonly json: string;
  /** Present on decisions: makes the event idempotent. Digest is SHA-256 of the canonical event, 64 hex digits. */
  readonly key?: RecordKey;
  /** A later decision of an event that has one under this key: `find` goes on to answer the first. */
  readonly isRevision?: true;
  /**
   * The same text as bytes [start, end), which `append` copies: then nobody makes a string of it. ASCII, one line.
   */
  readonly encoded?: EncodedJson;
  /** Text to retain beside the record. Copied by `append`. */
  readonly text?: { readonly prompt: Uint8Array; readonly completion: Uint8Array };
}

export interface RecordKey {
  readonly orgId: string;
  readonly eventId: string;
  readonly digest: string;
}

export interface EncodedJson {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export interface LedgerRecord {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly type: RecordDraft["type"];
  /** The whole record as JSON text: `{"seq":…,"type":…,…}`. */
  readonly json: string;
}

export interface Ledger {
  /**
   * Gives each draft the next `seq` at once, in order, and resolves when all are written as `sync` demands.
   * @returns the first seq of the batch and a promise of the write. A draft's key is found by `find` from the moment of
   * the call.
   * @throws {EngineError} `ledger-failed` (by the promise) when the write fails; the keys are then forgotten.
   */
  append(drafts: readonly RecordDraft[]): { readonly firstSeq: number; readonly written: Promise<void> };
  /**
   * The first record under this key within the idempotency horizon, written or about to be, never a revision. Reads
   * disk only on a likely hit.
   */
  find(
    orgId: string,
    eventId: string,
  ): { readonly seq: number; readonly digest: string; readonly json: string } | undefined;
  /** Resolves when every record appended so far is written. */
  flush(): Promise<void>;
  /** Records in order from `fromSeq`; only written ones. */
  read(fromSeq: number): AsyncIterable<readonly LedgerRecord[]>;
  readonly lastSeq: number;
}

/** Answer to one payload, in the shape of `POST /ingest`. */
export interface IngestOutcome {
  /** Events accepted, repeats included. */
  readonly processed: number;
  readonly actions: Readonly<Record<Action, number>>;
  readonly asl_triggers: number;
  readonly duplicates: number;
  readonly decisions: readonly AnsweredDecision[];
  readonly rejected: readonly Rejection[];
  /** Set when the payload as a whole is no payload: nothing of it was looked at. `rejected` says where and why. */
  readonly refused?: "malformed" | "empty" | "too-large";
}
/** A decision as an answer: serialised once, with what the caller may release. */
export interface AnsweredDecision {
  readonly decision: Decision;
  /** JSON of `decision`, without output. */
  readonly json: string;
  readonly output?: Output;
  /** Ledger sequence; 0 when nothing was recorded. */
  readonly seq: number;
  readonly duplicate: boolean;
}

/** What counting and filtering ask of a decision. */
export type DecisionFacts = Pick<Decision, "action" | "asl" | "org_id" | "surface" | "tier" | "scores">;

/** A decision after it was recorded, as live readers get it. */
export interface RecordedDecision {
  readonly seq: number;
  /** At hand, where `decision` and `json` may be made only when they are asked for. */
  readonly facts: DecisionFacts;
  readonly decision: Decision;
  readonly json: string;
}

/** One message and the duty to settle it exactly once. */
export interface Delivery<T> {
  readonly value: T;
  /** Where the source knows who sent it: events of any other organisation are refused as `org-mismatch`. */
  readonly orgId?: string;
  /** Done with: recorded, or refused with reasons that the outcome holds. */
  ack(outcome: IngestOutcome): void;
  /** Not done: the source may deliver it again, not before `delayMs`. */
  retry(delayMs: number): void;
  /** Never deliver it again: not a payload at all. The caller has put it in the dead letter. */
  reject(rejections: readonly Rejection[]): void;
}
export interface Source<T> {
  readonly name: string;
  /**
   * Connects, then yields batches of 1 to 256 until `signal` aborts or the input ends. Holds at most `inFlightMax`
   * unsettled deliveries, so a slow reader slows the source (back-pressure). At least once: a message may come again.
   * @throws {EngineError} `source-lost` when the connection is gone and will not come back.
   */
  read(signal: AbortSignal): AsyncIterable<readonly Delivery<T>[]>;
}

/** Where refused events go, with the reason. Bounded; never throws. */
export interface DeadLetter {
  /** `payload` is all that the event came in; kept only where the policy retains text. Copied, or let go at once. */
  put(rejection: Rejection, source: string, payload?: Uint8Array): void;
}

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Monotonic microseconds, for latencies. */
  monotonicUs(): number;
}

/** Something an operator should see now. Published as `alerts` on `/live` and as `sluice.alerts.<severity>`. */
export interface Alert {
  readonly code:
    | "event-id-reused"
    | "engine-fault"
    | "ledger-failed"
    | "ledger-recovered"
    | "source-lost"
    | "part-fault";
  readonly severity: "warning" | "critical";
  /** How many events or payloads it is about. */
  readonly count: number;
  /** One sentence: what happened and what to do. Holds no text of an event. */
  readonly message: string;
  readonly atMs: number;
}

/** Totals since the ledger began; they survive a restart because they are folded from its records. */
export interface Counters {
  /** Decisions recorded; a repeat counts once. */
  readonly total: number;
  readonly actions: Readonly<Record<Action, number>>;
  readonly bySurface: Readonly<Record<string, number>>;
  readonly byTier: Readonly<Record<string, number>>;
  readonly byOrganisation: Readonly<Record<string, number>>;
  /** Decisions whose score in the category is above 0.5, as cgcp counts `risk_detections`. */
  readonly riskDetections: Readonly<Record<string, number>>;
  readonly aslTriggers: number;
  /**
   * Of this process: repeats answered again, refused events by reason, events that no window took (late, too far ahead,
   * too many windows), sheds.
   */
  readonly duplicates: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly lateEvents: number;
  readonly shed: number;
}

/** One fired window; a later revision of the same window replaces the earlier one. */
export interface WindowResult {
  readonly sizeMs: number;
  readonly startMs: number;
  readonly revision: number;
  readonly events: number;
  readonly aslTriggers: number;
  readonly actions: Readonly<Record<Action, number>>;
  readonly byTier: Readonly<Record<string, number>>;
  readonly byOrganisation: Readonly<Record<string, number>>;
  /** Decisions with a score of at least 0.01 in the category. */
  readonly byCategory: Readonly<Record<string, number>>;
}

/** `GET /hourly-stats`, cgcp's shape: parallel arrays, oldest hour first, no hour left out. */
export interface HourlyStats {
  readonly hours: readonly string[];
  readonly event_counts: readonly number[];
  readonly blocked: readonly number[];
  readonly escalated: readonly number[];
  readonly asl: readonly number[];
}

/** Microseconds of work on an event, from taking it up to its verdict, by DDSketch (relative error 1 %). */
export interface LatencySummary {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

export interface PartState {
  readonly state: "ready" | "starting" | "failed" | "stopped";
  readonly detail: string;
}

/** One family of `/metrics`: conventions of Prometheus, so units are seconds and bytes, and counters end in `_total`. */
export type Metric = {
  /** `sluice_…`; docs/guides/metrics.md explains each. */
  readonly name: string;
  /** One sentence. */
  readonly help: string;
} & (
  | { readonly type: "counter" | "gauge"; readonly samples: readonly MetricSample[] }
  | { readonly type: "histogram"; readonly samples: readonly HistogramSample[] }
);
export interface MetricSample {
  /** Names that come from outside are bounded: see `boundedCount`. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}
export interface HistogramSample {
  readonly labels?: Readonly<Record<string, string>>;
  /** Rising by `upTo`, each with how many values were at most that; all values count in `count`. */
  readonly buckets: readonly { readonly upTo: number; readonly count: number }[];
  readonly sum: number;
  readonly count: number;
}

/** What a part beside the engine tells operators: its state on `/ready`, its numbers on `/metrics`. Never throws. */
export interface PartReport {
  /** As `/ready` lists it, e.g. `ws-source`. */
  readonly name: string;
  /** True: while it is not ready, neither is the process. */
  readonly isVital: boolean;
  state(): PartState;
  metrics(): readonly Metric[];
}

/** Something worth a line in the log. Holds ids of ours, counts and reasons; never text of an event or of a peer. */
export interface LogEntry {
  readonly level: "debug" | "info" | "warn" | "error";
  /** Stable, for programs, in kebab case; docs/guides/logging.md lists them. */
  readonly event: string;
  /** One sentence for a person: what happened and, where it is a fault, what to do. */
  readonly message: string;
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
}
export type Log = (entry: LogEntry) => void;

export interface EvaluateOptions {
  /** Replay: `decided_at` = event time, `latency_us` = 0. */
  readonly replay?: boolean;
}

export interface Engine {
  /**
   * Reads, scores and decides one event now. Records nothing. Bad input is answered with a `Rejection`, never thrown.
   */
  evaluate(event: Uint8Array | object, options?: EvaluateOptions): AnsweredDecision | Rejection;
  /**
   * One payload through the pipeline; resolves when its decisions are recorded.
   * @throws {EngineError} `queue-full` (more than `inFlightMax` payloads or bytes wait), `stopping`, `ledger-failed`.
   */
  ingest(payload: Uint8Array): Promise<IngestOutcome>;
  /**
   * Decides made-up events with the very parts that will decide the real ones, and forgets them: no record, counter,
   * latency, key or alert. Only before the first event. So that this one finds everything compiled.
   */
  rehearse(events: readonly Uint8Array[]): Promise<void>;
  /** Pulls from a source until `stop` or its end; resolves then. Settles each delivery after its record. */
  attach(source: Source<Uint8Array>): Promise<void>;
  /** Decisions after they were recorded, in ledger order, one batch a write. Never errors. */
  readonly recorded$: import("rxjs").Observable<readonly RecordedDecision[]>;
  /** Windows as they fire, corrections included. */
  readonly windows$: import("rxjs").Observable<readonly WindowResult[]>;
  counters(): Counters;
  hourlyStats(hours: number): HourlyStats;
  latency(): LatencySummary;
  /** Swaps the policy for events that arrive from now on, after recording the change in the ledger. */
  setPolicy(policy: PolicyPart): Promise<void>;
  readonly policy: PolicyPart;
  readonly pack: import("@sluice/core-wasm").PackInfo;
  /** By part name: detector, policy, ledger, queue, windows. Ready only when all are. */
  parts(): Readonly<Record<string, PartState>>;
  /** What is in flight, windows, latencies; decisions are in `counters`. */
  metrics(): readonly Metric[];
  /** Takes no more, settles what is in flight, flushes the ledger. Idempotent. */
  stop(): Promise<void>;
}
