/** `npm run train`: learns from labelled prompts and the authored corpus, and says how well that holds on unseen sources. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { encodeWeights, type WeightsHeader } from "../src/model/weights-file.ts";
import { crossValidator } from "./cross-validation.ts";
import { ENCODER_DEFAULTS, headSource, trainEncoderHead } from "./encoder-head.ts";
import { frequentWordsOf } from "./frequent-words.ts";
import { HEADS, RISK } from "./heads.ts";
import { lessonsOf } from "./lessons.ts";
import { lsoPage } from "./lso-page.ts";
import { type LsoReport, lsoLines } from "./lso-report.ts";
import { readRecords } from "./records.ts";
import { CALIBRATED, scoreTables } from "./score-tables.ts";
import { scoreVectors } from "./score-vectors.ts";
import { encodeTexts } from "./sentence-encoder.ts";
import { changedSettings } from "./settings.ts";
import { trainHeads } from "./train-heads.ts";

const HELP = `Usage: npm run train -- [options]

Cross-validates by leaving sources out, then trains every head on all that may teach and writes the weights.

  --lso               cross-validate alone; writes no weights
  --head <name>       with --lso: judge the head of one category
  --data <dir>        folder with train.jsonl (default ../shared/data)
  --out <dir>         folder for the report, the weights and their vectors (default core-wasm/models;
                      none with --lso)
  --encoder           learn the head of the sentence encoder that second opinions may ask, and write it into the
                      adapter; needs the optional packages
  --words             count the words that a start meets before the first event, and write them alone
  --no-corpus         leave the authored corpus out
  --scores <file>     write id and log odds of every record, tab between them
  --set <part.name=value>  change a setting for this run; may be given again

Example: npm run train -- --lso --out evaluation --set learning.epochs=2
`;
const MODELS = join("core-wasm", "models");
const ADAPTER = join("connectors", "src", "second-opinion");
/** Further ones no longer pay for the time in which a start meets them. */
const FREQUENT_WORDS_MAX = 4000;
/** Heads of categories say what a text is about, never how grave it is: a fifth of the families at a time do. */
const CATEGORY_FOLDS = 5;

type Print = NodeJS.WritableStream;
type Heads = WeightsHeader["heads"];

/** @returns the exit code: 0, or 2 for wrong use */
export async function main(args: string[], stdout: Print, stderr: Print): Promise<number> {
  const flags = readFlags(args);
  if (typeof flags === "string") {
    stderr.write(`${flags}\n\n${HELP}`);
    return 2;
  }
  if (flags.help) {
    stdout.write(HELP);
    return 0;
  }
  if (!HEADS.includes(flags.head)) {
    stderr.write(`no head is called ${flags.head}; there are ${HEADS.join(", ")}\n`);
    return 2;
  }
  const file = join(flags.data, "train.jsonl");
  if (!existsSync(file)) {
    stderr.write(`there is no ${file}; name the folder of labelled records with --data\n`);
    return 2;
  }
  if (flags.words) return frequentWords(file, flags.out ?? MODELS, stdout);
  if (flags.encoder) return encoderHead(file, flags.out ?? ADAPTER, stdout, stderr);
  const settings = changedSettings(flags.set);
  const prompts = readRecords(file).filter(({ role }) => role === "prompt");
  const lessons = lessonsOf(prompts, settings, !flags["no-corpus"]);
  stderr.write(`${lessons.texts.length} texts, ${lessons.matrix.rows.length} features\n`);
  const crossValidate = crossValidator(lessons, settings, (line) => stderr.write(`${line}\n`));
  const { report, scores } = crossValidate(flags.head);
  if (flags.scores !== undefined) {
    const lines = lessons.texts.map(({ id }, index) => `${id}\t${scores[index]?.toFixed(4)}\n`);
    writeFileSync(flags.scores, lines.join(""));
  }
  stdout.write(`${lsoLines(report).join("\n")}\n`);
  const out = flags.out ?? (flags.lso ? undefined : MODELS);
  if (out === undefined) return 0;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "lso.json"), `${JSON.stringify({ settings, ...report }, null, 2)}\n`);
  writeFileSync(join(out, "lso.html"), lsoPage(report));
  if (flags.lso) return 0;
  const reports = new Map<string, LsoReport>([[RISK, report]]);
  for (const head of CALIBRATED) {
    reports.set(head, crossValidate(head, CATEGORY_FOLDS).report);
  }
  const calibration = {
    calibration: report.calibration,
    scoresOf: (heads: Heads) => scoreTables(heads, RISK, reports),
  };
  const weights = trainHeads(lessons, settings, calibration, (name) => stderr.write(`head ${name}\n`));
  const bytes = encodeWeights(weights);
  writeFileSync(join(out, "prompt.weights"), bytes);
  const vectors = scoreVectors(weights, settings.learning.seed);
  writeFileSync(join(out, "prompt.vectors.json"), `${JSON.stringify(vectors, null, 1)}\n`);
  stdout.write(`${weights.header.rows} rows, ${bytes.length} bytes, sha256 ${weights.header.sha256}\n`);
  return 0;
}

async function encoderHead(file: string, out: string, stdout: Print, stderr: Print): Promise<number> {
  const head = await trainEncoderHead(readRecords(file), ENCODER_DEFAULTS, encodeTexts, (line) => {
    stderr.write(`${line}\n`);
  });
  stdout.write(`${lsoLines(head.report).join("\n")}\n`);
  writeFileSync(join(out, "encoder-head.ts"), headSource(head));
  return 0;
}

function frequentWords(file: string, out: string, stdout: Print): number {
  const words = frequentWordsOf(readRecords(file), FREQUENT_WORDS_MAX);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "prompt.words"), words.map((word) => `${word}\n`).join(""));
  stdout.write(`${words.length} words\n`);
  return 0;
}

function readFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: "boolean", default: false },
        lso: { type: "boolean", default: false },
        head: { type: "string", default: RISK },
        data: { type: "string", default: join("..", "shared", "data") },
        out: { type: "string" },
        encoder: { type: "boolean", default: false },
        words: { type: "boolean", default: false },
        "no-corpus": { type: "boolean", default: false },
        scores: { type: "string" },
        set: { type: "string", multiple: true, default: [] },
      },
    }).values;
  } catch (error) {
    return (error as Error).message;
  }
}
