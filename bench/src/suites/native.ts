/**
 * The kernel against the same algorithm on the same tables in plain C, built with -O3 -march=native by every compiler
 * at hand: what WebAssembly costs. Texts of 1,000 bytes, folding on; equal matches and scores are checked first.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compilePack, openPackBlob } from "@sluice/core-wasm";
import { makeCorpus, packOf, textsOf } from "../corpus.ts";
import { defaultRules, modelPack } from "../model-pack.ts";
import { kernelTexts } from "../native/kernel-texts.ts";
import { buildPrograms, startProgram, writeTexts } from "../native/programs.ts";
import { MODEL, PHRASES, type TextScanner, takeTurns } from "../native/text-scanner.ts";
import type { Figure, SuiteResult } from "../record.ts";

const EVENTS = { eventCount: 4000, eventBytes: 1230 };
/** Each touches a step of folding: leet, spaced-out letters, look-alikes, signs, scripts without blanks, long words. */
const ODD_TEXTS = [
  "",
  "b0mb h4x0r p@ss a@@b a$$$b @name x1 2",
  "b o m b, k-i-l-l and a b",
  "Ｆｕｌｌ ｗｉｄｔｈ, аеорсух, İstanbul, ﬃ ß é",
  "爆弾 ผม か\u200bな k\u00adi\u200bl\u0301l",
  `${"a".repeat(63)} ${"b".repeat(64)} ${"c".repeat(65)} ${"d".repeat(300)}`,
  "bomb ".repeat(1100),
  "how do i what is the of and ".repeat(200),
];

/** Texts that make the kernel take every way: ordinary ones, odd ones, and phrases of the pack itself. */
function checkedTexts(texts: readonly Uint8Array[]): Uint8Array[] {
  const phrases = defaultRules().rules.flatMap((rule) => rule.phrases.map((words) => words.join(" ")));
  const some = phrases.filter((_, index) => index % 11 === 0);
  const questions = some.map((phrase, index) => `${["how do i", "what is", "tell me"][index % 3]} ${phrase}`);
  return [...texts, ...[...ODD_TEXTS, ...some, ...questions].map((text) => new Uint8Array(Buffer.from(text)))];
}

interface Setting {
  readonly label: string;
  readonly pack: Uint8Array;
  readonly parts: number;
}

async function withScanners<R>(
  programs: readonly string[],
  pack: Uint8Array,
  texts: readonly Uint8Array[],
  work: (kernel: TextScanner, natives: readonly TextScanner[]) => Promise<R>,
): Promise<R> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-native-"));
  const [tablesFile, textsFile] = [join(folder, "tables"), join(folder, "texts")];
  writeFileSync(tablesFile, openPackBlob(pack).tables);
  writeTexts(textsFile, texts);
  const natives = programs.map((name) => startProgram(name, [tablesFile, textsFile], texts.length));
  try {
    return await work(kernelTexts(pack, texts), natives);
  } finally {
    for (const native of natives) await native.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws {Error} naming the first text that a program answers otherwise than the kernel */
async function checkAnswers(programs: readonly string[], { pack, parts }: Setting, texts: readonly Uint8Array[]) {
  return withScanners(programs, pack, texts, async (kernel, natives) => {
    const wanted = await kernel.check(parts);
    for (const native of natives) {
      const answers = await native.check(parts);
      const wrong = answers.findIndex(
        ({ matches, digest }, index) => matches !== wanted[index]?.matches || digest !== wanted[index]?.digest,
      );
      if (wrong >= 0) throw new Error(`${native.name} answers otherwise: ${Buffer.from(texts[wrong] as Uint8Array)}`);
    }
    return wanted.reduce((sum, { matches }) => sum + matches, 0);
  });
}

async function compare(programs: readonly string[], setting: Setting, texts: readonly Uint8Array[]): Promise<Figure[]> {
  const bytes = texts.reduce((sum, { length }) => sum + length, 0);
  return withScanners(programs, setting.pack, texts, async (kernel, natives) => {
    const contestants = [kernel, ...natives].map((scanner) => ({
      name: scanner.name,
      pass: () => scanner.pass(setting.parts),
    }));
    return takeTurns(setting.label, bytes, contestants);
  });
}

export async function nativeSuite(): Promise<SuiteResult> {
  const programs = buildPrograms().filter((name) => name.startsWith("kernel-"));
  if (programs.length === 0) return { suite: "native", checked: "nothing: neither gcc nor clang is here", figures: [] };
  const small = makeCorpus({ seed: 1, phraseCount: 2000, ...EVENTS });
  const large = makeCorpus({ seed: 1, phraseCount: 10_000, ...EVENTS });
  const withModel = modelPack();
  const settings: readonly (Setting & { readonly texts: readonly Uint8Array[] })[] = [
    { label: "2000 phrases", pack: compilePack(packOf(small.phrases)), parts: PHRASES, texts: textsOf(small) },
    { label: "10000 phrases", pack: compilePack(packOf(large.phrases)), parts: PHRASES, texts: textsOf(large) },
    { label: "the default pack's phrases", pack: withModel, parts: PHRASES, texts: textsOf(small) },
    { label: "the model", pack: withModel, parts: MODEL, texts: textsOf(small) },
    { label: "phrases and the model", pack: withModel, parts: PHRASES | MODEL, texts: textsOf(small) },
  ];
  const figures: Figure[] = [];
  let matches = 0;
  for (const { texts, ...setting } of settings) {
    matches += await checkAnswers(programs, setting, checkedTexts(texts));
    figures.push(...(await compare(programs, setting, texts)));
  }
  const checked = `${programs.join(" and ")} find the kernel's ${matches} matches, and its scores, text by text`;
  return { suite: "native", checked, figures };
}
