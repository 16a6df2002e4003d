/** `npm run train`: learns from labelled prompts and the authored corpus, and says how well that holds on unseen sources. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { leaveSourceOut } from "./leave-source-out.ts";
import { lessonsOf } from "./lessons.ts";
import { lsoLines, lsoReport } from "./lso-report.ts";
import { seededRandom } from "./random.ts";
import { readRecords } from "./records.ts";
import { changedSettings } from "./settings.ts";

const HELP = `Usage: npm run train -- [options]

  --lso               leave-source-out cross-validation; writes no weights
  --data <dir>        folder with train.jsonl (default ../shared/data)
  --out <dir>         write the report there too, as lso.json
  --no-corpus         leave the authored corpus out
  --scores <file>     write id and log odds of every record, tab between them
  --set <part.name=value>  change a setting for this run; may be given again

Example: npm run train -- --lso --out evaluation --set learning.epochs=2
`;

/** @returns the exit code: 0, or 2 for wrong use */
export async function main(
  args: string[],
  stdout: NodeJS.WritableStream,
  stderr: NodeJS.WritableStream,
): Promise<number> {
  const flags = readFlags(args);
  if (typeof flags === "string" || flags.help || !flags.lso) {
    (typeof flags === "string" ? stderr : stdout).write(typeof flags === "string" ? `${flags}\n\n${HELP}` : HELP);
    return typeof flags !== "string" && flags.help ? 0 : 2;
  }
  const settings = changedSettings(flags.set);
  const prompts = readRecords(join(flags.data, "train.jsonl")).filter(({ role }) => role === "prompt");
  const lessons = lessonsOf(prompts, settings, !flags["no-corpus"]);
  stderr.write(`${lessons.texts.length} texts, ${lessons.matrix.rows.length} features\n`);
  const scores = leaveSourceOut(lessons.matrix, lessons.texts, settings, (done, total) =>
    stderr.write(`fold ${done} of ${total}\n`),
  );
  const scored = prompts.map(({ source, isUnsafe }, index) => {
    return { source, isUnsafe, score: scores[index] ?? Number.NaN, weight: 1 };
  });
  const report = lsoReport(scored, seededRandom(settings.learning.seed));
  stdout.write(`${lsoLines(report).join("\n")}\n`);
  if (flags.scores !== undefined) {
    writeFileSync(flags.scores, prompts.map(({ id }, index) => `${id}\t${scores[index]?.toFixed(4)}\n`).join(""));
  }
  if (flags.out !== undefined) {
    mkdirSync(flags.out, { recursive: true });
    writeFileSync(join(flags.out, "lso.json"), `${JSON.stringify({ settings, ...report }, null, 2)}\n`);
  }
  return 0;
}

function readFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: "boolean", default: false },
        lso: { type: "boolean", default: false },
        data: { type: "string", default: join("..", "shared", "data") },
        out: { type: "string" },
        "no-corpus": { type: "boolean", default: false },
        scores: { type: "string" },
        set: { type: "string", multiple: true, default: [] },
      },
    }).values;
  } catch (error) {
    return (error as Error).message;
  }
}
