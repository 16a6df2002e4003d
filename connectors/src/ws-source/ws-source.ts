/**
 * Events from a remote WebSocket: one JSON event, `{"events":[…]}` or NDJSON a frame, text or binary.
 * Delivery: from a peer that speaks `sluice.resume.v1` at least once, also over `kill -9` of either side; from any other
 * peer at most once between connections. A slow reader pauses the socket, so the peer waits and nothing is shed. The
 * connection is made again for as long as it takes; only a peer that can never be a source of events ends the source.
 */
import { EngineError, type Log, type PartReport, type Rejection, type Source } from "@sluice/engine";
import { FeedReader } from "./feed-reader.ts";

export interface WsSourceOptions {
  /** `ws:` or `wss:`, without user name and password. Only origin and path of it are ever logged. */
  readonly url: URL;
  /** Sent as `Authorization: Bearer`; never logged. */
  readonly token: string | undefined;
  /** File for where the feed goes on after a restart; undefined: a restart begins at the peer's beginning. */
  readonly positionPath: string | undefined;
  /** A larger frame is not read: it is refused, and the connection made again. At most what the detector takes. */
  readonly frameBytesMax: number;
  /** Frames not yet settled; at this many the socket is paused. */
  readonly inFlightMax: number;
  /** Bytes of those frames. */
  readonly inFlightBytesMax: number;
  /** From the try to the end of the handshake. */
  readonly connectTimeoutMs: number;
  /** A peer that is silent from one ping to the next is taken for dead. */
  readonly pingEveryMs: number;
  /** Wait before the second try; doubles up to `backoffMaxMs`, less up to a half at random. */
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
  /** After a connection of this length the wait starts over. */
  readonly stableAfterMs: number;
  /** Frames that never reach the engine: too large, or without the number that they must have. */
  readonly onReject: (rejection: Rejection) => void;
  readonly log: Log;
  readonly random: () => number;
}

export interface WsSource extends Source<Uint8Array> {
  readonly report: PartReport;
  /** Resolves when the position of all that was settled so far is on disk. Call after the engine has stopped. */
  flush(): Promise<void>;
}

export const WS_SOURCE_NAME = "ws-source";
const MIB = 1024 * 1024;
const DEFAULTS: Omit<WsSourceOptions, "url"> = {
  token: undefined,
  positionPath: undefined,
  frameBytesMax: 8 * MIB,
  inFlightMax: 256,
  inFlightBytesMax: 32 * MIB,
  connectTimeoutMs: 10_000,
  pingEveryMs: 15_000,
  backoffFirstMs: 200,
  backoffMaxMs: 30_000,
  stableAfterMs: 10_000,
  onReject() {},
  log() {},
  random: Math.random,
};
/** From and to, both included. */
const BOUNDS = {
  frameBytesMax: [1, 8 * MIB],
  inFlightMax: [1, 4_096],
  inFlightBytesMax: [1, 1024 * MIB],
  connectTimeoutMs: [1, 600_000],
  pingEveryMs: [1, 600_000],
  backoffFirstMs: [1, 600_000],
  backoffMaxMs: [1, 3_600_000],
  stableAfterMs: [0, 3_600_000],
} as const;

/** @throws {EngineError} `config-invalid`; from `read`, `source-lost` when the peer is no source of events. */
export function wsSource(options: Pick<WsSourceOptions, "url"> & Partial<WsSourceOptions>): WsSource {
  const settings: WsSourceOptions = { ...DEFAULTS, ...options };
  check(settings);
  const feed = new FeedReader(WS_SOURCE_NAME, settings);
  return {
    name: WS_SOURCE_NAME,
    read: (signal) => feed.read(signal),
    flush: () => feed.flush(),
    report: {
      name: WS_SOURCE_NAME,
      isVital: false, // while the peer is away, events still come by the other ways
      state: () => feed.state(),
      metrics: () => feed.metrics(),
    },
  };
}

function check(settings: WsSourceOptions): void {
  const { url } = settings;
  const faults: string[] = [];
  if (url.protocol !== "ws:" && url.protocol !== "wss:") faults.push("url must begin with ws:// or wss://");
  if (url.username !== "" || url.password !== "") {
    faults.push("url must not hold a user name or password: set the token, which is never logged");
  }
  for (const [name, [min, max]] of Object.entries(BOUNDS)) {
    const value = settings[name as keyof typeof BOUNDS];
    if (!(Number.isInteger(value) && value >= min && value <= max)) faults.push(`${name} must be ${min} to ${max}`);
  }
  if (faults.length > 0) throw new EngineError("config-invalid", `${WS_SOURCE_NAME}: ${faults.join("; ")}`);
}
