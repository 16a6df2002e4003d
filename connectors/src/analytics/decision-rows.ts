/** Turns records of the ledger into rows of the detail tables. Records that are no decisions are passed over. */
import { type Decision, EngineError, eventTimeMs } from "@sluice/engine";
import { type Arrow, ArrowBatch, type Cell } from "./arrow-batch.ts";
import type { FollowedRecord } from "./ledger-follower.ts";
import { DECISION_COLUMNS, type DetailTable, MATCH_COLUMNS, SCORE_COLUMNS } from "./schema.ts";

/** What the ledger writes in front of a decision; other types are told apart without parsing. */
const DECISION_TYPE = Buffer.from('"type":"decision"');
const TYPE_WITHIN_BYTES = 64;
const HASH_HEAD = "sha256:".length;

export class DecisionRows {
  readonly batches: Readonly<Record<DetailTable, ArrowBatch>>;
  /** The latest event time of any row so far. */
  newestMs: number | undefined;

  constructor(arrow: Arrow) {
    this.batches = {
      decisions: new ArrowBatch(arrow, DECISION_COLUMNS),
      scores: new ArrowBatch(arrow, SCORE_COLUMNS),
      matches: new ArrowBatch(arrow, MATCH_COLUMNS),
    };
  }

  add({ seq, bytes }: FollowedRecord): void {
    if (bytes.subarray(0, TYPE_WITHIN_BYTES).indexOf(DECISION_TYPE) < 0) return;
    const decision = decisionIn(bytes);
    if (decision.revision > 0) return; // an event counts once, by its first decision
    this.#addDecision(seq, decision);
    this.#addScores(seq, decision);
    if (decision.matches.length > 0) this.#addMatches(seq, decision);
  }

  #addDecision(seq: number, d: Decision): void {
    const timeMs = eventTimeMs(d.timestamp);
    this.newestMs = Math.max(this.newestMs ?? Number.NEGATIVE_INFINITY, timeMs);
    const [topCategory, topScore] = topOf(d);
    const row: Cell[] = [seq, d.event_id, timeMs, Date.parse(d.decided_at), d.org_id, d.user_id];
    row.push(d.conversation_id ?? null, d.surface, d.tier, d.model_version ?? null);
    row.push(d.action, d.severity, d.intervention, d.risk, topCategory, topScore);
    row.push(d.asl?.level ?? null, d.reasons[0]?.code ?? null, d.latency_us);
    row.push(shortHash(d.policy), shortHash(d.pack), d.mode, d.revision, d.synthetic === true);
    this.batches.decisions.add(row);
  }

  #addScores(seq: number, { scores }: Decision): void {
    for (const side of ["prompt", "completion"] as const) {
      for (const category in scores[side]) {
        this.batches.scores.add([seq, side, category, scores[side][category]!]);
      }
    }
  }

  #addMatches(seq: number, { matches }: Decision): void {
    const seen = new Map<string, { readonly row: [number, string, string, string]; times: number }>();
    for (const { field, category, rule } of matches) {
      const key = `${field} ${category} ${rule}`;
      const known = seen.get(key);
      if (known === undefined) seen.set(key, { row: [seq, field, category, rule], times: 1 });
      else known.times += 1;
    }
    for (const { row, times } of seen.values()) this.batches.matches.add([...row, times]);
  }
}

/** The record as it is: taking the members of a decision out of it would cost as much as parsing it. */
function decisionIn(record: Buffer): Decision {
  try {
    return JSON.parse(record.toString()) as Decision;
  } catch (cause) {
    throw new EngineError("ledger-corrupt", "a ledger record is not JSON; run `sluice ledger verify`", { cause });
  }
}

/** The highest score of both sides; of equal ones the first. */
function topOf({ scores }: Decision): [category: string | null, score: number] {
  let [category, score]: [string | null, number] = [null, 0];
  for (const side of [scores.prompt, scores.completion]) {
    for (const name in side) {
      if (side[name]! > score) [category, score] = [name, side[name]!];
    }
  }
  return [category, score];
}

/** Twelve characters are what DuckDB keeps without a second allocation. */
const shortHash = (hash: string) => hash.slice(HASH_HEAD, HASH_HEAD + 12);
