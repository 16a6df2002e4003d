/**
 * Every recorded decision into SLUICE_DECISIONS, in the order of the ledger, at least once; with its id, so that the
 * stream knows a repeat for as long as its window lasts. One loop: find out how far the stream got, read what it lacks
 * from the ledger, then send what is recorded as it is recorded. Any trouble begins the loop again, so a lost
 * connection, a killed server, a full stream and a killed engine are all met in one way. Nothing here holds up the
 * engine: what finds no room waits in the ledger. A ledger that keeps nothing cannot be read again: what it records
 * before the stream is ready, or while it is away, waits here within the bound of `LiveDecisions`, and what is lost all
 * the same is counted. Decisions alone are sent, never output nor text.
 */
import { randomBytes } from "node:crypto";
import {
  decisionOfRecord,
  EngineError,
  type LedgerRecord,
  type PartState,
  type RecordedDecision,
  serializeDecision,
} from "@sluice/engine";
import { AckedSender } from "./acked-sender.ts";
import type { NatsOutbox, NatsOutboxOptions } from "./contracts.ts";
import { type DecisionMessages, decisionMessages, ledgerIdOf } from "./decision-message.ts";
import { type LiveDecision, LiveDecisions } from "./live-decisions.ts";
import { outboxMetrics } from "./outbox-metrics.ts";
import { OutboxCursor, streamPosition } from "./outbox-position.ts";
import { Signal } from "./signal.ts";
import { DECISIONS_PREFIX } from "./subjects.ts";

const IN_FLIGHT_MAX = 2_048;
const BACK_OFF_FIRST_MS = 100;
const BACK_OFF_MAX_MS = 5_000;
const CURSOR_EVERY_MS = 1_000;

/** Publishes from now on, and first what the stream lacks. Close it after the engine. */
export function openNatsOutbox(options: NatsOutboxOptions): NatsOutbox {
  return new Outbox(options);
}

class Outbox implements NatsOutbox {
  readonly #options: NatsOutboxOptions;
  readonly #cursor: OutboxCursor;
  readonly #live = new LiveDecisions();
  /** Live or not, connected or not, closing. */
  readonly #changed = new Signal();
  readonly #acked = new Signal();
  readonly #closing = new AbortController();
  readonly #ended: Promise<void>;
  readonly #endings: (() => void)[] = [];
  /** Where the ledger ended when the outbox began: what stands in the stream beyond is of records that were lost. */
  readonly #firstLastSeq: number;
  #sender: AckedSender | undefined;
  #messages: DecisionMessages | undefined;
  #ledgerId = "";
  /** Nothing can be read from the ledger again. Taken for granted until it is known. */
  #isVolatile = true;
  #isLive = false;
  /** Up to here, records were sent, wait to be sent, or are no decisions. */
  #considered = 0;
  #heard = 0;
  #lastSent = 0;
  #highestSent = 0;
  /** Up to here, what was lost is counted. */
  #lostSeq = 0;
  readonly #counts = { sent: 0, tooLarge: 0, skipped: 0 };
  #why = "";

