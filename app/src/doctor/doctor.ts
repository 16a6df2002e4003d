/**
 * All checks of a running system, in the order in which they build on each other. Reads and asks; records something
 * only where `isWriting` says so.
 */
import { randomBytes } from "node:crypto";
import { offlineEngine } from "../offline.ts";
import type { Check, CheckResult } from "./check.ts";
import { type DataFolderOptions, dataFolderChecks, freeSpaceOf } from "./data-folder.ts";
import { type MachineParts, machineChecks, machineParts } from "./machine.ts";
import { natsChecks } from "./nats.ts";
import { type LocalRules, rulesChecks } from "./rules.ts";
import { runChecks } from "./run-checks.ts";
import { selectChecks } from "./select-checks.ts";
import { type SeenServer, serverChecks } from "./server.ts";
import { trafficChecks } from "./traffic.ts";
import { unaskedWriting, writingChecks } from "./writing.ts";

export interface DoctorOptions {
  readonly server: URL;
  /** Absolute. */
  readonly dataDir: string;
  /** Preset or file. */
  readonly policy: string;
  readonly isPolicyGiven: boolean;
  readonly pack: string | undefined;
  readonly nats: string | undefined;
  /** What is wrong with the environment and the configuration file. */
  readonly configFault: string | undefined;
  readonly isWriting: boolean;
  /** Follow the whole chain, however long it takes. */
  readonly isFull: boolean;
  /** Limit of each check. */
  readonly limitMs: number;
  /** Names of checks: only these, and those that they build on. */
  readonly only?: readonly string[] | undefined;
  readonly stop: AbortSignal;
  /** Of the chain, in bytes. */
  readonly onProgress?: (done: number, total: number) => void;
  /** What a check asks of this machine; tests hand in figures of their own. */
  readonly probes?: Partial<DoctorProbes>;
}
export interface DoctorProbes extends Omit<MachineParts, "configFault"> {
  readonly freeSpace: DataFolderOptions["freeSpace"];
  readonly nowMs: () => number;
}

/**
 * Results as they come, each check once.
 * @throws {UsageError} when `only` names a check that is not there.
 */
export async function* runDoctor(options: DoctorOptions): AsyncGenerator<CheckResult> {
  const closers: (() => Promise<void>)[] = [];
  const { limitMs, stop } = options;
  let isOver = false;
  const atEnd = (close: () => Promise<void>) => {
    if (isOver)
      void close(); // a check that was given up got there after all
    else closers.push(close);
  };
  try {
    const checks = selectChecks(doctorChecks(options, atEnd), options.only);
    yield* runChecks(checks, { limitMs, stop, monotonicMs: () => performance.now() });
  } finally {
    isOver = true;
    for (const close of closers) await close();
  }
}

function doctorChecks(options: DoctorOptions, atEnd: (close: () => Promise<void>) => void): readonly Check[] {
  const { server, dataDir, policy, pack, nats, limitMs, probes = {} } = options;
  const nowMs = probes.nowMs ?? Date.now;
  const runId = `${nowMs().toString(36)}-${randomBytes(4).toString("hex")}`;
  const local: LocalRules = {};
  const seen: SeenServer = {};
  const localEngine = () => offlineEngine({ policy, ...(pack === undefined ? {} : { pack }) });
  return [
    ...machineChecks({ ...machineParts(options.configFault), ...probes }),
    ...rulesChecks({ policy, pack }, local),
    ...dataFolderChecks({
      dataDir,
      freeSpace: probes.freeSpace ?? freeSpaceOf,
      verifyMs: options.isFull ? undefined : limitMs,
      monotonicMs: () => performance.now(),
      onProgress: options.onProgress ?? (() => {}),
    }),
    ...serverChecks(
      { server, nowMs, local, isPolicyGiven: options.isPolicyGiven, isPackGiven: pack !== undefined },
      seen,
    ),
    ...trafficChecks({ server, runId, nowMs, localEngine }, seen),
    ...(options.isWriting ? writingChecks({ server, runId, nowMs, dataDir }) : [unaskedWriting]),
    ...natsChecks({ url: nats, isWriting: options.isWriting, runId, nowMs, limitMs, atEnd }),
  ];
}
