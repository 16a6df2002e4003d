/**
 * From spans in UTF-8 bytes, as decisions carry them, to pieces of a JavaScript string. A lone surrogate counts as
 * U+FFFD (3 bytes), as in the kernel. Invariant: the pieces joined are the text.
 */

/** Half-open, in UTF-8 bytes of the text. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

export interface Piece<S extends ByteSpan> {
  readonly text: string;
  /** Spans that cover the piece; empty for plain text. */
  readonly spans: readonly S[];
}

/**
 * Cuts a text at the borders of spans, which may overlap. A border inside a character moves outwards, so that no
 * character is torn; a span past the end of the text is cut there.
 */
export function cutBySpans<S extends ByteSpan>(text: string, spans: readonly S[]): readonly Piece<S>[] {
  const placed = spans
    .map((span) => ({ span, ...toUnits(text, span) }))
    .filter(({ from, to }) => from < to)
    .sort((left, right) => left.from - right.from);
  const borders = [...new Set([0, text.length, ...placed.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  const pieces: Piece<S>[] = [];
  for (let index = 0; index + 1 < borders.length; index += 1) {
    const from = borders[index] ?? 0;
    const to = borders[index + 1] ?? text.length;
    const covering = placed.filter((other) => other.from <= from && other.to >= to).map(({ span }) => span);
    pieces.push({ text: text.slice(from, to), spans: covering });
  }
  return pieces;
}

/** UTF-16 offsets of a byte span, moved outwards to whole characters. */
export function toUnits(text: string, span: ByteSpan): { readonly from: number; readonly to: number } {
  let bytes = 0;
  let units = 0;
  let from: number | undefined;
  for (const character of text) {
    if (bytes >= span.end) break;
    const next = bytes + utf8Length(character.codePointAt(0) ?? 0);
    if (from === undefined && next > span.start) from = units;
    bytes = next;
    units += character.length;
  }
  return span.start < span.end && from !== undefined ? { from, to: units } : { from: units, to: units };
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
