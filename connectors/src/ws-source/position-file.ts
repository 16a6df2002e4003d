/**
 * Where a feed goes on after a restart: one small JSON file in the data folder, replaced as a whole. One write at a
 * time, at most one every `SAVE_EVERY_MS`; what comes meanwhile is written together. A position is told as saved only
 * when it is on disk, so the file is never behind what the peer was told. A file that cannot be read, or that belongs
 * to another peer, means from the beginning: the ledger knows what it has seen.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { Position } from "./protocol.ts";

export interface PositionStore {
  /** Of the last run; undefined when there is none for this peer. */
  readonly start: Position | undefined;
  save(position: Position): void;
  /** Resolves when nothing waits to be saved. */
  idle(): Promise<void>;
}

export interface PositionFileOptions {
  /** undefined: the position lives as long as the process. */
  readonly path: string | undefined;
  readonly url: URL;
  readonly onSaved: (position: Position) => void;
  readonly onFailed: (error: Error) => void;
}

const SAVE_EVERY_MS = 20;

export function positionFile({ path, url, onSaved, onFailed }: PositionFileOptions): PositionStore {
  const peer = peerOf(url);
  let waiting: Position | undefined;
  let turn: Promise<void> | undefined;

  async function write(target: string): Promise<void> {
    while (waiting !== undefined) {
      const position = waiting;
      waiting = undefined;
      try {
        const options = { mode: 0o600, flush: true };
        await writeFile(`${target}.new`, JSON.stringify({ peer, ...position }), options);
        await rename(`${target}.new`, target);
        onSaved(position);
      } catch (error) {
        onFailed(error as Error); // the next position tries again
      }
      await setTimeout(SAVE_EVERY_MS);
    }
    turn = undefined;
  }
  return {
    start: path === undefined ? undefined : load(path, peer),
    save(position) {
      if (path === undefined) return onSaved(position);
      waiting = position;
      turn ??= write(path);
    },
    idle: async () => turn,
  };
}

/** An address may hold a secret in its query. */
const peerOf = (url: URL): string => createHash("sha256").update(url.href).digest("hex").slice(0, 32);

function load(path: string, peer: string): Position | undefined {
  try {
    const saved = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    const { feed, seq } = saved;
    if (saved.peer !== peer || !Number.isSafeInteger(seq) || (seq as number) < 0) return undefined;
    return { feed: typeof feed === "string" ? feed : undefined, seq: seq as number };
  } catch {
    return undefined; // none yet, or torn by a power loss: from the beginning
  }
}
