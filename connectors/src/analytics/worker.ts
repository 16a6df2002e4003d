/**
 * The analytics thread. It reads the ledger's files by itself; the main thread only tells it how far they are written.
 * Questions are answered between batches, one at a time, in order.
 */
import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { assert } from "@sluice/engine";
import { Analyst, faultOf } from "./analyst.ts";
import { DuckdbMissing, openDatabase } from "./duckdb.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./worker-messages.ts";

assert(parentPort !== null, "this file runs in a worker thread");
const port = parentPort;
const tell = (message: FromWorker) => port.postMessage(message);
const waiting: Extract<ToWorker, { kind: "ask" }>[] = [];
let isRunning = true;
let analyst: Analyst | undefined;
let writtenSeq = 0;

port.on("message", (message: ToWorker) => {
  if (message.kind === "ask") waiting.push(message);
  writtenSeq = Math.max(writtenSeq, message.kind === "ask" ? message.writtenSeq : message.seq);
  if (!isRunning) void run();
});
void run();

/** Until nothing is to be read and nobody asks. */
async function run(): Promise<void> {
  isRunning = true;
  try {
    analyst ??= await open();
    await setImmediate(); // messages that came meanwhile
    for (;;) {
      analyst.noteWritten(writtenSeq);
      const ask = waiting.shift();
      if (ask !== undefined) await answer(analyst, ask);
      else if (!readBatch(analyst)) break;
      await setImmediate();
    }
    isRunning = false;
  } catch (error) {
    tell({ kind: "failed", message: faultOf(error), isMissing: error instanceof DuckdbMissing });
    port.close();
  }
}

async function open(): Promise<Analyst> {
  const settings = workerData as WorkerSettings;
  const database = await openDatabase(settings.memoryBytesMax);
  tell({ kind: "open" });
  return new Analyst(database, settings);
}

function readBatch(reader: Analyst): boolean {
  const isMore = reader.readBatch();
  tell({ kind: "progress", progress: reader.progress });
  return isMore;
}

async function answer(reader: Analyst, ask: Extract<ToWorker, { kind: "ask" }>): Promise<void> {
  const { id, question, catchUpMs } = ask;
  const untilMs = performance.now() + catchUpMs;
  while (performance.now() < untilMs && readBatch(reader)) await setImmediate();
  tell({ kind: "answering", id });
  tell({ kind: "answer", id, answer: question.kind === "sql" ? reader.query(question) : reader.search(question) });
}
