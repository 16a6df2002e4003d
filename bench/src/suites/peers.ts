/**
 * Sluice beside what else can be had for Node, in one table: quality on labelled prompts, time and memory, each judge
 * in a process of its own. On `dev` Sluice's model knows the sources, which flatters it; the honest columns are
 * training prompts, for which its model is replaced by one that never saw the prompt's source.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { riskAt } from "@sluice/app";
import { seededRandom } from "../corpus.ts";
import { askJudge } from "../judges/ask-judge.ts";
import { type Answer, CONTENDERS } from "../judges/judges.ts";
import { type LabelledPrompt, labelledPrompts, leaveSourceOutScores } from "../judges/labelled-prompts.ts";
import { type Quality, qualityOf } from "../judges/quality.ts";
import { markdownTable, type Row } from "../judges/quality-table.ts";
import { modelPack } from "../model-pack.ts";
import type { Figure, SuiteResult } from "../record.ts";

/** Training prompts that everybody judges, drawn by seed. */
const UNSEEN_PROMPTS = 3000;
const SEED = 4;
/** Where the model's own verdict begins: `warn` is where 3 % of safe prompts of unseen sources lie above. */
const WARN_FALSE_ALARMS = 0.03;
const WITH_MODEL = "Sluice, rules and model";
const UNSEEN_MODEL = "Sluice's model, each source unseen";

interface Sets {
  readonly dev: readonly LabelledPrompt[];
  readonly unseen: readonly LabelledPrompt[];
  /** The unseen model's answers to `unseen`. */
  readonly answers: readonly Answer[];
}

/** Undefined without the shared data. */
function readSets(): Sets | undefined {
  const [dev, train] = [labelledPrompts("dev"), labelledPrompts("train")];
  if (dev === undefined || train === undefined) return undefined;
  const scores = leaveSourceOutScores();
  const scored = train.filter(({ id }) => scores.has(id));
  const random = seededRandom(SEED);
  const unseen = scored
    .map((prompt) => ({ prompt, place: random() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, UNSEEN_PROMPTS)
    .map(({ prompt }) => prompt);
  const scoreOf = ({ id }: LabelledPrompt) => scores.get(id) as number;
  const warn = riskAt([scored.filter(({ isUnsafe }) => !isUnsafe).map(scoreOf)], WARN_FALSE_ALARMS) ?? Infinity;
  const answers = unseen.map((prompt): Answer => [scoreOf(prompt), scoreOf(prompt) >= warn]);
  return { dev, unseen, answers };
}

const labelsOf = (prompts: readonly LabelledPrompt[]) => prompts.map(({ isUnsafe }) => isUnsafe);

async function judgeAll(pack: string, sets: Sets | undefined): Promise<Row[]> {
  const texts = sets === undefined ? [] : [...sets.dev, ...sets.unseen].map(({ text }) => text);
  const rows: Row[] = [];
  for (const { name } of CONTENDERS) {
    process.stderr.write(`peers: ${name}\n`);
    const { usAText, memoryBytes, answers } = await askJudge(name, pack, texts);
    if (answers.length !== texts.length) throw new Error(`${name} left texts without an answer`);
    const qualities: (Quality | undefined)[] =
      sets === undefined
        ? []
        : [
            qualityOf(answers.slice(0, sets.dev.length), labelsOf(sets.dev)),
            // What ships has learnt from these very prompts.
            name === WITH_MODEL ? undefined : qualityOf(answers.slice(sets.dev.length), labelsOf(sets.unseen)),
          ];
    rows.push({ name, usAText, memoryBytes, qualities });
  }
  if (sets === undefined) return rows;
  const unseen = qualityOf(sets.answers, labelsOf(sets.unseen));
  return [...rows, { name: UNSEEN_MODEL, usAText: undefined, memoryBytes: undefined, qualities: [undefined, unseen] }];
}

function figuresOf(sets: readonly string[], { name, usAText, memoryBytes, qualities }: Row): Figure[] {
  const rounded = (value: number) => Number(value.toPrecision(4));
  const cost: Figure[] =
    usAText === undefined || memoryBytes === undefined
      ? []
      : [
          { name: `${name}: time a text of 1 KB`, value: rounded(usAText), unit: "us" },
          { name: `${name}: memory`, value: rounded(memoryBytes / 2 ** 20), unit: "MiB" },
        ];
  const quality = sets.flatMap((set, index) => {
    const found = qualities[index];
    if (found === undefined) return [];
    const { auroc, recall, falseAlarms, recallAtTwoPercent } = found;
    return Object.entries({
      AUROC: auroc,
      recall,
      "false alarms": falseAlarms,
      "recall at 2 % false alarms": recallAtTwoPercent,
    }).flatMap(([what, estimate]) => {
      if (estimate === null || estimate.value === null || estimate.interval === null) return [];
      const ends = [estimate.value, ...estimate.interval];
      return ["", ", low", ", high"].map((end, at) => ({
        name: `${name}, ${set}: ${what}${end}`,
        value: rounded(ends[at] as number),
        unit: "",
      }));
    });
  });
  return [...cost, ...quality];
}

export async function peersSuite(): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-peers-"));
  const pack = join(folder, "model.pack");
  try {
    writeFileSync(pack, modelPack());
    const sets = readSets();
    const names = sets === undefined ? [] : ["dev", "unseen sources"];
    const rows = await judgeAll(pack, sets);
    console.log(`\n${markdownTable(names, rows)}\n`);
    for (const { name, verdict } of CONTENDERS) console.log(`- ${name}: ${verdict}`);
    const checked =
      sets === undefined
        ? "every judge answers; ../shared/data is absent, so the quality is left out"
        : `every judge answers all ${sets.dev.length} prompts of dev and ${sets.unseen.length} of train`;
    return { suite: "peers", checked, figures: rows.flatMap((row) => figuresOf(names, row)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
