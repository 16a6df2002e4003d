/** Whether the data folder can hold what is decided: its rights, its space, who writes it, and the chain in it. */
import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { open, readFile, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { type LockHolder, lockHolder, verifyLedger } from "@sluice/connectors";
import { type Check, Fault, type Finding, fail, pass, skip, warn } from "./check.ts";

export interface FreeSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}
export interface DataFolderOptions {
  /** Absolute. */
  readonly dataDir: string;
  readonly freeSpace: (path: string) => Promise<FreeSpace>;
  /** How long the chain is followed; undefined: to its end. */
  readonly verifyMs: number | undefined;
  readonly monotonicMs: () => number;
  readonly onProgress: (done: number, total: number) => void;
}

const MIB = 1024 ** 2;
/** A segment of the ledger, its index and its texts: below this the next one may not fit. */
const SPACE_FAIL_BYTES = 256 * MIB;
const SPACE_WARN_BYTES = 2048 * MIB;
const PROBE_BYTES = 64 * 1024;
/** The chain has no limit of its own when all of it is wanted: a day is no hang. */
const FULL_LIMIT_MS = 24 * 3_600_000;

/** What users without special rights may still write. */
export async function freeSpaceOf(path: string): Promise<FreeSpace> {
  const { bavail, blocks, bsize } = await statfs(path);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

export function dataFolderChecks(options: DataFolderOptions): readonly Check[] {
  const { dataDir, verifyMs } = options;
  return [
    {
      name: "data-folder",
      group: "data folder",
      does: "writes a small file there, syncs it, reads it back and removes it",
      run: () => probeFolder(dataDir),
    },
    {
      name: "disk-space",
      group: "data folder",
      does: "asks the file system what is free",
      run: async () => spaceFinding(await options.freeSpace(existsSync(dataDir) ? dataDir : nearest(dataDir))),
    },
    {
      name: "lock",
      group: "data folder",
      does: "looks who holds the ledger, and whether that process lives",
      run: () => (isFolder(dataDir) ? lockFinding(lockHolder(dataDir), dataDir) : skip(`${dataDir} is not there`)),
    },
    {
      name: "ledger",
      group: "data folder",
      does: `follows the hash chain ${verifyMs === undefined ? "to its end" : "as far as the time allows"}`,
      limitMs: verifyMs === undefined ? FULL_LIMIT_MS : verifyMs * 2 + 5_000,
      run: (signal) => ledgerFinding(options, signal),
    },
  ];
}

/** The closest folder above that exists: where serve would make the missing ones. */
function nearest(path: string): string {
  const above = join(path, "..");
  return existsSync(above) || above === path ? above : nearest(above);
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

async function probeFolder(dataDir: string): Promise<Finding> {
  const stat = statSync(dataDir, { throwIfNoEntry: false });
  const folder = stat === undefined ? nearest(dataDir) : dataDir;
  if (!isFolder(folder)) {
    return fail(`${folder} is no folder`, "name a folder with --data; it is made when it is missing");
  }
  await probe(folder, dataDir);
  return stat === undefined
    ? warn(`${dataDir} does not exist yet`, "serve makes it; or name with --data the one that the server uses")
    : pass(`${dataDir} can be written`);
}

async function probe(folder: string, dataDir: string): Promise<void> {
  const path = join(folder, `.doctor-${process.pid}-${randomBytes(4).toString("hex")}`);
  const bytes = randomBytes(PROBE_BYTES);
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (!bytes.equals(await readFile(path))) throw new Error("what was written is not what is read");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = WRITE_FAULTS[code ?? ""];
    const advice = reason?.advice ?? "look at the disk and its mount: `dmesg`, `mount`";
    throw new Fault(`${folder} cannot be written: ${reason?.what ?? message}`, advice.replace("DIR", dataDir), {
      cause: error,
    });
  } finally {
    await rm(path, { force: true }).catch(() => {}); // a folder that took no file keeps none
  }
}

const WRITE_FAULTS: Readonly<Record<string, { readonly what: string; readonly advice: string }>> = {
  ENOSPC: { what: "the disk is full", advice: "free space; serve answers 503 until there is room, then goes on" },
  EDQUOT: { what: "the quota is used up", advice: "free space or raise the quota; serve then goes on" },
  EACCES: { what: "permission denied", advice: "give the user who runs serve the right to write DIR" },
  EPERM: { what: "operation not permitted", advice: "give the user who runs serve the right to write DIR" },
  EROFS: { what: "the file system is read-only", advice: "mount it for writing, or choose another folder with --data" },
};

function spaceFinding({ freeBytes, totalBytes }: FreeSpace): Finding {
  const seen = `${Math.floor(freeBytes / MIB)} MiB free of ${Math.floor(totalBytes / MIB)} MiB`;
  const advice = "free space, or move the folder; a full disk makes serve answer 503";
  if (freeBytes < SPACE_FAIL_BYTES) return fail(`${seen}, less than ${SPACE_FAIL_BYTES / MIB} MiB`, advice);
  if (freeBytes < SPACE_WARN_BYTES) return warn(`${seen}, less than ${SPACE_WARN_BYTES / MIB} MiB`, advice);
  return pass(seen);
}

function lockFinding(holder: LockHolder | undefined, dataDir: string): Finding {
  if (holder === undefined) return pass("no process holds the ledger");
  if (holder.pid === undefined) {
    return warn(`${join(dataDir, "lock")} names no process`, "the next start of serve replaces it; nothing to do");
  }
  return holder.isAlive
    ? pass(`process ${holder.pid} holds the ledger, and lives`)
    : warn(
        `the lock names process ${holder.pid}, which is gone: it was killed or the machine went down`,
        "the lock is stale and blocks nothing: start serve again, it recovers the ledger",
      );
}

/** Stops the walk from inside, at a place that is known to be sound. */
class TimeIsUp extends Error {}

async function ledgerFinding(options: DataFolderOptions, signal: AbortSignal): Promise<Finding> {
  const { dataDir, verifyMs, monotonicMs, onProgress } = options;
  if (!existsSync(join(dataDir, "ledger"))) return skip(`there is no ledger in ${dataDir} yet`);
  const startMs = monotonicMs();
  let soundSeq = 0;
  let share = 0;
  try {
    const report = await verifyLedger(dataDir, {
      onProgress({ bytes, bytesTotal, seq }) {
        soundSeq = seq;
        share = bytesTotal === 0 ? 1 : bytes / bytesTotal;
        onProgress(bytes, bytesTotal);
        if (signal.aborted || (verifyMs !== undefined && monotonicMs() - startMs > verifyMs)) throw new TimeIsUp();
      },
    });
    const { ok, fault, records, chain, texts } = report;
    if (!ok) {
      const where = `record ${fault?.seq}: ${fault?.what} (${fault?.file}, byte ${fault?.offset})`;
      return fail(`the chain is broken at ${where}`, RESTORE);
    }
    if (texts.missing > 0) return warn(`${records} records hold, ${texts.missing} retained texts are missing`, RESTORE);
    return pass(`the chain holds up to record ${records}, and ends in ${chain.slice(0, 16)}`);
  } catch (error) {
    if (!(error instanceof TimeIsUp)) throw error;
    const percent = Math.floor(share * 100);
    return pass(`the first ${soundSeq} records (${percent} %) hold; that was the time for it, --full checks all`);
  }
}
const RESTORE = "keep the folder as it is for an inquiry, and restore the last backup into another one";
