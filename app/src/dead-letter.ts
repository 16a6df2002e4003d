/**
 * The dead letter as NDJSON beside the ledger: what was refused, where it came from and why; never its text. Two files
 * of at most `fileBytesMax`: when the first is full it takes the place of the second. Never throws: an evidence disk
 * that is full already shows in the ledger.
 */
import { appendFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DeadLetter, PartReport, Rejection } from "@sluice/engine";

export interface DeadLetterFile extends DeadLetter {
  /** Resolves when what was put so far is written, or was given up. */
  flush(): Promise<void>;
  /** Refusals that were not written: the disk failed, or more waited than `WAITING_CHARS_MAX`. */
  readonly lost: number;
  readonly report: PartReport;
}

const WAITING_CHARS_MAX = 1024 * 1024;
const FILE_BYTES_MAX = 16 * 1024 * 1024;

export function deadLetterFile(directory: string, nowMs: () => number, fileBytesMax = FILE_BYTES_MAX): DeadLetterFile {
  const path = join(directory, "dead-letter.ndjson");
  const olderPath = join(directory, "dead-letter.1.ndjson");
  let waiting: string[] = [];
  let waitingChars = 0;
  let written = 0;
  let lost = 0;
  let turn: Promise<void> | undefined;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting;
      const text = lines.join("");
      waiting = [];
      try {
        const sizeBytes = (await stat(path).catch(() => undefined))?.size ?? 0;
        if (sizeBytes > 0 && sizeBytes + text.length > fileBytesMax) await rename(path, olderPath);
        await appendFile(path, text, { mode: 0o600 });
        written += lines.length;
      } catch {
        lost += lines.length;
      }
      waitingChars -= text.length; // what is being written still holds memory
    }
    turn = undefined;
  }
  return {
    put(rejection: Rejection, source: string) {
      const line = `${JSON.stringify({ at: new Date(nowMs()).toISOString(), source, ...rejection })}\n`;
      if (waitingChars + line.length > WAITING_CHARS_MAX) {
        lost += 1;
        return;
      }
      waiting.push(line);
      waitingChars += line.length;
      turn ??= write();
    },
    flush: async () => turn,
    get lost() {
      return lost;
    },
    report: {
      name: "dead-letter",
      isVital: false,
      state: () => ({ state: "ready", detail: `${written} refusals written since the start, ${lost} lost` }),
      metrics: () => [
        {
          name: "sluice_dead_letters_total",
          help: "Refusals since the start, by whether they could be written to the dead letter.",
          type: "counter",
          samples: [
            { labels: { written: "yes" }, value: written },
            { labels: { written: "no" }, value: lost },
          ],
        },
      ],
    },
  };
}

/** Each refusal to both; to the second alone where there is no first. */
export function bothDeadLetters(first: DeadLetter | undefined, second: DeadLetter): DeadLetter {
  return {
    put(rejection, source, payload) {
      first?.put(rejection, source, payload);
      second.put(rejection, source, payload);
    },
  };
}
