/**
 * Takes personal data out of text before it leaves the process. Each kind has a placeholder; when in doubt it masks.
 * What it cannot know, it leaves: names of people, places, anything in words. Every pattern is bounded, so that no text
 * makes it slow. The order matters: what is more special comes first.
 */
import { isIPv6 } from "node:net";

export const PLACEHOLDERS = ["[email]", "[iban]", "[card]", "[ip]", "[phone]", "[name]", "[number]"] as const;

/** Characters of each side that a judge is sent; the rest is cut off. */
export const SIDE_CHARS_MAX = 8_192;
/** Longer than any address: what the cut may have left of one goes with it. */
const TORN_CHARS_MAX = 400;

type Rule = readonly [pattern: RegExp, replace: (found: string) => string];

const RULES: readonly Rule[] = [
  [/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu, () => "[email]"],
  [/(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/giu, iban],
  [/(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g, (found) => (isCard(found) ? "[card]" : "[number]")],
  [/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d)/g, () => "[ip]"],
  [
    /(?<![\p{L}\p{N}:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\p{L}\p{N}:])/giu,
    (found) => (isIPv6(found) ? "[ip]" : found),
  ],
  [/(?<!\p{Nd})[+(]{0,2}\p{Nd}(?:[ ()./-]{0,3}\p{Nd}){6,18}(?!\p{Nd})/gu, () => "[phone]"],
  [/@[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}/gu, () => "[name]"],
  [/\p{Nd}{5,}/gu, () => "[number]"],
];

/** Letters and digits in other shapes, and characters that nobody sees, would hide data from the rules. */
export function mask(text: string): string {
  const plain = text.normalize("NFKC").replace(/\p{Cf}/gu, "");
  return RULES.reduce((masked, [pattern, replace]) => masked.replace(pattern, replace), plain);
}

/** At most `SIDE_CHARS_MAX` characters, cut between words. To be done before masking, which takes its time by length. */
export function cutSide(text: string): string {
  if (text.length <= SIDE_CHARS_MAX) return text;
  const head = text.slice(0, SIDE_CHARS_MAX);
  const torn = /\S*$/.exec(head.slice(-TORN_CHARS_MAX))?.[0].length ?? 0;
  return head.slice(0, head.length - torn);
}

/** Of things that look like one, those whose check digits are right, and those that are mostly digits. */
function iban(found: string): string {
  const compact = found.replace(/[ -]/g, "").toUpperCase();
  const digits = compact.replace(/\D/g, "").length;
  if (digits >= 10) return "[iban]";
  const moved = compact.slice(4) + compact.slice(0, 4);
  const numeral = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(numeral) % 97n === 1n ? "[iban]" : found;
}

/** Luhn's check, ISO/IEC 7812-1. */
function isCard(found: string): boolean {
  const digits = found.replace(/\D/g, "");
  let sum = 0;
  for (let at = digits.length - 1, isDoubled = false; at >= 0; at -= 1, isDoubled = !isDoubled) {
    const digit = Number(digits[at]) * (isDoubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
