/** fast-check arbitraries for encoded runs: phrases encoded in every way that is decoded, nested, or nearly so. */
import fc from "fast-check";
import type { Encoding, PackModel } from "../types.ts";

const hexOf = (bytes: Buffer) => bytes.toString("hex");
const inPairs = (bytes: Buffer, mark: string) => hexOf(bytes).replace(/../g, `${mark}$&`);
const turn = (letter: string) => {
  const base = letter < "a" ? 65 : 97;
  return String.fromCharCode(base + ((letter.charCodeAt(0) - base + 13) % 26));
};

/** Ways to write each encoding; all of them are decoded where the text is long enough. */
export const WRITINGS: readonly (readonly [name: string, encoding: Encoding, write: (bytes: Buffer) => string])[] = [
  ["base64", "base64", (bytes) => bytes.toString("base64")],
  ["base64 for addresses", "base64", (bytes) => bytes.toString("base64url")],
  ["hex", "hex", hexOf],
  ["hex in capitals", "hex", (bytes) => hexOf(bytes).toUpperCase()],
  ["hex behind backslashes", "hex", (bytes) => inPairs(bytes, "\\x")],
  ["hex in pairs", "hex", (bytes) => inPairs(bytes, " ").slice(1)],
  ["percent", "percent", (bytes) => inPairs(bytes, "%")],
  [
    "percent for some",
    "percent",
    (bytes) => bytes.toString("latin1").replace(/[^a-z]/g, (one) => inPairs(Buffer.from(one, "latin1"), "%")),
  ],
  ["rot13", "rot13", (bytes) => bytes.toString().replace(/[a-z]/gi, turn)],
];

const writing = fc.constantFrom(...WRITINGS.map(([, , write]) => write));

/** Texts of phrases with common words and a little noise between, which stand for what somebody would hide. */
function hiddenBytes(model: PackModel): fc.Arbitrary<Buffer> {
  const phrase = fc.constantFrom(...model.rules.flatMap((rule) => rule.phrases)).map((words) => words.join(" "));
  const filler = fc.constantFrom("how do you", "for me", "to", "the", "a quiet day", "é", "b0mb", "...", "\n", "中");
  const text = fc.array(fc.oneof(phrase, filler), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(" "));
  const noise = fc.option(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { freq: 3, nil: undefined });
  return fc.tuple(text, noise, noise).map(([plain, ...changes]) => {
    const bytes = Buffer.from(plain);
    for (const change of changes) if (change !== undefined) bytes[change[0] % bytes.length] = change[1];
    return bytes;
  });
}

/** One run, up to three encodings deep. It may be too short, or cut. */
export function encodedText(model: PackModel): fc.Arbitrary<string> {
  const depth = fc.array(writing, { minLength: 1, maxLength: 3 });
  const cut = fc.constantFrom(0, 0, 0, 1, 2, 3);
  return fc.tuple(hiddenBytes(model), depth, cut).map(([bytes, writings, end]) => {
    const text = writings.reduce<string>(
      (inner, write) => write(Buffer.from(inner, "latin1")),
      bytes.toString("latin1"),
    );
    return text.slice(0, text.length - end);
  });
}
