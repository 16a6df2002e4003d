/**
 * The fold table of docs/guides/detection.md §2: the class and the output of each code point. Fixed data
 * (table-data.ts), so the same text folds alike whatever Unicode version the running Node has.
 */
import { FOLD_DATA } from "./table-data.ts";

export type FoldEntry =
  /** 1–4 lower-case characters; in UTF-8 at most twice as long as the code point. */
  | { readonly kind: "word"; readonly output: string }
  /** A word of its own; exactly one character, of the same bound. */
  | { readonly kind: "single"; readonly output: string }
  | { readonly kind: "removed" }
  | { readonly kind: "separator" };

const CODE_POINTS = 0x110000;
const PAGE_SIZE = 256;
/** Pages of 256 code points: page number = code point >> 8. */
export const FOLD_PAGES = CODE_POINTS / PAGE_SIZE;

const KINDS = ["separator", "removed", "word", "single"] as const;
const SEPARATOR: FoldEntry = { kind: "separator" };
const REMOVED: FoldEntry = { kind: "removed" };

interface FoldTable {
  /** Index into KINDS by code point. */
  readonly kinds: Uint8Array;
  /** Output of each code point that does not stand for itself. */
  readonly outputs: ReadonlyMap<number, string>;
}

function forEachCodePoint(ranges: readonly string[], visit: (codePoint: number) => void): void {
  for (const range of ranges) {
    const [first = "", last = first] = range.split("-");
    const end = Number.parseInt(last, 16);
    for (let codePoint = Number.parseInt(first, 16); codePoint <= end; codePoint += 1) visit(codePoint);
  }
}

function parseOutput(text: string): string {
  if (!text.endsWith("!")) return text;
  return String.fromCodePoint(
    ...text
      .slice(0, -1)
      .split("_")
      .map((digits) => Number.parseInt(digits, 16)),
  );
}

function readTable(): FoldTable {
  const kinds = new Uint8Array(CODE_POINTS);
  const outputs = new Map<number, string>();
  const word = KINDS.indexOf("word");
  for (const line of FOLD_DATA.trim().split("\n")) {
    const [head = "", ...ranges] = line.split(" ");
    if (head.startsWith("=")) {
      const output = parseOutput(head.slice(1));
      // An output that is itself single makes its sources single: those lines come after the ranges of single.
      const kind = Math.max(word, kinds[output.codePointAt(0) ?? 0] ?? word);
      forEachCodePoint(ranges, (codePoint) => {
        kinds[codePoint] = kind;
        outputs.set(codePoint, output);
      });
    } else if (head.startsWith("+")) {
      const distance = Number(head.slice(1));
      forEachCodePoint(ranges, (codePoint) => {
        kinds[codePoint] = Math.max(word, kinds[codePoint + distance] ?? word);
        outputs.set(codePoint, String.fromCodePoint(codePoint + distance));
      });
    } else {
      const kind = (KINDS as readonly string[]).indexOf(head);
      forEachCodePoint(ranges, (codePoint) => {
        kinds[codePoint] = kind;
      });
    }
  }
  return { kinds, outputs };
}

let table: FoldTable | undefined; // read on first use: a process that only runs a compiled pack never needs it

/**
 * Class and output of one code point, 0 to 0x10FFFF. `@` and `$` are separators here: whether they count as letters
 * depends on their neighbours (`foldText`).
 */
export function foldClass(codePoint: number): FoldEntry {
  table ??= readTable();
  const kind = KINDS[table.kinds[codePoint] ?? 0];
  if (kind === "word" || kind === "single") {
    return { kind, output: table.outputs.get(codePoint) ?? String.fromCodePoint(codePoint) };
  }
  return kind === "removed" ? REMOVED : SEPARATOR;
}

/** The 256 entries of one page, 0 to FOLD_PAGES - 1; undefined when all are separators. */
export function foldPage(page: number): readonly FoldEntry[] | undefined {
  const entries = Array.from({ length: PAGE_SIZE }, (_, index) => foldClass(page * PAGE_SIZE + index));
  return entries.every((entry) => entry === SEPARATOR) ? undefined : entries;
}
