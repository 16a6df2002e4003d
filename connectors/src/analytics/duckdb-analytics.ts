/**
 * Analytics over a data folder: the thread's lives, one after another. The main thread does nothing for an event: once
 * a second it tells the thread how far the ledger is written, and the thread reads the files by itself.
 *
 * Invariant: a thread that hangs is ended and another one reads the ledger anew; no question waits without a limit.
 */
import { EngineError, type Log, type PartReport } from "@sluice/engine";
import { tooSlow } from "./bounded-query.ts";
import type { AnalyticsProgress, AnalyticsStore, Question, Refusal } from "./contracts.ts";
import { Questions, type Reply } from "./questions.ts";
import { analyticsReport, type Tally } from "./report.ts";
import type { FromWorker, WorkerProgress } from "./worker-messages.ts";
import { startWorkerThread, type WorkerThread } from "./worker-thread.ts";

export interface AnalyticsOptions {
  /** The data folder of the ledger. */
  readonly directory: string;
  /** The last written sequence. Infinity: whatever the files hold, for a folder that nobody writes. */
  readonly writtenSeq: () => number;
  /** Single rows; older ones are rolled up by the hour. Default 1,000,000; `ROWS_MAX_RANGE`. */
  readonly rowsMax?: number;
  /** Default 10,000. */
  readonly timeLimitMs?: number;
  /** Beyond the time limit, for a step of DuckDB that does not end. Default 2,000. */
  readonly graceMs?: number;
  /** The thread ends after this long without a question, unless `start` was called. Default 10 min. */
  readonly idleMs?: number;
  readonly log?: Log;
  readonly onProgress?: (progress: AnalyticsProgress) => void;
}

export const ROWS_MAX_RANGE = { min: 1_000, max: 5_000_000 } as const;
const DEFAULTS = { rowsMax: 1_000_000, timeLimitMs: 10_000, graceMs: 2_000, idleMs: 600_000 } as const;
const QUESTIONS_WAITING_MAX = 16;
const TELL_MS = 1_000;
const OPEN_MAX_MS = 60_000;
/** A thread that has something to read and says nothing for this long hangs. */
const SILENCE_MAX_MS = 60_000;
const LOG_EVERY_MS = 10_000;
const RESTART_DELAY_MS = { first: 0, step: 1_000, max: 60_000 } as const;
/** DuckDB's own bound: its tables (see `decision-tables.ts`), and room for a statement. */
const MEMORY_BYTES = { base: 256 * 1024 ** 2, perRow: 1_536, max: 3 * 1024 ** 3 } as const;

/** @throws {EngineError} `config-invalid`. */
export function createAnalytics(options: AnalyticsOptions): AnalyticsStore {
  return new DuckdbAnalytics(options);
}

class DuckdbAnalytics implements AnalyticsStore {
  readonly report: PartReport;
  readonly #options: AnalyticsOptions & typeof DEFAULTS;
  readonly #questions: Questions;
  readonly #tally: Tally = { state: "idle", restarts: 0, answered: 0, refused: 0, rows: 0, seq: 0, message: "" };
  #thread: WorkerThread | undefined;
  #isOpen = false;
  #isKept = false;
  #restartsInARow = 0;
  #startedMs = 0;
  #heardMs = 0;
  #loggedMs = 0;
  #toldSeq = -1;
  #ticker: NodeJS.Timeout | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #askedMs = 0;

