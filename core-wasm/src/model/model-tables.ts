/** A trained model as the kernel's tables; assembly/model.ts draws them. */
import { u32Table } from "../byte-sink.ts";
import { PackBlobError } from "../pack-blob-error.ts";
import { type Knots, LIMITS, SIDES, type TrainedModel } from "../types.ts";
import { CHARS_MAX, ROW_BITS_MAX, ROW_BYTES, TYPE } from "./features.ts";
import { OPENINGS } from "./question-type.ts";

const HEADER_BYTES = 32;
const HEAD_BYTES = 144;
const OVERALL = 0xffff;
const ROW_BITS_MIN = 8;
const SCORE_MAX = 10_000;

/** @throws {PackBlobError} when the kernel could not read the model. */
export function modelTables(model: TrainedModel): Uint8Array {
  check(model);
  const { features, heads, rows, sides } = model;
  const openings = openingTable();
  const headBytes = HEADER_BYTES + heads.length * HEAD_BYTES;
  const openingsAt = align(headBytes);
  const rowsAt = align(openingsAt + openings.length);
  const bytes = new Uint8Array(rowsAt + rows.length);
  const sideBits = SIDES.reduce((bits, side, index) => (sides.includes(side) ? bits | (1 << index) : bits), 0);
  const { rowBits, charsMin, charsMax } = features;
  const mask = openings.length / 8 - 1;
  bytes.set(u32Table([32 - rowBits, charsMin, charsMax, heads.length, mask, openingsAt, rowsAt, sideBits]));
  for (const [number, { category, own, ceiling }] of heads.entries()) {
    const head = [category < 0 ? OVERALL : category, own.length, ceiling.length, 0];
    bytes.set(u32Table([...head, ...knotWords(own), ...knotWords(ceiling)]), HEADER_BYTES + number * HEAD_BYTES);
  }
  bytes.set(openings, openingsAt);
  bytes.set(new Uint8Array(rows.buffer, rows.byteOffset, rows.length), rowsAt);
  return bytes;
}

const align = (offset: number) => Math.ceil(offset / 64) * 64;

function knotWords(knots: Knots): number[] {
  const words = knots.flatMap(({ at, score }) => [at >>> 0, score]);
  return [...words, ...new Array<number>(2 * LIMITS.knotsMax - words.length).fill(0)];
}

/** Open addressing by key; at most half full. */
function openingTable(): Uint8Array {
  let slots = 16;
  while (slots < 2 * OPENINGS.size) slots *= 2;
  const words = new Uint32Array(2 * slots);
  for (const [key, type] of OPENINGS) {
    let slot = (key ^ (key >>> 16)) & (slots - 1);
    while (words[2 * slot] !== 0) slot = (slot + 1) & (slots - 1);
    words.set([key, Math.imul(type, TYPE) >>> 0], 2 * slot);
  }
  return u32Table([...words]);
}

function check({ features, heads, rows }: TrainedModel): void {
  const { rowBits, charsMin, charsMax } = features;
  const demand = (isMet: boolean, what: string) => {
    if (!isMet) throw new PackBlobError(`the trained model cannot be packed: ${what}; train it again`);
  };
  demand(rowBits >= ROW_BITS_MIN && rowBits <= ROW_BITS_MAX, `rowBits is ${rowBits}`);
  const hasChars = charsMin >= 2 && charsMin <= charsMax && charsMax <= CHARS_MAX;
  demand(hasChars || (charsMin === 0 && charsMax === 0), `n-grams of ${charsMin} to ${charsMax} bytes`);
  demand(rows.length === 2 ** rowBits * ROW_BYTES, `${rows.length} bytes for 2^${rowBits} rows`);
  demand(heads.length >= 1 && heads.length <= LIMITS.headsMax, `${heads.length} heads`);
  for (const [number, { name, category, own, ceiling }] of heads.entries()) {
    demand(number === 0 ? category === -1 : category >= 0, `head ${name} stands in the wrong place`);
    for (const knots of [own, ceiling]) demand(areKnots(knots), `a table of head ${name} does not rise`);
  }
  // A text without a known word sums to 0 and must say nothing.
  demand((heads[0]?.own[0]?.at ?? 1) > 0, "its first head flags a text that says nothing");
}

function areKnots(knots: Knots): boolean {
  const isRising = knots.every(({ at, score }, index) => {
    const before = knots[index - 1];
    return before === undefined || (at > before.at && score >= before.score);
  });
  const isWhole = knots.every(({ at, score }) => Number.isInteger(at) && Math.abs(at) < 2 ** 31 && isScore(score));
  return isRising && isWhole && knots.length <= LIMITS.knotsMax;
}

const isScore = (score: number) => Number.isInteger(score) && score >= 0 && score <= SCORE_MAX;
