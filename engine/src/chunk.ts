/**
 * The units of work between arrival and record. A parcel is a payload on its way with the duty to settle it; a chunk
 * is what one slice of work decided, over parcels and parts of parcels, and what one append writes.
 */
import type {
  AnsweredDecision,
  DecisionFacts,
  Delivery,
  PolicyPart,
  RecordDraft,
  RecordedDecision,
  RecordKey,
  Rejection,
} from "./contracts.ts";
import type { Gate } from "./gate.ts";
import type { OpinionQuestion } from "./opinion.ts";
import type { QuietEntry } from "./quiet.ts";

export interface Parcel {
  readonly delivery: Delivery<Uint8Array>;
  readonly source: string;
  readonly gate: Gate;
  /** Given away when the parcel is settled: a batch holds its parcels longer than anybody wants their decisions. */
  answered: Answered[];
  rejected: Rejection[];
  /** Not a payload at all: nothing of it was looked at. */
  refused: boolean;
  /** Something of it could not be recorded: it is to come again. */
  failed: boolean;
}

/** An answer whose place in the ledger is not known before the append. */
export type Answered = { -readonly [K in keyof AnsweredDecision]: AnsweredDecision[K] } & {
  readonly facts: DecisionFacts;
};

/**
 * A decision on its way into the ledger, with its event time for the windows. It is its own answer where there is no
 * output, which no entry may hold: entries are published.
 */
export interface Entry extends RecordedDecision {
  seq: number;
  readonly duplicate: false;
  readonly eventTimeMs: number;
  /** Of a decision that was counted. A batch holds only revisions, or none. */
  readonly isRevision?: true;
}

/** A question to a second judge, to be put once its decision is recorded. */
export interface Asked {
  readonly entry: Entry;
  readonly key: RecordKey;
  /** That decided: it says what an answer may change. */
  readonly policy: PolicyPart;
  readonly question: OpinionQuestion;
}

export interface Chunk {
  /** Let go of once they are appended: a chunk lives until its write. */
  drafts: RecordDraft[];
  /** One for each draft. */
  readonly entries: Entry[];
  /** Those of the entries whose text lies in the composer's page until the append. */
  quiet: QuietEntry[];
  /** Answers besides the entries, to be given the place of theirs: with an output, and repeats within this chunk. */
  readonly answers: { readonly answer: Answered; readonly entry: Entry }[];
  readonly asked: Asked[];
  /** Parcels with a part in this chunk. */
  readonly parcels: Set<Parcel>;
  /** Parcels whose last part is in this chunk. */
  readonly finished: Parcel[];
  /** A repeat was answered from a record that was not yet written: it holds only if no write fails meanwhile. */
  leansOnUnwritten: boolean;
  /** Failed writes before this chunk was decided. */
  readonly failuresBefore: number;
  /** Of the append. Handled where it is made, so that it never rejects unheard. */
  written: Promise<Error | undefined>;
}

export function emptyChunk(failuresBefore: number): Chunk {
  return {
    drafts: [],
    entries: [],
    quiet: [],
    answers: [],
    asked: [],
    parcels: new Set(),
    finished: [],
    leansOnUnwritten: false,
    failuresBefore,
    written: Promise.resolve(undefined),
  };
}