  constructor(options: AnalyticsOptions) {
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    this.#options = { ...DEFAULTS, ...given } as AnalyticsOptions & typeof DEFAULTS;
    const { timeLimitMs, graceMs, rowsMax } = this.#options;
    const { min, max } = ROWS_MAX_RANGE;
    if (!(rowsMax >= min && rowsMax <= max)) {
      throw new EngineError("config-invalid", `analytics: rowsMax must be ${min} to ${max}, got ${rowsMax}`);
    }
    this.#questions = new Questions({
      waitingMax: QUESTIONS_WAITING_MAX,
      openMaxMs: OPEN_MAX_MS,
      answerMaxMs: timeLimitMs + graceMs,
      send: ({ id, question }) => this.#send(id, question),
      hung: (_asked, phase) => this.#endHung(phase === "answering" ? tooSlow(timeLimitMs) : NOT_OPENED),
    });
    this.report = analyticsReport(this.#tally, options.writtenSeq);
  }

  // Overloads of the contract: the kind of the question is the kind of the answer.
  async ask(question: Question): Promise<never> {
    this.#askedMs = Date.now();
    const reply = this.#refusalNow() ?? (await this.#askThread(question));
    if (reply.kind === "refused") this.#tally.refused += 1;
    else this.#tally.answered += 1;
    return reply as never;
  }

  start(): void {
    this.#isKept = true;
    this.#startThread();
  }

  async close(): Promise<void> {
    this.#tally.state = "closed";
    this.#questions.refuseAll(CLOSED);
    await this.#endThread();
  }

  #askThread(question: Question): Promise<Reply> {
    if (this.#tally.state === "failed") this.#tally.state = "idle"; // the fault may be mended
    if (this.#thread === undefined && this.#restartTimer === undefined) this.#startThread();
    return this.#questions.ask(question);
  }

  /** Where asking the thread is of no use. */
  #refusalNow(): Refusal | undefined {
    const { state, message } = this.#tally;
    if (state === "closed") return CLOSED;
    const isFresh = Date.now() - this.#startedMs < SILENCE_MAX_MS;
    return state === "missing" || (state === "failed" && isFresh) ? unavailable(message) : undefined;
  }

  #startThread(): void {
    if (this.#thread !== undefined || this.#tally.state === "closed" || this.#tally.state === "missing") return;
    const { directory, rowsMax, timeLimitMs } = this.#options;
    const memoryBytesMax = Math.min(MEMORY_BYTES.base + rowsMax * MEMORY_BYTES.perRow, MEMORY_BYTES.max);
    this.#restartTimer = undefined;
    this.#isOpen = false;
    this.#toldSeq = -1;
    this.#tally.state = "reading";
    this.#startedMs = this.#heardMs = this.#loggedMs = Date.now();
    this.#thread = startWorkerThread(
      { directory, rowsMax, memoryBytesMax, timeLimitMs },
      { message: (message) => this.#hear(message), died: (reason) => this.#restart(reason, NOT_OPENED) },
    );
    this.#ticker ??= setInterval(() => this.#tick(), TELL_MS).unref();
    this.#tell();
  }

  async #endThread(): Promise<void> {
    clearInterval(this.#ticker);
    clearTimeout(this.#restartTimer);
    this.#ticker = this.#restartTimer = undefined;
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.end();
  }

  #send(id: number, question: Question): boolean {
    if (this.#thread === undefined) return false;
    const { catchUpMs, ...rest } = question;
    const writtenSeq = this.#options.writtenSeq();
    this.#thread.tell({ kind: "ask", id, question: rest as Question, writtenSeq, catchUpMs });
    return true;
  }

  #hear(message: FromWorker): void {
    this.#heardMs = Date.now();
    if (message.kind === "open") this.#isOpen = true;
    else if (message.kind === "progress") this.#note(message.progress);
    else if (message.kind === "answering") this.#questions.answering(message.id);
    else if (message.kind === "answer") this.#questions.answer(message.id, message.answer);
    else this.#fail(message.message, message.isMissing);
  }

  #note(progress: WorkerProgress): void {
    const { log, onProgress, writtenSeq } = this.#options;
    const { seq, rows } = progress;
    Object.assign(this.#tally, { seq, rows });
    onProgress?.(progress);
    const isReading = this.#tally.state === "reading";
    if (isReading && seq >= writtenSeq()) {
      this.#tally.state = "ready";
      this.#restartsInARow = 0;
      const elapsedMs = Date.now() - this.#startedMs;
      const message = "analytics has read the whole ledger";
      log?.({ level: "info", event: "analytics-ready", message, fields: { seq, rows, elapsedMs } });
    } else if (isReading && Date.now() - this.#loggedMs > LOG_EVERY_MS) {
      this.#loggedMs = Date.now();
      const message = `analytics has read ${seq} of ${writtenSeq()} records`;
      log?.({ level: "info", event: "analytics-reading", message, fields: { seq, rows } });
    }
  }

  #tick(): void {
    const { idleMs } = this.#options;
    this.#tell();
    const isBehind = this.#tally.seq < this.#toldSeq;
    const isUnused = !this.#isKept && !this.#questions.isBusy && Date.now() - this.#askedMs >= idleMs;
    if (isBehind && this.#isOpen && Date.now() - this.#heardMs > SILENCE_MAX_MS) this.#endHung(NOT_OPENED);
    else if (isUnused) this.#rest();
  }

  /** Nobody has asked for long: its memory is given back, and a later question reads the ledger anew. */
  #rest(): void {
    Object.assign(this.#tally, { state: "idle", seq: 0, rows: 0 });
    void this.#endThread();
  }

  /** One small message, and only when the ledger has grown. */
  #tell(): void {
    const seq = this.#options.writtenSeq();
    if (seq === this.#toldSeq || this.#thread === undefined) return;
    this.#toldSeq = seq;
    this.#thread.tell({ kind: "written", seq });
  }

  #endHung(refusal: Refusal): void {
    void this.#thread?.end();
    this.#restart("it did not answer in time", refusal);
  }

  /** The tables are gone with the thread: the next one reads the ledger anew. */
  #restart(reason: string, refusal: Refusal): void {
    this.#thread = undefined;
    this.#questions.refuseCurrent(refusal);
    this.#tally.restarts += 1;
    this.#tally.state = "reading";
    Object.assign(this.#tally, { seq: 0, rows: 0 });
    const { first, step, max } = RESTART_DELAY_MS;
    const delayMs = this.#restartsInARow === 0 ? first : Math.min(max, step * 2 ** this.#restartsInARow);
    this.#restartsInARow += 1;
    const message = `the analytics thread was replaced (${reason}); it reads the ledger anew`;
    const fields = { restarts: this.#tally.restarts, delayMs };
    this.#options.log?.({ level: "warn", event: "analytics-restarted", message, fields });
    this.#restartTimer = setTimeout(() => {
      this.#startThread();
      this.#questions.next();
    }, delayMs);
  }

  /** It said why it cannot go on; the same would happen again at once. */
  #fail(message: string, isMissing: boolean): void {
    const said = isMissing ? MISSING : `${message}. Analytics has stopped and is tried again by a later question`;
    Object.assign(this.#tally, { state: isMissing ? "missing" : "failed", message: said, seq: 0, rows: 0 });
    this.#startedMs = Date.now();
    this.#questions.refuseAll(unavailable(said));
    void this.#endThread();
    const level = isMissing ? "warn" : "error";
    this.#options.log?.({ level, event: "analytics-failed", message: said });
  }
}

const unavailable = (message: string): Refusal => ({ kind: "refused", reason: "unavailable", message });
const MISSING =
  "search and SQL need DuckDB, an optional dependency that is not installed: run `npm install` without " +
  "--omit=optional; everything else works without it";
const CLOSED = unavailable("analytics is shut down: the process is stopping");
const NOT_OPENED = unavailable("analytics did not come up in time and was started anew: ask again in a few seconds");
