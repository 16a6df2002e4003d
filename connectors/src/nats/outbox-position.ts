/**
 * How far the stream of decisions got, in sequences of this ledger. The stream itself says it best: its last message
 * holds the sequence that it was made of. Where it is empty or its last message is of another ledger, a small file says
 * what was acknowledged when it was last written. Both may be behind, never ahead: decisions then come twice, and none
 * is left out.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { EngineError } from "@sluice/engine";
import type { NatsLink } from "./contracts.ts";
import { LEDGER_HEADER, SEQ_HEADER } from "./decision-message.ts";
import { API_ERRORS, callApi, isApiError, wordsOf } from "./jetstream-api.ts";
import { DECISIONS_STREAM } from "./stream-config.ts";
import { DECISIONS_PREFIX } from "./subjects.ts";

interface StoredMessage {
  /** Base64 of the header block. */
  readonly hdrs?: string;
}

/** Undefined when the stream's last message is none of this ledger. @throws {EngineError} `broker-…`. */
export async function streamPosition(link: NatsLink, ledgerId: string): Promise<number | undefined> {
  const wanted = { last_by_subj: `${DECISIONS_PREFIX}>` };
  const answer = await callApi<{ message: StoredMessage }>(link, `STREAM.MSG.GET.${DECISIONS_STREAM}`, wanted);
  if (isApiError(answer)) {
    if (answer.error.err_code === API_ERRORS.noMessage) return undefined;
    throw new EngineError("broker-unfit", `${DECISIONS_STREAM} cannot be read: ${wordsOf(answer.error)}`);
  }
  const block = Buffer.from(answer.message.hdrs ?? "", "base64").toString();
  return headerIn(block, LEDGER_HEADER) === ledgerId ? sequence(headerIn(block, SEQ_HEADER)) : undefined;
}

function headerIn(block: string, name: string): string | undefined {
  const line = block.split("\r\n").find((text) => text.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}

function sequence(text: string | undefined): number | undefined {
  const seq = Number(text);
  return Number.isSafeInteger(seq) && seq >= 0 ? seq : undefined;
}

/** The file. Without a path, it is always at 0. */
export class OutboxCursor {
  readonly #path: string | undefined;
  #written = 0;

  constructor(path: string | undefined) {
    this.#path = path;
  }

  /** 0 when there is no such file, or it is of another ledger, or damaged. */
  async read(ledgerId: string): Promise<number> {
    if (this.#path === undefined) return 0;
    try {
      const { ledger, seq } = JSON.parse(await readFile(this.#path, "utf8")) as { ledger?: unknown; seq?: unknown };
      return ledger === ledgerId ? (sequence(String(seq)) ?? 0) : 0;
    } catch {
      return 0;
    }
  }

  /** Whole or not at all. Not synced, and a failure is only tried again later: it may be behind. */
  async write(ledgerId: string, seq: number): Promise<void> {
    if (this.#path === undefined || ledgerId === "" || seq <= this.#written) return;
    this.#written = seq;
    try {
      await writeFile(`${this.#path}.new`, JSON.stringify({ ledger: ledgerId, seq }), { mode: 0o600 });
      await rename(`${this.#path}.new`, this.#path);
    } catch {
      this.#written = 0;
    }
  }
}
