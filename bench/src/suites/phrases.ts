/**
 * Phrases alone, 2,000 and 10,000 of them, on texts of 1,000 bytes: the kernel with all its folding against Hyperscan
 * and `modern-ahocorasick`, which are handed lower-case words with one blank between them, so that they need no folding
 * and find the same. Everybody reads texts that lie in memory; none of them parses JSON. Texts are real prompts, where
 * ../shared/data is, and made ones of two kinds.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compilePack, foldText } from "@sluice/core-wasm";
import AhoCorasick from "modern-ahocorasick";
import { makeCorpus, packOf, textsOf } from "../corpus.ts";
import { kernelTexts } from "../native/kernel-texts.ts";
import { buildPrograms, startProgram, writeTexts } from "../native/programs.ts";
import { type Contestant, PHRASES, processorNs, type TextScanner, takeTurns } from "../native/text-scanner.ts";
import { type PromptsCorpus, promptsCorpus } from "../prompts-corpus.ts";
import type { Figure, SuiteResult } from "../record.ts";

const EVENTS = { eventCount: 4000, eventBytes: 1230 };
/** How hard a text is for whom depends on how often its words are parts of phrases: one corpus alone would flatter. */
const VOCABULARIES = ["small", "natural"] as const;

interface Haystack {
  readonly name: string;
  /** Folded words with one blank between them. */
  readonly texts: readonly Uint8Array[];
  readonly phrases: readonly string[];
}
const PHRASE_COUNTS = [2000, 10_000];
/** Texts of one pass of the slow one: its time is scaled up. */
const SLICE = 100;
/** Hyperscan's two ways, of which the faster one counts. */
const HYPERSCAN_WAYS = [
  { name: "Hyperscan", parts: 0 },
  { name: "Hyperscan, caseless", parts: 1 },
] as const;

const totalOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** @throws {Error} naming the first text in which others find more or fewer */
function expectSame(name: string, wanted: readonly number[], counts: readonly number[]): void {
  const wrong = wanted.findIndex((count, index) => count !== counts[index]);
  if (wrong >= 0) throw new Error(`${name} finds ${counts[wrong]} phrases in text ${wrong}, not ${wanted[wrong]}`);
}

/** How many of the substrings that it finds are whole words. */
function wholeWords(matcher: AhoCorasick, text: string): number {
  const isEdge = (at: number) => at < 0 || at >= text.length || text[at] === " ";
  return matcher.search(text).filter(({ start, end }) => isEdge(start - 1) && isEdge(end)).length;
}

function slicedPass(matcher: AhoCorasick, texts: readonly string[]): Contestant["pass"] {
  let from = 0;
  return async () => {
    let matches = 0;
    const start = processorNs();
    for (let i = 0; i < SLICE; i += 1) matches += matcher.count(texts[(from + i) % texts.length] as string);
    const ns = processorNs() - start;
    from = (from + SLICE) % texts.length;
    return { ns: (ns * texts.length) / SLICE, matches };
  };
}

async function contest(
  label: string,
  kernel: TextScanner,
  hyperscan: TextScanner | undefined,
  matcher: AhoCorasick,
  texts: readonly Uint8Array[],
): Promise<{ matches: number; figures: Figure[] }> {
  const strings = texts.map((text) => Buffer.from(text).toString());
  const wanted = (await kernel.check(PHRASES)).map(({ matches }) => matches);
  expectSame(
    "modern-ahocorasick",
    wanted,
    strings.map((text) => wholeWords(matcher, text)),
  );
  const ways: Contestant[] = [];
  for (const { name, parts } of hyperscan === undefined ? [] : HYPERSCAN_WAYS) {
    const answers = (await hyperscan?.check(parts)) ?? [];
    expectSame(
      name,
      wanted,
      answers.map(({ matches }) => matches),
    );
    ways.push({ name, pass: () => (hyperscan as TextScanner).pass(parts) });
  }
  const contestants = [
    { name: kernel.name, pass: () => kernel.pass(PHRASES) },
    ...ways,
    { name: "modern-ahocorasick", pass: slicedPass(matcher, strings) },
  ];
  const bytes = totalOf(texts.map(({ length }) => length));
  return { matches: totalOf(wanted), figures: await takeTurns(label, bytes, contestants) };
}

/** Made text: the same bytes on every machine. */
function madeHaystack(phraseCount: number, vocabulary: (typeof VOCABULARIES)[number]): Haystack {
  const corpus = makeCorpus({ seed: 1, phraseCount, vocabulary, ...EVENTS });
  const texts = textsOf(corpus).map((text) => {
    const words = foldText(text).map(({ text: word }) => word);
    return new Uint8Array(Buffer.from(words.join(" ")));
  });
  return { name: `${vocabulary} vocabulary`, texts, phrases: corpus.phrases };
}

function haystacks(phraseCount: number, prompts: PromptsCorpus | undefined): Haystack[] {
  const made = VOCABULARIES.map((vocabulary) => madeHaystack(phraseCount, vocabulary));
  if (prompts === undefined) return made;
  return [{ name: "real prompts", texts: prompts.texts, phrases: prompts.phrases(phraseCount) }, ...made];
}

async function compare(
  { name, texts, phrases }: Haystack,
  hasHyperscan: boolean,
): Promise<{ matches: number; figures: Figure[] }> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-phrases-"));
  const [phrasesFile, textsFile] = [join(folder, "phrases"), join(folder, "texts")];
  writeFileSync(phrasesFile, phrases.map((phrase) => `${phrase}\n`).join(""));
  writeTexts(textsFile, texts);
  const hyperscan = hasHyperscan ? startProgram("hyperscan", [phrasesFile, textsFile], texts.length) : undefined;
  try {
    const kernel = kernelTexts(compilePack(packOf(phrases)), texts);
    const matcher = new AhoCorasick([...phrases]);
    return await contest(`${phrases.length} phrases, ${name}`, kernel, hyperscan, matcher, texts);
  } finally {
    await hyperscan?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function phrasesSuite(): Promise<SuiteResult> {
  const hasHyperscan = buildPrograms().includes("hyperscan");
  const figures: Figure[] = [];
  let matches = 0;
  const prompts = promptsCorpus(1);
  for (const haystack of PHRASE_COUNTS.flatMap((count) => haystacks(count, prompts))) {
    const found = await compare(haystack, hasHyperscan);
    matches += found.matches;
    figures.push(...found.figures);
  }
  const others = hasHyperscan
    ? "Hyperscan and modern-ahocorasick find"
    : "libhyperscan or a compiler is missing here, so Hyperscan is left out; modern-ahocorasick finds";
  return { suite: "phrases", checked: `${others} the kernel's ${matches} whole-word matches, text by text`, figures };
}
