/**
 * fast-check arbitraries for the detector: hostile texts, events in every way JSON can be written, and bytes that are
 * nearly JSON. For tests alone; no part of the program.
 */
import fc from "fast-check";
import { encodedText } from "../testing/encoded-text.ts";
import type { PackModel } from "../types.ts";

/** Pieces that each touch a rule of folding. */
const PIECES = [
  ..."abcdeiloqstz0134579ABZ@$@$ -.'’_\n\t",
  ...["  ", " - ", "     ", "@@", "$$$", "a b c", "1 2 3", "p@ss", "h4x0r", "k-i-l-l", "\u0000"],
  ...["é", "ß", "ﬃ", "Ａ", "𝕜", "🅱", "²", "٣", "½", "а", "н", "Η", "η", "ж", "ש", "각", "ﷺ", "©", "😀", "👩‍👩‍👧"],
  ...[
    "中",
    "か",
    "ｶ",
    "ﾞ",
    "ก",
    "豈",
    "\u200b",
    "\u200d",
    "\u202e",
    "\u00ad",
    "\ufeff",
    "\ufe0f",
    "\u0301",
    "\u{e0041}",
  ],
  ...["\u00a0", "\u3000", "\ufffd", "\uffff", "\u{10ffff}", "\u2028", "\ud800", "\udc00"],
];

/** Text of pieces, code points of any kind, and words of the pack's phrases. It may hold lone surrogates. */
export function hostileText(model: PackModel): fc.Arbitrary<string> {
  const phrases = model.rules.flatMap((rule) => rule.phrases);
  const joint = fc.constantFrom(" ", "-", "\u200b", ", ", "", "\n", "'");
  const phrase = fc
    .tuple(fc.constantFrom(...phrases), joint, joint)
    .map(([words, between, after]) => words.join(between) + after);
  const word = fc.tuple(fc.constantFrom(...phrases.flat()), joint).map(([text, after]) => text + after);
  return fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
        { weight: 2, arbitrary: phrase.chain(disguised) },
        { weight: 2, arbitrary: phrase },
        { weight: 2, arbitrary: word },
        { weight: 1, arbitrary: encodedText(model) },
        { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(""));
}

/** Look-alikes of single letters; folding takes each back. */
const DISGUISES: Readonly<Record<string, readonly string[]>> = {
  a: ["а", "ɑ", "á", "ａ", "𝐚", "ⓐ"],
  c: ["с", "ç", "ｃ"],
  e: ["е", "é", "𝓮", "ε"],
  i: ["і", "ı", "í", "ⅰ"],
  o: ["о", "ο", "ø", "𝕠"],
  p: ["р", "ρ", "ｐ"],
  s: ["ѕ", "ş", "𝗌"],
  u: ["υ", "ü", "ᴜ"],
  y: ["у", "ý"],
};
const HIDDEN = ["\u200b", "\u200d", "\u00ad", "\u0301", "\ufe0f", "\u2060"];

/**
 * The same text with letters in another case, replaced by look-alikes, or followed by hidden characters inside of
 * words.
 */
export function disguised(text: string): fc.Arbitrary<string> {
  const isLetter = (character: string | undefined) => character !== undefined && /^[a-z]$/i.test(character);
  const characters = [...text];
  return fc
    .array(fc.tuple(fc.nat(9), fc.nat(5)), { minLength: characters.length, maxLength: characters.length })
    .map((choices) =>
      characters
        .map((character, index) => {
          const [kind = 9, pick = 0] = choices[index] ?? [];
          if (!isLetter(character)) return character;
          const others = DISGUISES[character.toLowerCase()] ?? [character];
          if (kind === 0) return character.toUpperCase();
          if (kind === 1) return others[pick % others.length] ?? character;
          if (kind === 2 && isLetter(characters[index + 1])) return character + (HIDDEN[pick] ?? "");
          return character;
        })
        .join(""),
    );
}

/** JSON of a string, some characters as escapes. */
function writtenString(text: string): fc.Arbitrary<string> {
  return fc.array(fc.nat(9), { maxLength: 12 }).map((choices) => {
    const units = text.split("");
    const written = units.map((unit, index) => {
      const isLone = /[\ud800-\udfff]/.test(unit) && !isPaired(text, index);
      if (isLone || choices[index % 12] === 0) return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
      return /[\ud800-\udfff]/.test(unit) ? unit : JSON.stringify(unit).slice(1, -1);
    });
    return `"${mendPairs(text, written).join("")}"`;
  });
}
function isPaired(text: string, index: number): boolean {
  const isHigh = (at: number) => /[\ud800-\udbff]/.test(text[at] ?? "");
  const isLow = (at: number) => /[\udc00-\udfff]/.test(text[at] ?? "");
  return (isHigh(index) && isLow(index + 1)) || (isLow(index) && isHigh(index - 1));
}
/** A pair is written as two escapes or as none: half of one would be another text. */
function mendPairs(text: string, written: readonly string[]): string[] {
  return written.map((part, index) => {
    const other = /[\ud800-\udbff]/.test(text[index] ?? "") ? index + 1 : index - 1;
    if (part.length > 1 || !/[\ud800-\udfff]/.test(part) || (written[other]?.length ?? 1) === 1) return part;
    return `\\u${part.charCodeAt(0).toString(16)}`;
  });
}

