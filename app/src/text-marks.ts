/**
 * Shows where a text matched: each line with a match, and under it a line of carets with the rule. Offsets are UTF-8
 * bytes, as in decisions. Control characters are shown as `·`, so that a text cannot drive the terminal that shows it.
 */
export interface Mark {
  /** UTF-8 bytes, half-open. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** Terminal columns shown of a line; a longer one is cut around its mark. */
const COLUMNS_MAX = 100;
const LEAD_COLUMNS = 30;

/** @returns for each mark two lines: a piece of the text, and carets with the label below it. */
export function markText(text: string, marks: readonly Mark[]): string[] {
  const bytes = Buffer.from(text);
  return marks.flatMap(({ start, end, label }) => {
    const lineStart = bytes.lastIndexOf(0x0a, start - 1) + 1;
    const nextBreak = bytes.indexOf(0x0a, start);
    const lineEnd = nextBreak < 0 ? bytes.length : nextBreak;
    const before = shown(bytes.subarray(start > 0 ? lineStart : 0, start));
    const marked = shown(bytes.subarray(start, Math.min(end, lineEnd)));
    const after = shown(bytes.subarray(Math.min(end, lineEnd), lineEnd));
    const lead = lastColumns(before, LEAD_COLUMNS);
    const body = firstColumns(marked, COLUMNS_MAX - LEAD_COLUMNS);
    const tail = firstColumns(after, Math.max(0, COLUMNS_MAX - widthOf(lead) - widthOf(body)));
    const carets = "^".repeat(Math.max(1, widthOf(body)));
    return [`${lead}${body}${tail}`, `${" ".repeat(widthOf(lead))}${carets} ${label}`];
  });
}

const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const shown = (bytes: Buffer) => bytes.toString().replaceAll(CONTROL, "·");

const ZERO_WIDTH = /^[\p{Mn}\p{Me}]$/u;
/** East Asian wide and full-width blocks, and emoji (Unicode Standard Annex 11, the large blocks only). */
const DOUBLE_WIDTH =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

const columnsOf = (character: string) => (ZERO_WIDTH.test(character) ? 0 : DOUBLE_WIDTH.test(character) ? 2 : 1);

function widthOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOf(character);
  return columns;
}

function firstColumns(text: string, columnsMax: number): string {
  let columns = 0;
  let kept = "";
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > columnsMax) return `${kept}…`;
    kept += character;
  }
  return kept;
}

function lastColumns(text: string, columnsMax: number): string {
  const characters = [...text];
  let columns = 0;
  let from = characters.length;
  while (from > 0) {
    columns += columnsOf(characters[from - 1] ?? "");
    if (columns > columnsMax) return `…${characters.slice(from).join("")}`;
    from -= 1;
  }
  return text;
}
