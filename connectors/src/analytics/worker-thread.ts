/** One life of the analytics thread: typed messages out and in, and an end that always comes. */
import { Worker } from "node:worker_threads";
import type { FromWorker, ToWorker, WorkerSettings } from "./worker-messages.ts";

export interface WorkerEvents {
  message(message: FromWorker): void;
  /** The thread is gone and nobody ended it; not told after `end`. */
  died(reason: string): void;
}

export interface WorkerThread {
  tell(message: ToWorker): void;
  /** Stops it wherever it is, in the middle of a statement too, and frees its memory. */
  end(): Promise<void>;
}

/** JavaScript's share; DuckDB's memory has its own bound. */
const HEAP_MIB_MAX = 1024;

export function startWorkerThread(settings: WorkerSettings, events: WorkerEvents): WorkerThread {
  const limits = { maxOldGenerationSizeMb: HEAP_MIB_MAX };
  const worker = new Worker(workerFile(), { workerData: settings, resourceLimits: limits, stdout: false });
  let isEnded = false;
  let reason = "it ended by itself";
  worker.on("message", (message: FromWorker) => {
    if (!isEnded) events.message(message);
  });
  worker.on("error", (error) => {
    reason = error.message;
  });
  worker.on("exit", () => {
    if (!isEnded) events.died(reason);
    isEnded = true;
  });
  return {
    tell: (message) => worker.postMessage(message),
    async end() {
      isEnded = true;
      await worker.terminate();
    },
  };
}

/** A thread of Node 20 runs no TypeScript: from the sources, as under a test runner, it takes the built file. */
function workerFile(): URL {
  const isSource = import.meta.url.endsWith(".ts");
  return new URL(isSource ? "../../dist/analytics/worker.js" : "./worker.js", import.meta.url);
}
