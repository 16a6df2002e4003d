/**
 * Writes table-data.ts, the fold table of docs/guides/detection.md §2. Run by hand when look-alikes.mjs changes or a
 * newer Unicode version is wanted: `node core-wasm/src/fold/make-table.mjs`. The result is committed, so that a fold
 * never depends on the Unicode version of the Node that runs.
 */
import { writeFileSync } from "node:fs";
import { CAPITALS, LOOK_ALIKES, SEPARATORS } from "./look-alikes.mjs";

const CODE_POINTS = 0x110000;
const OUTPUT_CHARS_MAX = 4;
/**
 * Combining diacritical blocks, kana voicing marks, interlinear annotation; besides all default-ignorable characters.
 */
const REMOVED_RANGES = "0300-036F 1AB0-1AFF 1DC0-1DFF 20D0-20FF FE20-FE2F 3099-309A FFF9-FFFB";
const SINGLE =
  /^(?=[\p{L}\p{M}\p{N}])[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}\u30fc]$/u;
const WORD = /^[\p{L}\p{M}\p{N}]$/u;
const FRACTION_SLASH = "\u2044";

const hex = (codePoint) => codePoint.toString(16).toUpperCase();

function parseRanges(text) {
  return text.split(" ").map((part) => {
    const [first, last = first] = part.split("-").map((digits) => Number.parseInt(digits, 16));
    return { first, last };
  });
}
const inRanges = (ranges, codePoint) => ranges.some(({ first, last }) => codePoint >= first && codePoint <= last);
const removedRanges = parseRanges(REMOVED_RANGES);
const separatorRanges = parseRanges(SEPARATORS);

/** Character → output. A range gives consecutive outputs, all others the key itself. */
function outputsOf(lists, lowerCase) {
  const outputs = new Map();
  for (const [output, text] of lists) {
    if (/^[0-9A-F]{4,5}( |-|$)/.test(text)) {
      for (const { first, last } of parseRanges(text)) {
        for (let codePoint = first; codePoint <= last; codePoint += 1) {
          const shifted = first === last ? output : String.fromCodePoint(output.codePointAt(0) + codePoint - first);
          outputs.set(String.fromCodePoint(codePoint), shifted);
        }
      }
    } else {
      for (const character of text) outputs.set(lowerCase ? character.toLowerCase() : character, output);
    }
  }
  return outputs;
}
const lookAlikes = outputsOf(LOOK_ALIKES, true);
const capitals = outputsOf(CAPITALS, false);

const isRemoved = (character) =>
  /^\p{Default_Ignorable_Code_Point}$/u.test(character) || inRanges(removedRanges, character.codePointAt(0));

/** Decimal digits stand in runs of ten, from zero to nine. */
function digitOf(character) {
  let zero = character.codePointAt(0);
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((character.codePointAt(0) - zero) % 10);
}

/** One character after compatibility decomposition: its part of the output, "" when it has none. */
function foldPart(character) {
  if (isRemoved(character)) return "";
  if (inRanges(separatorRanges, character.codePointAt(0))) return "";
  const known = capitals.get(character) ?? lookAlikes.get(character);
  if (known !== undefined) return known;
  if (/^\p{Nd}$/u.test(character)) return digitOf(character);
  if (!WORD.test(character)) return "";
  const lower = character.toLowerCase();
  if (lower !== character) return [...lower.normalize("NFKD")].map(foldPart).join("");
  return lower;
}

/** Class and output of one character: `{ kind, output }`. */
function fold(character) {
  if (isRemoved(character)) return { kind: "removed" };
  if (inRanges(separatorRanges, character.codePointAt(0))) return { kind: "separator" };
  const parts = [...character.normalize("NFKD")];
  const output = parts.map(foldPart).join("").normalize("NFC");
  const own = SINGLE.test(character) ? "single" : WORD.test(character) ? "word" : "separator";
  if (output === "") return { kind: parts.every(isRemoved) ? "removed" : "separator" };
  const characters = [...output];
  if (characters.some((part) => SINGLE.test(part))) {
    return characters.length === 1 ? { kind: "single", output } : { kind: own, output: character };
  }
  const isTooLong =
    characters.length > OUTPUT_CHARS_MAX || Buffer.byteLength(output) > 2 * Buffer.byteLength(character);
  if (isTooLong || parts.includes(FRACTION_SLASH)) return { kind: own, output: character.toLowerCase() };
  return { kind: "word", output };
}

/** Sorted code points as `hhhh` and `hhhh-hhhh`. */
function formatRanges(codePoints) {
  const parts = [];
  for (let index = 0; index < codePoints.length; ) {
    let end = index;
    while (codePoints[end + 1] === codePoints[end] + 1) end += 1;
    parts.push(end === index ? hex(codePoints[index]) : `${hex(codePoints[index])}-${hex(codePoints[end])}`);
    index = end + 1;
  }
  return parts.join(" ");
}

/**
 * Code points whose output is another character at a constant distance, as in a script's upper case: distance → code
 * points.
 */
function offsetGroups(outputs) {
  const groups = new Map();
  for (const [codePoint, output] of outputs) {
    if ([...output].length !== 1) continue;
    const distance = output.codePointAt(0) - codePoint;
    if (!groups.has(distance)) groups.set(distance, []);
    groups.get(distance).push(codePoint);
  }
  return [...groups].filter(([, members]) => members.length >= 8).sort(([a], [b]) => a - b);
}

function tableLines() {
  const itself = { word: [], single: [], removed: [] };
  const ascii = new Map();
  const others = new Map();
  for (let codePoint = 0; codePoint < CODE_POINTS; codePoint += 1) {
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
    const character = String.fromCodePoint(codePoint);
    const { kind, output } = fold(character);
    if (kind === "separator") continue;
    if (kind === "removed" || output === character) itself[kind].push(codePoint);
    else if (/^[a-z0-9]+$/.test(output)) ascii.set(output, [...(ascii.get(output) ?? []), codePoint]);
    else others.set(codePoint, output);
  }
  const lines = Object.entries(itself).map(([kind, codePoints]) => `${kind} ${formatRanges(codePoints)}`);
  for (const [output, codePoints] of [...ascii].sort()) lines.push(`=${output} ${formatRanges(codePoints)}`);
  for (const [distance, members] of offsetGroups(others)) {
    lines.push(`+${distance} ${formatRanges(members)}`);
    for (const codePoint of members) others.delete(codePoint);
  }
  const byOutput = new Map();
  for (const [codePoint, output] of others) byOutput.set(output, [...(byOutput.get(output) ?? []), codePoint]);
  for (const [output, codePoints] of byOutput) {
    lines.push(`=${[...output].map((part) => hex(part.codePointAt(0))).join("_")}! ${formatRanges(codePoints)}`);
  }
  return lines;
}

const source = `/**
 * Made by make-table.mjs from Unicode ${process.versions.unicode} and look-alikes.mjs; do not edit. One line each:
 * \`word|single|removed ranges\`: characters that stand for themselves (or for nothing); \`=output ranges\`: all become
 * \`output\`, ASCII, or with \`!\` code points joined by \`_\`; \`+distance ranges\`: each becomes the character at
 * that distance. What is not named is a separator.
 */
export const UNICODE_VERSION = "${process.versions.unicode}";
export const FOLD_DATA = \`
${tableLines().join("\n")}
\`;
`;
writeFileSync(new URL("./table-data.ts", import.meta.url), source);
