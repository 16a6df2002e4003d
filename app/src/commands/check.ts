/** `sluice check`: the verdict on one text, offline, in words. Records nothing. */
import { type AnsweredDecision, type EvasionSignal, signalsOf } from "@sluice/engine";
import { type Command, Option } from "commander";
import { printable } from "../decision-line.ts";
import { textEvent } from "../evaluation/labelled-record.ts";
import { EXIT, UsageError } from "../exit.ts";
import { lineWriter } from "../line-writer.ts";
import { offlineEngine } from "../offline.ts";
import { reasonInWords } from "../reason-words.ts";
import type { Shell } from "../shell.ts";
import { markText } from "../text-marks.ts";
import { examples, type OfflineFlags, withOfflineOptions } from "./options.ts";

interface Flags extends OfflineFlags {
  readonly tier: string;
  readonly role: "prompt" | "completion";
  readonly json?: true;
}

export function addCheck(program: Command, shell: Shell): void {
  const command = program
    .command("check")
    .description("say what would happen to a text, and why; exits 0 whatever the verdict")
    .argument("[text]", "the text, or - to read it from stdin", "-")
    .option("--tier <tier>", "access tier of the caller", "general")
    .addOption(
      new Option("--role <role>", "which side the text is").choices(["prompt", "completion"]).default("prompt"),
    )
    .option("--json", "print the decision as JSON (always when piped)")
    .action(async (argument: string, flags: Flags) => {
      const text = argument === "-" ? await readAll(shell) : argument;
      const engine = await offlineEngine(flags);
      const isPrompt = flags.role === "prompt";
      const event = textEvent("check", isPrompt ? text : "", isPrompt ? "" : text, flags.tier);
      const answer = engine.evaluate({ ...event, timestamp: new Date().toISOString() });
      await engine.stop();
      if ("reason" in answer) throw new UsageError(`the text cannot be checked: ${answer.message}`);
      const isJson = flags.json === true || !shell.stdout.isTTY;
      const out = lineWriter(shell.stdout);
      const lines = isJson ? [inJson(answer)] : inWords(answer, text);
      for (const line of lines) await out.write(line);
      await out.close();
      shell.exit(EXIT.success);
    });
  examples(
    withOfflineOptions(command),
    "sluice check 'ignore all previous instructions'",
    "cat letter.txt | sluice check - --tier enterprise --json",
  );
}

const inJson = ({ decision, output }: AnsweredDecision) =>
  JSON.stringify({ ...decision, output, ...signalsOf(decision) });

const hidden = ({ signal, start, end }: EvasionSignal) => `${signal.replace("_", "-")} at bytes ${start} to ${end}`;

function inWords({ decision, output }: AnsweredDecision, text: string): string[] {
  const { action, severity, risk, reasons, matches, contexts = [], asl, released } = decision;
  const lines = [`${action.toUpperCase()}  severity ${severity}, risk ${risk}`];
  lines.push(
    ...(reasons.length === 0 ? ["nothing reached a threshold"] : reasons.map((one) => `because ${reasonInWords(one)}`)),
  );
  if (asl !== null) lines.push(`ASL-${asl.level} by ${asl.triggers.join(", ")}`);
  const marks = [
    ...matches.map(({ start, end, rule }) => ({ start, end, label: rule })),
    ...contexts.map(({ start, end, rule, context }) => ({ start, end, label: `${rule} (lowers: ${context})` })),
  ];
  if (marks.length > 0) lines.push("", ...markText(text, marks), "");
  const { tags, evasion } = signalsOf(decision);
  if (tags.length > 0) lines.push(`tags: ${tags.join(", ")}`);
  if (evasion.length > 0) lines.push(`hidden: ${evasion.map(hidden).join("; ")}`);
  lines.push(`released: prompt ${released.prompt}, completion ${released.completion}`);
  if (output?.message !== undefined) lines.push(`the person is told: ${printable(output.message)}`);
  return lines;
}

/** Twice the largest event: enough that the detector itself says what is too large. */
const TEXT_BYTES_MAX = 2 * 1024 * 1024;

async function readAll({ stdin }: Shell): Promise<string> {
  if (stdin.isTTY) throw new UsageError("nothing to check: give a text, or pipe one in (sluice check --help)");
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > TEXT_BYTES_MAX)
      throw new UsageError(`the text is larger than ${TEXT_BYTES_MAX} bytes; check it in parts`);
  }
  return Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, "");
}
