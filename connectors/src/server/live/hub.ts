/**
 * `WS /live`: recorded decisions to every reader, each frame made once for all readers of the same filter.
 * Invariant: nothing here slows the engine. What waits for the next frame is bounded by `pendingBytesMax`, what waits
 * for a slow reader by the port's `bufferedBytesMax`; past either the reader is told of a gap, and nobody waits for it.
 */
import { type Alert, assert, type Engine, type Ledger, type WindowResult } from "@sluice/engine";
import type { PortRequest, PortSocket, SocketHandlers, SocketRoute } from "../port.ts";
import { type LiveAlerts, liveAlerts } from "./alerts.ts";
import { readLiveQuery } from "./filter.ts";
import { aggregatesFrame, alertsFrame, snapshotFrame } from "./frame.ts";
import { type PendingDecisions, pendingDecisions } from "./pending.ts";
import { type LiveReader, liveReader, withhold } from "./reader.ts";
import { type LiveReaders, liveReaders } from "./readers.ts";
import { resume } from "./resume.ts";

export interface LiveOptions {
  /** Decisions wait this long for others before a frame leaves. */
  readonly coalesceMs: number;
  /** A frame is cut at about this size; one decision may go over it. */
  readonly frameBytesMax: number;
  /** Decisions waiting for their frame; past it all readers get a gap. */
  readonly pendingBytesMax: number;
  /** Waiting for one reader, in this process; past it that reader gets a gap. */
  readonly bufferedBytesMax: number;
  /** A reader from which frames are withheld for this long is closed with 1013. */
  readonly stalledMsMax: number;
  /** Share of the thread's time that sending to all readers may take: past it frames are fewer and larger. */
  readonly publishShareMax: number;
  readonly readersMax: number;
}

export const LIVE_OPTIONS: LiveOptions = {
  coalesceMs: 20,
  frameBytesMax: 256 * 1024,
  pendingBytesMax: 8 * 1024 * 1024,
  bufferedBytesMax: 4 * 1024 * 1024,
  stalledMsMax: 60_000,
  publishShareMax: 0.2,
  readersMax: 4_096,
};

export interface LiveParts {
  readonly engine: Pick<Engine, "recorded$" | "windows$" | "counters">;
  readonly ledger: Pick<Ledger, "read" | "lastSeq">;
  /** Sends to all sockets of a topic. */
  readonly publish: (topic: string, text: string) => void;
  readonly options: LiveOptions;
}

const TOPIC = "live";
const WINDOWS_A_FRAME = 256;
const CLIENT_FRAME_BYTES_MAX = 4 * 1024;
const STALL_CHECK_MS = 1_000;

export class LiveHub {
  readonly route: SocketRoute;
  readonly #parts: LiveParts;
  readonly #readers: LiveReaders = liveReaders();
  readonly #pending: PendingDecisions;
  readonly #subscriptions: readonly { unsubscribe(): void }[];
  readonly #stallTimer: NodeJS.Timeout;
  readonly #alerts: LiveAlerts;
  /** Those that still catch up included. */
  #readerCount = 0;
  #stalledCount = 0;
  /** Last sequence that was published, or passed over because nobody read. */
  #publishedSeq: number;