  constructor(options: NatsOutboxOptions) {
    this.#options = options;
    this.#cursor = new OutboxCursor(options.cursorPath);
    this.#firstLastSeq = options.ledger.lastSeq;
    this.#highestSent = this.#firstLastSeq;
    this.#lostSeq = this.#firstLastSeq;
    const recorded = options.recorded$.subscribe((batch) => this.#take(batch));
    const timer = setInterval(() => void this.#cursor.write(this.#ledgerId, this.publishedSeq), CURSOR_EVERY_MS);
    timer.unref();
    this.#endings.push(
      () => recorded.unsubscribe(),
      () => clearInterval(timer),
      options.streams.link.onConnected(() => this.#changed.raise()),
    );
    this.#ended = this.#run();
  }

  readonly report = {
    name: "nats-decisions",
    isVital: false,
    state: (): PartState => {
      const at = `published up to seq ${this.publishedSeq}`;
      if (this.#closing.signal.aborted) return { state: "stopped", detail: at };
      if (this.#isLive) return { state: "ready", detail: at };
      if (this.#why !== "") return { state: "failed", detail: `${at}; ${this.#why}; trying again` };
      return { state: "starting", detail: `${at} of ${this.#options.ledger.lastSeq}` };
    },
    metrics: () => outboxMetrics(this.#counts, this.#options.ledger.lastSeq - this.publishedSeq),
  };

  get publishedSeq(): number {
    return this.#isLive && this.#isIdle ? this.#considered : (this.#sender?.mark ?? 0);
  }

  get #isIdle(): boolean {
    return this.#sender?.inFlight === 0 && this.#live.isEmpty;
  }

  async drained(timeoutMs: number): Promise<boolean> {
    const seq = this.#heard;
    const endMs = performance.now() + timeoutMs;
    while (!(this.#isLive && (this.#isIdle || (seq > 0 && this.publishedSeq >= seq)))) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0 || this.#closing.signal.aborted) return false;
      await (this.#isLive ? this.#acked : this.#changed).next(leftMs);
    }
    return true;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#wakeAll();
    await this.#ended;
    for (const end of this.#endings.splice(0)) end();
    await this.#cursor.write(this.#ledgerId, this.publishedSeq);
    this.#isLive = false;
    this.#sender?.close();
  }

  async #run(): Promise<void> {
    let backOffMs = BACK_OFF_FIRST_MS;
    while (!this.#closing.signal.aborted) {
      try {
        if (await this.#synchronise()) backOffMs = BACK_OFF_FIRST_MS;
        await this.#untilTrouble();
      } catch (error) {
        this.#why = error instanceof EngineError ? error.message : `the ledger cannot be read (${String(error)})`;
      }
      this.#isLive = false;
      if (!this.#isVolatile) this.#live.clear();
      if (this.#closing.signal.aborted) return;
      this.#options.log?.({ level: "warn", event: "nats-decisions-behind", message: `decisions wait: ${this.#why}` });
      await this.#untilConnected(backOffMs);
      backOffMs = Math.min(BACK_OFF_MAX_MS, backOffMs * 2);
    }
  }

  /** Brings the stream up to the ledger. @returns false when trouble came first. */
  async #synchronise(): Promise<boolean> {
    const sender = await this.#opened();
    if (sender.isTroubled) {
      await this.#options.streams.ensure();
      this.#lastSent = await this.#position(sender);
      sender.reset(this.#lastSent);
    }
    if (this.#isVolatile) this.#letGoOfUnacknowledged();
    else if (!(await this.#readWhatIsLacking(sender))) return false;
    if (sender.isTroubled || this.#closing.signal.aborted) return false;
    this.#why = "";
    this.#isLive = true;
    this.#pump();
    this.#changed.raise();
    return true;
  }

  /** @returns false when trouble came first. */
  async #readWhatIsLacking(sender: AckedSender): Promise<boolean> {
    this.#considered = this.#lastSent; // what it fell behind with was let go of unsent
    do {
      for await (const records of this.#options.ledger.read(this.#considered + 1)) {
        for (const record of records) if (!(await this.#sendRecord(sender, record))) return false;
      }
    } while (this.#considered < this.#heard && !sender.isTroubled && !this.#closing.signal.aborted);
    return true;
  }

  /** What was under way when the connection went and did not arrive can be read nowhere. */
  #letGoOfUnacknowledged(): void {
    this.#counts.skipped += Math.max(0, this.#highestSent - Math.max(this.#lastSent, this.#lostSeq));
    this.#lostSeq = this.#highestSent;
    this.#considered = this.#heard;
  }

  async #opened(): Promise<AckedSender> {
    if (this.#sender !== undefined) return this.#sender;
    const { streams, inFlightMax = IN_FLIGHT_MAX, ledger } = this.#options;
    const ledgerId = await ledgerIdOf(ledger);
    this.#isVolatile = ledgerId === undefined;
    if (!this.#isVolatile) this.#live.clear();
    this.#ledgerId = ledgerId ?? randomBytes(8).toString("hex");
    this.#messages = decisionMessages(this.#ledgerId);
    this.#sender = await AckedSender.open({
      link: streams.link,
      subjectPrefix: DECISIONS_PREFIX,
      inFlightMax,
      onAcked: () => this.#onAcked(),
      onTrouble: (why) => {
        this.#why = why;
        this.#isLive = false; // at once: what is recorded from here on is found in the ledger
        this.#wakeAll();
      },
    });
    return this.#sender;
  }

  async #position(sender: AckedSender): Promise<number> {
    const { streams } = this.#options;
    const inStream = await streamPosition(streams.link, this.#ledgerId);
    // Beyond what we sent it is of records that the ledger has lost since; their numbers are given to others now.
    if (inStream !== undefined && inStream <= this.#highestSent) return inStream;
    if (inStream !== undefined) return Math.max(sender.mark, this.#firstLastSeq);
    const cursor = await this.#cursor.read(this.#ledgerId);
    return Math.max(sender.mark, Math.min(this.#firstLastSeq, cursor));
  }

  /** False when there is trouble. Waits for room. */
  async #sendRecord(sender: AckedSender, { seq, type, json }: LedgerRecord): Promise<boolean> {
    if (type === "decision") {
      while (sender.room === 0) {
        if (sender.isTroubled || this.#closing.signal.aborted) return false;
        await this.#acked.next();
      }
      const decision = decisionOfRecord(json);
      this.#send(sender, { seq, facts: decision, json: serializeDecision(decision) });
    }
    this.#considered = seq;
    return !sender.isTroubled;
  }

  #send(sender: AckedSender, { seq, facts, json }: LiveDecision): void {
    const { subject, headers } = this.#messages!;
    if (!sender.send(subject(facts), json, headers(json, seq), seq)) this.#counts.tooLarge += 1;
    this.#counts.sent += 1;
    this.#lastSent = seq;
    if (seq > this.#highestSent) this.#highestSent = seq;
  }

  /** From the engine. Never waits, never throws. */
  #take(batch: readonly RecordedDecision[]): void {
    const last = batch.at(-1);
    if (last === undefined) return;
    this.#heard = last.seq;
    if (this.#isLive) this.#sendOrHold(batch);
    else if (this.#isVolatile) for (const decision of batch) this.#hold(decision);
  }

  #sendOrHold(batch: readonly RecordedDecision[]): void {
    const sender = this.#sender!;
    for (const decision of batch) {
      if (decision.seq <= this.#considered) continue;
      if (this.#live.isEmpty && sender.room > 0) this.#send(sender, decision);
      else if (!this.#hold(decision) && !this.#isVolatile) {
        this.#fallBehind();
        return;
      }
    }
    this.#considered = this.#heard;
  }

  /** False when that was too much, and all that waited was let go of. */
  #hold(decision: LiveDecision): boolean {
    const waiting = this.#live.size;
    if (this.#live.push(decision)) return true;
    if (this.#isVolatile) this.#counts.skipped += waiting + 1;
    return false;
  }

  #pump(): void {
    const sender = this.#sender!;
    while (sender.room > 0) {
      const decision = this.#live.shift();
      if (decision === undefined) return;
      this.#send(sender, decision);
    }
  }

  #onAcked(): void {
    if (this.#isLive) this.#pump();
    this.#acked.raise();
  }

  #wakeAll(): void {
    this.#changed.raise();
    this.#acked.raise();
  }

  /** The stream takes less than is recorded: the ledger keeps what waits. */
  #fallBehind(): void {
    this.#why = "the stream takes decisions more slowly than they are made";
    this.#isLive = false;
    this.#wakeAll();
  }

  async #untilTrouble(): Promise<void> {
    while (this.#isLive && !this.#closing.signal.aborted) await this.#changed.next();
  }

  async #untilConnected(backOffMs: number): Promise<void> {
    const { link } = this.#options.streams;
    await this.#changed.pass(backOffMs, this.#closing.signal);
    while (!link.isConnected && !this.#closing.signal.aborted) await this.#changed.next();
  }
}
