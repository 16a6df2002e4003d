/** Text without meaning, or with a meaning for machines alone: what was never seen is no sign of harm. */

import type { Random } from "../../random.ts";
import type { Family } from "../family.ts";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;

/** A row of signs, of a length between two bounds. */
const row = ({ below }: Random, alphabet: string, lengthMin: number, lengthMax: number): string =>
  Array.from({ length: lengthMin + below(lengthMax - lengthMin + 1) }, () => alphabet[below(alphabet.length)]).join("");
/** Several of something, with a separator. */
const several = (random: Random, countMin: number, countMax: number, separator: string, one: () => string): string =>
  Array.from({ length: countMin + random.below(countMax - countMin + 1) }, one).join(separator);
const letters = (countMin: number, countMax: number, alphabet: string) => (random: Random) =>
  several(random, countMin, countMax, " ", () => row(random, alphabet, 2, 11));

/** Syllables make words that look like those of some language and are of none. */
const SYLLABLES = "ba ke li mo nu ra sen tor vil dan pe gro shu ti wen zo fla mer ix qua ny bel cor du em".split(" ");
const invented = (random: Random) => several(random, 1, 4, "", () => random.pick(SYLLABLES));
const LATIN =
  "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim minim veniam quis nostrud ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure voluptate velit esse cillum fugiat nulla pariatur".split(
    " ",
  );
const NAMES =
  "Anna Bea Carlos Dmitri Elif Farid Goran Hana Ivo Jun Kofi Lena Mei Nils Olga Pavel Rosa Sami Tariq Uma Vera Wim Yusuf Zoe Smith Garcia Kim Nguyen Novak Rossi Silva Tanaka Okafor Haddad Larsen Popescu".split(
    " ",
  );
/** Ranges of letters by script; words of them at random are of no language. */
const SCRIPTS: readonly (readonly [first: number, count: number])[] = [
  [0x430, 32], // Cyrillic
  [0x3b1, 24], // Greek
  [0x5d0, 27], // Hebrew
  [0x627, 20], // Arabic
  [0x905, 53], // Devanagari
  [0x995, 20], // Bengali
  [0xe01, 46], // Thai
  [0xac00, 11000], // Hangul
  [0x4e00, 9000], // Han
  [0x3041, 83], // Hiragana
];
const foreign = (random: Random) => {
  const [first, count] = random.pick(SCRIPTS);
  return several(random, 12, 70, " ", () =>
    several(random, 2, 7, "", () => String.fromCharCode(first + random.below(count))),
  );
};

export const NOISE: readonly Family[] = [
  {
    name: "random-letters",
    teaches: "long rows of random letters are noise, not a jailbreak",
    slots: {
      short: letters(1, 12, LOWER),
      long: letters(40, 180, LOWER),
      mixed: letters(10, 80, LOWER + UPPER),
      signs: letters(5, 40, `${LOWER}${DIGITS}#%&$!?;:`),
      block: (random) => row(random, LOWER, 30, 200),
    },
    safe: ["{short}", "{long}", "{mixed}", "{signs}", "{long}", "{block}"],
  },
  {
    name: "keys-and-hashes",
    teaches: "hashes, ids, keys and encoded blobs are data, whatever letters they hold",
    slots: {
      hex: (random) => row(random, HEX, 32, 64),
      uuid: (random) => [8, 4, 4, 4, 12].map((length) => row(random, HEX, length, length)).join("-"),
      base64: (random) => `${row(random, `${LOWER}${UPPER}${DIGITS}+/`, 40, 400)}==`,
      code: (random) => `${row(random, UPPER, 2, 4)}-${row(random, DIGITS, 4, 8)}`,
      list: (random) => several(random, 5, 40, "\n", () => row(random, HEX, 40, 40)),
    },
    safe: [
      "{hex}",
      "{uuid} {uuid} {uuid}",
      "{base64}",
      "{what is|status of|find order|look up} {code}",
      "{list}",
      "sha256:{hex} id={uuid}",
      "data:image/png;base64,{base64}",
    ],
  },
  {
    name: "keyboard-mashing",
    teaches: "a hand laid on the keyboard, a held key and a cat's walk mean nothing",
    slots: {
      mash: (random) => several(random, 1, 20, " ", () => row(random, "asdfghjkl", 4, 14)),
      top: (random) => several(random, 1, 12, " ", () => row(random, "qwertyuiop", 4, 14)),
      held: (random) => {
        const key = row(random, LOWER, 1, 1);
        return several(random, 1, 30, " ", () => key.repeat(1 + random.below(12)));
      },
      beat: (random) => {
        const beat = random.pick(["la", "na", "ha", "lol", "ho", "test", "one two", "blah", "hey", "um"]);
        return several(random, 4, 60, " ", () => beat);
      },
    },
    safe: ["{mash}", "{top}", "{held}", "{beat}", "{mash} {top}", "{beat} {held}"],
  },
  {
    name: "invented-words",
    teaches: "words of no language, in any script, say nothing about harm",
    slots: {
      words: (random) => several(random, 4, 120, " ", () => invented(random)),
      latin: (random) => several(random, 10, 120, " ", () => random.pick(LATIN)),
      foreign,
    },
    safe: ["{words}", "{foreign}", "{latin}", "{foreign}", "{words}.", "{foreign}"],
  },
  {
    name: "tables-of-numbers",
    teaches: "rows of numbers, prices, dates and readings are data",
    slots: {
      numbers: (random) =>
        several(random, 4, 20, "\n", () => several(random, 3, 8, ", ", () => row(random, DIGITS, 1, 5))),
      prices: (random) =>
        several(random, 3, 25, "\n", () => `${invented(random)}\t${random.below(90)}.${row(random, DIGITS, 2, 2)}`),
      readings: (random) =>
        several(random, 3, 20, "\n", () => `${random.below(24)}:${random.below(60)} temp=${random.below(40)} ok`),
    },
    safe: [
      "{numbers}",
      "item\tprice\n{prices}",
      "{readings}",
      "{sum up|sort|plot} this:\n{numbers}",
      "id,a,b\n{numbers}",
    ],
  },
  {
    name: "lists-of-names",
    teaches: "lists of names, cities and addresses are everyday data",
    slots: {
      names: (random) => several(random, 5, 60, ", ", () => `${random.pick(NAMES)} ${random.pick(NAMES)}`),
      lines: (random) =>
        several(random, 4, 40, "\n", () => `${random.pick(NAMES)};${invented(random)};${random.below(99)}`),
      mails: (random) => several(random, 3, 20, "\n", () => `${invented(random)}.${invented(random)}@example.org`),
    },
    safe: [
      "{names}",
      "{lines}",
      "{mails}",
      "{Sort|Count|Shuffle} these {names|guests|players}: {names}",
      "To: {names}",
    ],
  },
];
