/**
 * The detector in plain TypeScript, slow and sure: the reference that the WASM kernel is held against. It reads the
 * same bytes and gives the same faults, fields, matches and scores.
 */

import { byPlace } from "../match-order.ts";
import { type Fault, FIELDS, type FieldName, LIMITS, type Match, type PackModel, SIDES, type Side } from "../types.ts";
import { findMatchesIn, indexPhrases, type PhraseIndex } from "./find-matches.ts";
import { readEvent } from "./read-event.ts";
import { type ModelResult, modelScorer } from "./score-model.ts";
import { contextsOf, scoreSide } from "./score-side.ts";
import { scoredTexts } from "./segments.ts";

export type OracleResult =
  | {
      readonly fault: Fault;
      /** "" when it could not be read. */
      readonly eventId: string;
    }
  | {
      readonly fault: undefined;
      readonly eventId: string;
      /** Decoded UTF-8 of each string field that is present. */
      readonly fields: ReadonlyMap<FieldName, Uint8Array>;
      readonly eventTimeMs: number;
      readonly canonical: Uint8Array;
      /** 1/10,000, by `side * categories + category`. */
      readonly scores: readonly number[];
      /** Sorted by side, start, end, rule; at most `matchesMax`. */
      readonly matches: readonly Match[];
      readonly truncated: boolean;
      /** What the trained model said; undefined where the pack has none. */
      readonly model: ModelResult | undefined;
      /** Indexes of the contexts seen, by side, those of decoded runs left out. */
      readonly contextsSeen: readonly (readonly number[])[];
    };

export interface Oracle {
  /**
   * Reads, checks and scores the event in [start, end) of a payload; all of it by default. Offsets count from its
   * start.
   */
  scan(payload: Uint8Array, start?: number, end?: number): OracleResult;
}

const CANONICAL_FIELDS = FIELDS.slice(0, FIELDS.indexOf("conversation_id") + 1);

function canonicalOf(fields: ReadonlyMap<FieldName, Uint8Array>): Uint8Array {
  const parts = CANONICAL_FIELDS.flatMap((field, number) => {
    const text = fields.get(field);
    if (!text) return [];
    const head = new DataView(new ArrayBuffer(5));
    head.setUint8(0, number);
    head.setUint32(1, text.length, true);
    return [new Uint8Array(head.buffer), text];
  });
  return new Uint8Array(Buffer.concat(parts));
}

const rulesOf = (matches: readonly Match[]) => new Set(matches.map((match) => match.rule));

/** What a text and the runs in it say, each scored by itself. */
function readSide(model: PackModel, side: Side, text: Uint8Array, index: PhraseIndex) {
  const texts = scoredTexts(text);
  const matches = texts.map((one) => findMatchesIn(one, side, index));
  const scored = matches.map((found) => scoreSide(model, rulesOf(found)));
  return {
    texts,
    matches: matches.flat(),
    contexts: contextsOf(model, rulesOf(matches[0] ?? [])),
    scores: model.categories.map((_, category) => Math.max(...scored.map((scores) => scores[category] ?? 0))),
  };
}

/** Makes the reference detector of a pack. */
export function createOracle(model: PackModel): Oracle {
  const scoreModel = model.model && modelScorer(model.model, model.categories.length);
  const indexes = SIDES.map((side) => indexPhrases(model, side));
  return {
    scan(payload, start = 0, end = payload.length) {
      const { fault, eventId, texts, eventTimeMs } = readEvent(payload, start, end);
      if (fault) return { fault, eventId };
      const read = SIDES.map((side, index) =>
        readSide(model, side, texts.get(side) ?? new Uint8Array(), indexes[index] ?? new Map()),
      );
      const matches = read.flatMap((side) => side.matches).sort(byPlace);
      const ofRules = read.flatMap((side) => side.scores);
      const said = scoreModel?.(
        read.map((side) => side.texts),
        ofRules,
      );
      return {
        fault,
        eventId,
        fields: texts,
        eventTimeMs,
        canonical: canonicalOf(texts),
        scores: ofRules.map((score, slot) => Math.max(score, said?.scores[slot] ?? 0)),
        matches: matches.slice(0, LIMITS.matchesMax),
        truncated: matches.length > LIMITS.matchesMax,
        model: said,
        contextsSeen: read.map((side) => side.contexts),
      };
    },
  };
}
