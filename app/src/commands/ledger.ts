/** `sluice ledger`: checks the chain of a ledger without trusting whoever wrote it, and prints its records. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { exportLedger, type VerifyReport, verifyLedger } from "@sluice/connectors";
import type { Command } from "commander";
import { EXIT, UsageError } from "../exit.ts";
import { fileWriter, lineWriter } from "../line-writer.ts";
import { type Progress, startProgress } from "../progress.ts";
import type { Shell } from "../shell.ts";
import { examples, wholeNumber } from "./options.ts";

interface VerifyFlags {
  readonly data: string;
}
interface ExportFlags extends VerifyFlags {
  readonly from: number;
  readonly out?: string;
}

export function addLedger(program: Command, shell: Shell): void {
  const ledger = examples(
    program.command("ledger").description("the record of decisions: verify, export; both read a running server's too"),
    "sluice ledger verify --data .sluice",
  );
  const verify = ledger
    .command("verify")
    .description("check every record, its place in the chain and its retained text; exits 1 at the first fault")
    .option("--data <dir>", "data folder", ".sluice")
    .action((flags: VerifyFlags) => verifyFolder(flags, shell));
  examples(verify, "sluice ledger verify --data .sluice");
  const print = ledger
    .command("export")
    .description("print every record as one line of JSON: {seq, type, …}")
    .option("--data <dir>", "data folder", ".sluice")
    .option("--from <seq>", "first record", wholeNumber(1, Number.MAX_SAFE_INTEGER), 1)
    .option("--out <file>", "write there instead of stdout")
    .action((flags: ExportFlags) => exportFolder(flags, shell));
  examples(print, "sluice ledger export --data .sluice --from 1000 --out evidence.jsonl");
}

async function verifyFolder({ data }: VerifyFlags, shell: Shell): Promise<void> {
  requireLedger(data);
  let progress: Progress | undefined;
  const report = await verifyLedger(data, {
    onProgress({ bytes, bytesTotal }) {
      progress ??= startProgress(shell, { label: "verifying", total: bytesTotal });
      progress.update(bytes);
    },
  });
  progress?.stop();
  const out = lineWriter(shell.stdout);
  for (const line of shell.stdout.isTTY ? inWords(report) : [JSON.stringify(report)]) await out.write(line);
  await out.close();
  shell.exit(report.ok ? EXIT.success : EXIT.finding);
}

function inWords({ ok, records, segments, lastSeq, chain, texts, unfinishedBytes, fault }: VerifyReport): string[] {
  const lines = [
    `${ok ? "the chain holds" : "BROKEN"}: ${records} sound records in ${segments} segments, up to ${lastSeq}`,
    `chain ${chain}`,
    `texts: ${texts.kept} kept, ${texts.erased} erased, ${texts.missing} missing`,
  ];
  if (unfinishedBytes > 0)
    lines.push(`${unfinishedBytes} bytes of an unfinished write at the end: nothing of it was acknowledged`);
  if (fault !== undefined) lines.push(`record ${fault.seq}: ${fault.what} (${fault.file}, byte ${fault.offset})`);
  return lines;
}

async function exportFolder({ data, from, out: path }: ExportFlags, shell: Shell): Promise<void> {
  requireLedger(data);
  const out = path === undefined ? lineWriter(shell.stdout) : fileWriter(path);
  const progress = startProgress(shell, { label: "exported", total: undefined });
  let count = 0;
  try {
    for await (const line of exportLedger(data, { fromSeq: from })) {
      await out.write(line);
      count += 1;
      if (count % 1000 === 0 && path !== undefined) progress.update(count);
      if (shell.stop.aborted) break;
    }
    await out.close();
  } finally {
    progress.stop();
  }
  shell.exit(EXIT.success);
}

function requireLedger(data: string): void {
  if (existsSync(join(data, "ledger"))) return;
  throw new UsageError(`there is no ledger in ${data}; name the folder that \`sluice serve --data\` was given`);
}
