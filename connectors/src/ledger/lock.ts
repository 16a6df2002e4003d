/**
 * One writer per ledger: a lock file that names a process. A stale lock never blocks a restart: the holder counts as
 * alive only if its pid runs, started when the lock says, since the boot that the lock says (Linux /proc; elsewhere
 * the pid alone decides). A killed process that nobody has reaped does not count, and one that is just being killed is
 * waited for. Pids of another machine or container that shares the folder cannot be seen.
 */
import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { EngineError } from "@sluice/engine";
import { FILE_MODE } from "./segment-files.ts";

interface Holder {
  readonly pid: number;
  /** Clock ticks from boot to the start of the process; "" where /proc does not say. */
  readonly startedAt: string;
  readonly boot: string;
}

const ATTEMPTS_MAX = 8;
/** A process that was killed this moment may still be listed. */
const DYING_MS = 500;
const POLL_MS = 25;

/**
 * @returns releases the lock.
 * @throws {EngineError} `ledger-locked` naming the pid of a live writer.
 */
export async function acquireLock(directory: string): Promise<() => void> {
  const path = join(directory, "lock");
  const own = JSON.stringify(holderOf(process.pid));
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, own, { mode: FILE_MODE });
  try {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      if (link(draft, path)) return () => release(path, own);
      const content = readIfThere(path);
      if (content === undefined) continue; // released between the two calls
      const holder = parseHolder(content);
      if (holder !== undefined && (await staysAlive(holder))) throw lockedBy(directory, `process ${holder.pid}`);
      removeStale(path, content);
    }
    throw lockedBy(directory, "another process that starts at the same time");
  } finally {
    unlinkSync(draft);
  }
}

/** Who holds a ledger, as its lock says. */
export interface LockHolder {
  /** Undefined when the file is no lock of ours: it names nobody, so nobody holds the ledger. */
  readonly pid: number | undefined;
  /** False for a lock that a killed process left: it blocks nothing. */
  readonly isAlive: boolean;
}

/** Reads the lock of a data folder without touching it; undefined when there is none. */
export function lockHolder(directory: string): LockHolder | undefined {
  const content = readIfThere(join(directory, "lock"));
  if (content === undefined) return undefined;
  const holder = parseHolder(content);
  return { pid: holder?.pid, isAlive: holder !== undefined && isAlive(holder) };
}

/** Linking a complete file is the atomic step: a lock is never seen half written. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Takes the lock away by renaming, so that of two starters only one gets it; one taken by mistake is put back. */
function removeStale(path: string, content: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readIfThere(aside) !== content) link(aside, path);
  unlinkSync(aside);
}

function release(path: string, own: string): void {
  if (readIfThere(path) === own) unlinkSync(path);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** @returns undefined when it is no lock of ours: it names nobody, so nobody holds it. */
function parseHolder(content: string): Holder | undefined {
  try {
    const { pid, startedAt, boot } = JSON.parse(content) as Partial<Holder>;
    return typeof pid === "number" && pid > 0 ? { pid, startedAt: String(startedAt), boot: String(boot) } : undefined;
  } catch {
    return undefined;
  }
}

async function staysAlive(holder: Holder): Promise<boolean> {
  for (let waitedMs = 0; isAlive(holder); waitedMs += POLL_MS) {
    if (waitedMs >= DYING_MS || holder.pid === process.pid) return true;
    await setTimeout(POLL_MS);
  }
  return false;
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false; // EPERM: it runs, as another user
  }
  const now = holderOf(holder.pid);
  return now.startedAt === holder.startedAt && now.boot === holder.boot;
}

function holderOf(pid: number): Holder {
  return { pid, startedAt: startOf(pid), boot: fromProc("/proc/sys/kernel/random/boot_id")?.trim() ?? "" };
}

/** Field 22 of /proc/<pid>/stat, counted behind the command name, which may hold blanks and brackets. */
function startOf(pid: number): string {
  const stat = fromProc(`/proc/${pid}/stat`);
  if (stat === undefined) return "";
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  return state === "Z" || state === "X" ? "ended" : (fields[19] ?? "");
}

function fromProc(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // no /proc here, or the process is gone
  }
}

function lockedBy(directory: string, who: string): EngineError {
  return new EngineError(
    "ledger-locked",
    `the ledger in ${directory} is in use by ${who}; stop it, or choose another folder with --data`,
  );
}