  constructor(parts: LiveParts) {
    const { engine, ledger, options } = parts;
    this.#parts = parts;
    this.#publishedSeq = ledger.lastSeq;
    this.#pending = pendingDecisions({
      ...options,
      publish: (batch) => {
        this.#publishedSeq = batch.at(-1)!.seq;
        this.#readers.publish(batch);
      },
      overflow: (batch) => {
        this.#publishedSeq = batch.at(-1)!.seq;
        this.#readers.withholdAll(batch);
      },
    });
    this.#subscriptions = [
      engine.recorded$.subscribe((batch) => {
        if (this.#readers.count > 0) this.#pending.push(batch);
        else this.#publishedSeq = batch.at(-1)?.seq ?? this.#publishedSeq;
      }),
      engine.windows$.subscribe((windows) => this.#publishWindows(windows)),
    ];
    this.#alerts = liveAlerts((alerts) => {
      if (this.#readerCount > 0) parts.publish(TOPIC, alertsFrame(alerts));
    });
    this.#stallTimer = setInterval(() => this.#closeStalled(), STALL_CHECK_MS);
    this.#stallTimer.unref();
    this.route = {
      path: "/live",
      frameBytesMax: CLIENT_FRAME_BYTES_MAX,
      bufferedBytesMax: options.bufferedBytesMax,
      open: (socket, request) => this.#open(socket, request),
    };
  }

  /** Why this upgrade cannot be taken, with its status. */
  check(request: PortRequest): { readonly status: number; readonly error: string } | undefined {
    const query = readLiveQuery(request.query);
    const { readersMax } = this.#parts.options;
    if (typeof query === "string") return { status: 400, error: query };
    if (this.#readerCount < readersMax) return undefined;
    return { status: 503, error: `${readersMax} readers are connected: try again later` };
  }

  /** Shows it to every reader, and to those who come later while it is among the newest. */
  alert(alert: Alert): void {
    this.#alerts.push(alert);
  }

  get readerCount(): number {
    return this.#readerCount;
  }

  get gapCount(): number {
    return this.#readers.gapCount;
  }

  /** Readers from which frames are withheld now, because they take too little. */
  get behindCount(): number {
    return this.#readers.behindCount;
  }

  /** Readers that were closed because they took nothing for too long. */
  get stalledCount(): number {
    return this.#stalledCount;
  }

  /** Sends what waits, then takes nothing more from the engine. */
  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    clearInterval(this.#stallTimer);
    this.#alerts.close();
    this.#pending.flush();
  }

  #open(socket: PortSocket, request: PortRequest): SocketHandlers {
    const query = readLiveQuery(request.query);
    assert(typeof query !== "string", "an upgrade to /live was checked");
    const { engine, ledger } = this.#parts;
    this.#pending.flush(); // so that the snapshot's counters and its sequence say the same
    // A sequence that the ledger does not have yet belongs to another ledger: that reader starts anew.
    const since = query.since !== undefined && query.since <= ledger.lastSeq ? query.since : undefined;
    const reader = liveReader(socket, query.filter, since ?? this.#publishedSeq);
    this.#readerCount += 1;
    socket.send(snapshotFrame(reader.seq, this.#publishedSeq, engine.counters()));
    if (this.#alerts.recent.length > 0) socket.send(alertsFrame(this.#alerts.recent));
    socket.subscribe(TOPIC);
    if (since === undefined) this.#readers.join(reader);
    else this.#catchUp(reader);
    return {
      message() {}, // a reader has nothing to say
      drain: () => {
        reader.onRoom?.();
        this.#readers.tell(reader);
      },
      close: () => {
        this.#readerCount -= 1;
        this.#readers.leave(reader);
        reader.onRoom?.();
      },
    };
  }

  #catchUp(reader: LiveReader): void {
    const { ledger, options } = this.#parts;
    const join = (seq: number) => {
      this.#pending.flush();
      if (this.#publishedSeq > seq) return false;
      if (reader.socket.isOpen) this.#readers.join(reader);
      return true;
    };
    const giveUp = () => {
      withhold(reader, this.#publishedSeq, performance.now());
      this.#readers.join(reader);
      this.#readers.tell(reader);
    };
    const { frameBytesMax, coalesceMs } = options;
    resume(reader, { ledger, frameBytesMax, join, giveUp, retryMs: coalesceMs }).catch(() => {
      reader.socket.close(1011, "the ledger cannot be read: see /ready");
    });
  }

  #publishWindows(windows: readonly WindowResult[]): void {
    if (this.#readerCount === 0) return;
    for (let start = 0; start < windows.length; start += WINDOWS_A_FRAME) {
      this.#parts.publish(TOPIC, aggregatesFrame(windows.slice(start, start + WINDOWS_A_FRAME)));
    }
  }

  #closeStalled(): void {
    for (const { socket } of this.#readers.stalled(this.#parts.options.stalledMsMax)) {
      this.#stalledCount += 1;
      socket.close(1013, "this reader takes nothing: connect again with since");
    }
  }
}
