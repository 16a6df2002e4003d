/**
 * The ledger's fingerprint secret: drawn once, kept beside the segments. Losing it only means that indexes are rebuilt.
 */
import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FINGERPRINT_KEY_BYTES } from "./fingerprint.ts";
import { FILE_MODE, ledgerDirectory } from "./segment-files.ts";

export function loadFingerprintKey(directory: string): Buffer {
  const path = join(ledgerDirectory(directory), "fingerprint.key");
  try {
    const known = readFileSync(path);
    if (known.length === FINGERPRINT_KEY_BYTES) return known;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const drawn = randomBytes(FINGERPRINT_KEY_BYTES);
  writeFileSync(`${path}.new`, drawn, { mode: FILE_MODE });
  renameSync(`${path}.new`, path);
  return drawn;
}
