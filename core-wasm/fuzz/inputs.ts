/**
 * Random and mutated payloads by seed, made fast from a stock that the property tests' arbitraries fill once. Half are
 * sound events whose texts are put together anew from pieces of hostile texts; the others are payloads of every kind
 * with bytes changed, cut, doubled or taken from one another; and one in sixteen is bytes of no meaning.
 */
import fc from "fast-check";
import { hostileText, payloadBytes } from "../src/oracle/arbitrary.ts";
import type { PackModel } from "../src/types.ts";
import { INPUT_BYTES_MAX } from "./guards.ts";

const PAYLOADS = 4000;
const TEXTS = 2000;
const PIECE_CHARS_MAX = 10;
const PIECES_MAX = 30;
const STRUCTURAL = Buffer.from('{}[]",:\\u0123trfnE+-.@$\n \x00\x1f\x7f\x80\xc3\xed\xa0\xf4\xff', "latin1");
const HEAD = Buffer.from(
  '{"event_id":"e","timestamp":"2026-01-01T00:00:00Z","user_id":"u","org_id":"o","surface":"s","tier":"t","prompt":"',
);
const BETWEEN = Buffer.from('","completion":"');
const TAIL = Buffer.from('"}');

export type NextBelow = (below: number) => number;

/** Whole numbers by xorshift32 (Marsaglia, Journal of Statistical Software 8, 2003). */
export function numbers(seed: number): NextBelow {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 4_294_967_296) * below);
  };
}

/** Texts cut into pieces of some characters each, written as JSON has them inside of quotes. */
function piecesOf(texts: readonly string[], next: NextBelow): Buffer[] {
  return texts.flatMap((text) => {
    const characters = [...text];
    const pieces: Buffer[] = [];
    for (let from = 0; from < characters.length; ) {
      const to = from + 1 + next(PIECE_CHARS_MAX);
      pieces.push(Buffer.from(JSON.stringify(characters.slice(from, to).join("")).slice(1, -1)));
      from = to;
    }
    return pieces;
  });
}

/** Changes some bytes of the first `length`, cuts, doubles or takes over a part of `other`; answers the new length. */
function mutate(bytes: Buffer, length: number, other: Uint8Array, next: NextBelow): number {
  const at = next(length + 1);
  const kind = next(8);
  if (kind < 3 && length > 0) {
    bytes[next(length)] = kind === 0 ? next(256) : (STRUCTURAL[next(STRUCTURAL.length)] as number);
    return length;
  }
  if (kind === 3) return at;
  const from = next(other.length + 1);
  const source = kind === 4 ? bytes.subarray(0, length) : other;
  const part = Buffer.from(source.subarray(from, from + 1 + next(kind === 5 ? 4 : 40)));
  if (kind === 7) {
    part.copy(bytes, at, 0, Math.min(part.length, length - at)); // over what stood there
    return length;
  }
  const room = Math.min(part.length, INPUT_BYTES_MAX - length);
  bytes.copyWithin(at + room, at, length); // between what stood there
  part.copy(bytes, at, 0, room);
  return length + room;
}

/** Payloads without end; each is valid until the next one is asked for. */
export function inputs(model: PackModel, seed: number): () => Uint8Array {
  const next = numbers(seed);
  const payloads = fc
    .sample(payloadBytes(model), { numRuns: PAYLOADS, seed })
    .filter(({ length }) => length > 0 && length < INPUT_BYTES_MAX);
  const pieces = piecesOf(fc.sample(hostileText(model), { numRuns: TEXTS, seed }), next);
  const bytes = Buffer.alloc(INPUT_BYTES_MAX);
  const anyPayload = () => payloads[next(payloads.length)] as Uint8Array;

  function putText(from: number): number {
    let at = from;
    for (let left = next(PIECES_MAX); left > 0; left -= 1) {
      const piece = pieces[next(pieces.length)] as Buffer;
      if (at + piece.length > from + INPUT_BYTES_MAX / 3) break;
      at += piece.copy(bytes, at);
    }
    return at;
  }

  function soundEvent(): number {
    const promptEnd = putText(HEAD.copy(bytes));
    const completionEnd = putText(promptEnd + BETWEEN.copy(bytes, promptEnd));
    return completionEnd + TAIL.copy(bytes, completionEnd);
  }

  function mutated(): number {
    const start = anyPayload();
    bytes.set(start);
    let { length } = start;
    for (let changes = 1 + next(3); changes > 0; changes -= 1) length = mutate(bytes, length, anyPayload(), next);
    return length;
  }

  function meaningless(): number {
    const length = next(200);
    for (let i = 0; i < length; i += 1) bytes[i] = next(256);
    return length;
  }

  return () => {
    const kind = next(16);
    return bytes.subarray(0, kind === 0 ? meaningless() : kind < 9 ? soundEvent() : mutated());
  };
}
