/** A way for events to leave: over HTTP to a server that answers with decisions, or over NATS into a stream. */
import type { Rejection } from "@sluice/engine";
import type { Line } from "../line-reader.ts";

export interface Sender {
  /**
   * Sends, in order; resolves when there is room for more.
   * @throws {EngineError} when the other side stays away or will never take them.
   */
  send(lines: readonly Line[]): Promise<void>;
  /** Resolves when all that was sent is answered, or when the command was told to stop. @throws as `send`. */
  finish(): Promise<void>;
  /** As a script reads them, and as a person does. `rejected` counts what `refuse` was told of. */
  totals(rejected: number): { readonly json: string; readonly words: string };
  close(): Promise<void>;
}
/** Told of each event that was refused. */
export type Refuse = (rejection: Rejection, line: Line | undefined) => void;

/** A server that cannot be reached for this long is given up. */
export const UNREACHABLE_MAX_MS = 30_000;