/** A JSON value as text: any order of keys, blanks, escapes. The text may come out different, its meaning may not. */
export function writtenJson(value: unknown): fc.Arbitrary<string> {
  const blank = fc.constantFrom("", "", "", " ", "\n", "\t", "\r\n  ");
  if (typeof value === "string") return writtenString(value);
  if (Array.isArray(value)) {
    return fc
      .tuple(blank, ...value.map((item) => fc.tuple(writtenJson(item), blank).map((parts) => parts.join(""))))
      .map(([first, ...items]) => `[${first}${items.join(",")}]`);
  }
  if (typeof value !== "object" || value === null) return fc.constant(JSON.stringify(value) ?? "null");
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) =>
      fc
        .tuple(blank, writtenString(key), blank, writtenJson(member), blank)
        .map(([a, k, b, v, c]) => `${a}${k}${b}:${a}${v}${c}`),
    );
  return fc
    .tuple(...members)
    .chain((written) =>
      fc.shuffledSubarray(written, { minLength: written.length }).map((shuffled) => `{${shuffled.join(",")}}`),
    );
}

/** Members of an event, most of them good. */
export function eventMembers(model: PackModel): fc.Arbitrary<Record<string, unknown>> {
  const text = hostileText(model);
  const id = fc.oneof(
    { weight: 12, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("", "a".repeat(128), "é".repeat(129), "\u0007", "\u0085", "\ud800", null, 1, {}),
    },
  );
  const timestamp = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
        .map((date) => date.toISOString()),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom("2024-02-29 00:00:00", "2025-07-09t21:10:31.06430999", "0001-01-01T00:00:00+23:59"),
    },
    { weight: 1, arbitrary: fc.constantFrom("2025-02-29T00:00:00Z", "2025-01-01T00:00:60Z", "", "x", 0) },
  );
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
  return fc.record({
    event_id: id,
    timestamp,
    user_id: id,
    org_id: id,
    surface: fc.oneof({ weight: 9, arbitrary: fc.constant("api") }, { weight: 1, arbitrary: id }),
    tier: fc.oneof({ weight: 9, arbitrary: fc.constant("general") }, { weight: 1, arbitrary: id }),
    prompt: text,
    completion: optional(fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constantFrom(null, 7) })),
    model_version: optional(id),
    conversation_id: optional(id),
    tags: optional(fc.constantFrom<unknown>(["a"], [], null, {})),
    metadata: optional(fc.constantFrom<unknown>({ k: "v", tier: "x" }, {}, null, [])),
    extra: optional(fc.jsonValue({ maxDepth: 3 })),
  });
}

/** One event as JSON text. */
export function eventJson(model: PackModel): fc.Arbitrary<string> {
  return eventMembers(model).chain(writtenJson);
}

/** Bytes that break or bend JSON when they come in between. */
const DAMAGE = [
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\n",
  "\u0001",
  "\\u",
  "\\ud800",
  "null",
  "1e5",
  '"tier":',
  " ",
].map((part) => new Uint8Array(Buffer.from(part)));
const DAMAGE_BYTES = [[0x80], [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xef, 0xbb, 0xbf]].map(
  (bytes) => Uint8Array.from(bytes),
);

/** Bytes with up to three cuts, insertions or replacements. */
export function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const part = fc.constantFrom(...DAMAGE, ...DAMAGE_BYTES);
  const edit = fc.record({ at: fc.nat(), cut: fc.constantFrom(0, 0, 1, 2, 30), part: fc.option(part) });
  return fc.array(edit, { maxLength: 3 }).map((edits) =>
    edits.reduce((text, { at, cut, part: inserted }) => {
      const from = at % (text.length + 1);
      return new Uint8Array(
        Buffer.concat([text.subarray(0, from), inserted ?? new Uint8Array(), text.subarray(from + cut)]),
      );
    }, bytes),
  );
}

/** A payload of any kind, whole or damaged. */
export function payloadBytes(model: PackModel): fc.Arbitrary<Uint8Array> {
  const events = fc.array(eventJson(model), { maxLength: 3 });
  const oneLine = (json: string) => json.replaceAll(/[\r\n]/g, " ");
  const written = fc.oneof(
    eventJson(model),
    events.map((items) => `{"events":[${items.join(" ,\n")}],"batch":{"n":[1]}}`),
    events.map((items) => items.map(oneLine).join("\n")),
    eventJson(model).map((json) => `{"specversion":"1.0","data":${json},"id":"x"}`),
    fc.json({ maxDepth: 4 }),
    fc.string(),
  );
  const whole = fc
    .tuple(fc.constantFrom("", "", "\ufeff", " \n"), written)
    .map(([head, text]) => new Uint8Array(Buffer.from(head + text)));
  return fc.oneof(
    { weight: 2, arbitrary: whole },
    { weight: 3, arbitrary: whole.chain(damaged) },
    { weight: 1, arbitrary: fc.uint8Array() },
  );
}
