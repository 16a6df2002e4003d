/** What a side hides in encoded runs, as texts to be scored by themselves: docs/guides/detection.md §8. */
import { foldText } from "../fold/index.ts";
import type { Encoding } from "../types.ts";
import { encodedRuns } from "./encoded.ts";

export interface Span {
  readonly start: number;
  readonly end: number;
}
/** A side, or what an encoded run decodes to. */
export interface ScoredText {
  readonly text: Uint8Array;
  /** Runs in it that were decoded: the model does not read the words in them. */
  readonly runs: readonly Span[];
  /** Absent of the side itself. */
  readonly decoded?: {
    /** Of the outermost run. */
    readonly encoding: Encoding;
    /** Span of the run in the side; undefined where places inside of the segment are those of the side. */
    readonly span: Span | undefined;
  };
}

const SEGMENTS_MAX = 32;
const BYTES_MAX = 128 * 1024;
const BAD_SHARE = 8;
const BLANK = 0x20;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Length of the well-formed sequence at `at`; 0 where there is none. */
function sequenceLength(text: Uint8Array, at: number): number {
  const lead = text[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  try {
    return at + length <= text.length && decoder.decode(text.subarray(at, at + length)) !== "" ? length : 0;
  } catch {
    return 0;
  }
}

const isControl = (byte: number) => (byte < BLANK && ![0x09, 0x0a, 0x0d].includes(byte)) || byte === 0x7f;

/** Blanks for bytes that are no text; undefined when they are too many. */
function printable(bytes: Uint8Array): Uint8Array | undefined {
  const text = Uint8Array.from(bytes);
  const badMax = Math.floor(text.length / BAD_SHARE);
  let bad = 0;
  for (let at = 0; at < text.length; ) {
    const length = isControl(text[at] ?? 0) ? 0 : sequenceLength(text, at);
    if (length === 0) {
      text[at] = BLANK;
      bad += 1;
      if (bad > badMax) return undefined;
    }
    at += length || 1;
  }
  return text.length === 0 ? undefined : text;
}

/** The side itself, then its segments in the order in which they are worked off. */
export function scoredTexts(side: Uint8Array): ScoredText[] {
  let left = BYTES_MAX;
  let count = 0;
  const decode = (outer: ScoredText): { readonly whole: ScoredText; readonly inner: ScoredText[] } => {
    const runs: Span[] = [];
    const inner: ScoredText[] = [];
    for (const { encoding, start, end, decoded } of encodedRuns(outer.text, foldText(outer.text))) {
      const text = count === SEGMENTS_MAX || left === 0 ? undefined : printable(decoded.subarray(0, left));
      if (text === undefined) continue;
      left -= text.length;
      count += 1;
      runs.push({ start, end });
      const own = outer.decoded === undefined && encoding === "rot13" ? undefined : { start, end };
      const span = outer.decoded?.span ?? own;
      inner.push({ text, runs: [], decoded: { encoding: outer.decoded?.encoding ?? encoding, span } });
    }
    return { whole: { ...outer, runs }, inner };
  };
  const { whole, inner } = decode({ text: side, runs: [] });
  const deeper = inner.map(decode);
  return [whole, ...deeper.map((one) => one.whole), ...deeper.flatMap((one) => one.inner)];
}
