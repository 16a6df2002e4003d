/** A real `sluice serve` on a free port, and the ways in which its process ends. */
import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../app/src/testing/run-command.ts";
import { type Ended, jsonLines, type Running, readyAt, start } from "../sluice-process.ts";

export interface Served {
  readonly url: URL;
  readonly data: string;
  readonly process: Running;
  /** SIGTERM, and the end of the drain that follows. */
  stop(): Promise<Ended>;
  /** SIGKILL. The command has no child processes, so nothing of it is left. */
  kill(): Promise<Ended>;
}

/** Resolves when it takes events. */
export async function serve(
  data: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const process = start(["serve", "--port", "0", "--data", data, ...args], { environment });
  const end = (signal: NodeJS.Signals) => {
    process.child.kill(signal);
    return process.ended;
  };
  return {
    url: new URL(await readyAt(process)),
    data,
    process,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

export const verifyLedger = async (
  data: string,
): Promise<{ readonly code: number | null; readonly report: unknown }> => {
  const { code, stdout, stderr } = await runCommand(["ledger", "verify", "--data", data]);
  return { code, report: jsonLines(stdout)[0] ?? stderr };
};

/** The ledger's decisions as `sluice ledger export` prints them. */
export async function exportedDecisions(data: string): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await runCommand(["ledger", "export", "--data", data]);
  if (code !== 0) throw new Error(`ledger export ended with ${code}: ${stderr}`);
  return jsonLines(stdout).filter(({ type }) => type === "decision");
}

/** Writes behind the last record, as a torn write would. */
export function appendToLastSegment(data: string, bytes: Uint8Array): void {
  const names = readdirSync(join(data, "ledger")).filter((name) => name.endsWith(".segment"));
  const last = names.sort().at(-1);
  if (last === undefined) throw new Error(`${data} holds no segment`);
  appendFileSync(join(data, "ledger", last), bytes);
}
