/**
 * Where a ledger's files lie and the few file operations that all parts share.
 *
 *   <directory>/lock                        who writes
 *   <directory>/ledger/<first seq>.segment  records      .index  their places, derived
 *   <directory>/ledger/fingerprint.key      secret of the fingerprints
 *   <directory>/text/<first seq>.text       retained text of the segment's records
 *
 * First seqs are 16 digits, so names sort as numbers. Folders and files are for their owner alone.
 */
import { closeSync, fdatasync, fsyncSync, openSync, readdirSync, write } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

export const DIRECTORY_MODE = 0o700;
export const FILE_MODE = 0o600;

export interface SegmentPaths {
  readonly firstSeq: number;
  readonly segment: string;
  readonly index: string;
  readonly text: string;
}

export function ledgerDirectory(directory: string): string {
  return join(directory, "ledger");
}
export function textDirectory(directory: string): string {
  return join(directory, "text");
}

export function segmentPaths(directory: string, firstSeq: number): SegmentPaths {
  const name = String(firstSeq).padStart(16, "0");
  const base = join(ledgerDirectory(directory), name);
  return {
    firstSeq,
    segment: `${base}.segment`,
    index: `${base}.index`,
    text: join(textDirectory(directory), `${name}.text`),
  };
}

/** In order. A folder that is not there holds none. */
export function listSegments(directory: string): SegmentPaths[] {
  return namesIn(ledgerDirectory(directory))
    .filter((name) => /^\d{16}\.segment$/.test(name))
    .sort()
    .map((name) => segmentPaths(directory, Number.parseInt(name, 10)));
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

const writeOnce = promisify(write);
export const syncData = promisify(fdatasync);

/**
 * Writes all of `bytes` at `position`; a short write (a disk that fills up) goes on until the system names the error.
 */
export async function writeFully(fd: number, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await writeOnce(fd, bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

/** Reads up to `bytes.length` bytes; less only at the end of the file. */
export async function readFully(handle: FileHandle, bytes: Buffer, position: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** Makes a new or removed name in `directory` survive a power loss. */
export function syncDirectory(directory: string): void {
  const fd = openSync(directory, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
