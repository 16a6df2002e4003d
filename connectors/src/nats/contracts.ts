/**
 * What Sluice says and does on NATS, as the rest of the program sees it. Interfaces only. Everything stands on
 * `NatsLink`, four verbs of core NATS: JetStream is a protocol of JSON requests and reply subjects over them, so that
 * another client is another `client.ts` and nothing else. Only features of nats-server 2.9 are used.
 */
import type {
  Alert,
  Clock,
  DeadLetter,
  Decision,
  Engine,
  Ledger,
  Log,
  PartReport,
  RecordedDecision,
  WindowResult,
} from "@sluice/engine";
import type { Observable } from "rxjs";

export interface NatsLinkOptions {
  /**
   * `nats://[user:password@|token@]host[:port]`, or several with commas between; `tls://` demands TLS. Credentials are
   * never logged, and stand in no error.
   */
  readonly url: string;
  /** Shown in the server's list of connections. Default `sluice`. */
  readonly name?: string;
  /** Files in PEM, where the system's own trust does not do. */
  readonly tls?: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string };
  /** How long the first connection may take. Default 5,000. */
  readonly connectTimeoutMs?: number;
  readonly log?: Log;
}

/** Names and values are ASCII without line breaks. */
export type NatsHeaders = Readonly<Record<string, string>>;

export interface NatsMessage {
  readonly subject: string;
  /** Where an answer goes; "" when none is wanted. */
  readonly reply: string;
  /** Valid for as long as it is held. */
  readonly data: Uint8Array;
  /** Status code of the server's own messages (`404`, `503`); 0 on all others. */
  readonly status: number;
  /** "" when it is absent. */
  header(name: string): string;
}

/** What the server would not let us do. */
export interface NatsDenial {
  readonly operation: "publish" | "subscription";
  readonly subject: string;
}

export interface NatsSubscription {
  /** Idempotent. */
  close(): void;
}

/** A subscription to the server itself. */
export interface NatsFeed extends NatsSubscription {
  /** Ends it; what the server sent before it knew still comes. Resolves after that. */
  drain(): Promise<void>;
}

/**
 * A connection that comes back by itself, for ever, with a growing delay. Subscriptions come back with it; what was
 * published while it was away is gone, so whatever matters waits for an acknowledgement and is sent again.
 */
export interface NatsLink {
  /** Part `nats`: vital; its state tells the server's version, or since when it is away. */
  readonly report: PartReport;
  readonly isConnected: boolean;
  /** Largest message the server takes, in bytes. */
  readonly payloadBytesMax: number;
  /** Core publish: lost without a word while disconnected. Never throws; false when the message is too large. */
  publish(subject: string, data: Uint8Array | string, options?: NatsPublishOptions): boolean;
  /**
   * Resolves when the server has the subscription. `onMessage` must not throw.
   * @throws {EngineError} (by the promise) `broker-refused` when the subject may not be subscribed to.
   */
  subscribe(
    subject: string,
    onMessage: (message: NatsMessage) => void,
    options?: { readonly queue?: string },
  ): Promise<NatsFeed>;
  /**
   * The answer; one of status 503 when nobody listens on the subject.
   * @throws {EngineError} (by the promise) `broker-unreachable` (no answer within `timeoutMs`), `broker-refused` when the
   *   subject may not be published to.
   */
  request(subject: string, data: string, timeoutMs: number): Promise<NatsMessage>;
  /** A subject of our own for answers, with room for one more token behind it: `_INBOX.x.y`. */
  newInbox(): string;
  /** Listeners must not throw. Each returns what takes the listener away. */
  onConnected(listener: () => void): () => void;
  onDisconnected(listener: () => void): () => void;
  onDenied(listener: (denial: NatsDenial) => void): () => void;
  /** Sends what was published and ends the connection. Idempotent. */
  close(): Promise<void>;
}
export interface NatsPublishOptions {
  readonly reply?: string;
  readonly headers?: NatsHeaders;
}

export interface NatsStreamOptions {
  /** `max_bytes` of SLUICE_EVENTS: publishers are refused at this. Default 1 GiB. */
  readonly eventsBytesMax: number;
  /** How long the server waits for the acknowledgement of an event before it delivers it again. Default 10,000. */
  readonly ackWaitMs: number;
  /** Deliveries of one event; the last one goes to the dead letter unseen. 2 to 100, default 10. */
  readonly deliverMax: number;
  /** Events that all processes of the consumer together may hold unacknowledged. Default 8,192. */
  readonly ackPendingMax: number;
  /** How long decisions and dead letters are kept. Default 7 days. */
  readonly keepMs: number;
  /** `max_bytes` of SLUICE_DEAD; the oldest go first. Default 64 MiB. */
  readonly deadBytesMax: number;
  /** Of each stream; 1 to 5, default 1. */
  readonly replicas: number;
}

/** The streams SLUICE_EVENTS, SLUICE_DECISIONS, SLUICE_DEAD and the consumer `sluice-engine`. */
export interface NatsStreams {
  readonly link: NatsLink;
  /**
   * Creates what is missing and checks what is there: at the start, and again after each reconnect, because a server
   * may have lost it. Calls at the same time share one round.
   * @throws {EngineError} (by the promise) `broker-unfit` (no JetStream; a stream with settings that break a guarantee,
   *   named), `broker-refused` (a permission is missing, its subject named), `broker-unreachable`.
   */
  ensure(): Promise<NatsConsumerState>;
  /** How the stream of events and its consumer stand. @throws as `ensure` */
  workQueue(): Promise<NatsWorkQueue>;
  /** Deletes the consumer, so that `ensure` makes it anew: all that is in the stream comes again. @throws as `ensure` */
  dropConsumer(): Promise<void>;
}
/** As the consumer really is: one that was there before keeps its settings where they do. */
export interface NatsConsumerState {
  readonly ackWaitMs: number;
  readonly deliverMax: number;
}

/** In messages. In a work queue that is in step, `messages` is the sum of the two others. */
export interface NatsWorkQueue {
  readonly messages: number;
  /** Not delivered yet. */
  readonly pending: number;
  /** Delivered, and waited for. */
  readonly unacknowledged: number;
  /** At so many the server delivers nothing. */
  readonly unacknowledgedMax: number;
}

export interface NatsSourceOptions {
  readonly streams: NatsStreams;
  /** Deliveries not yet settled; at this many nothing is pulled. 1 to 65,536, default 2,048. */
  readonly inFlightMax?: number;
  /** Bytes of those deliveries, at least the server's `max_payload`. Default 64 MiB. */
  readonly inFlightBytesMax?: number;
  /** Gets the events that were delivered too often; a refused event is acknowledged after its dead letter is kept. */
  readonly deadLetter?: Pick<NatsDeadLetter, "put" | "flush">;
  readonly log?: Log;
}

export interface NatsOutboxOptions {
  readonly streams: NatsStreams;
  readonly recorded$: Observable<readonly RecordedDecision[]>;
  readonly ledger: Pick<Ledger, "read" | "lastSeq">;
  /** A small file that holds how far the stream got, for when the stream itself is empty. Without: only the stream. */
  readonly cursorPath?: string;
  /** Messages sent and not yet acknowledged. Default 2,048. */
  readonly inFlightMax?: number;
  readonly log?: Log;
}
/** Every recorded decision on `sluice.decisions.<action>.<org_id>`, at least once, in the order of the ledger. */
export interface NatsOutbox {
  /** Part `nats-decisions`. */
  readonly report: PartReport;
  /** Ledger sequence up to which all decisions are in the stream. */
  readonly publishedSeq: number;
  /** Resolves when all that was recorded so far is in the stream, or after `timeoutMs`; true in the first case. */
  drained(timeoutMs: number): Promise<boolean>;
  /** Writes the cursor and lets go. What is not acknowledged is published by the next start. Idempotent. */
  close(): Promise<void>;
}

export interface NatsDeadLetterOptions {
  readonly link: NatsLink;
  /** Whether the payload goes along: asked each time, because a policy may change. */
  readonly retainsText: () => boolean;
  readonly log?: Log;
}
/** Refused events on `sluice.dead`, sent again until they are stored. Bounded; never throws. */
export interface NatsDeadLetter extends DeadLetter {
  readonly report: PartReport;
  /** Resolves when what was put so far is stored or given up. */
  flush(): Promise<void>;
  /** Gives up what is not stored. */
  close(): Promise<void>;
}

export interface NatsCheckOptions {
  readonly link: NatsLink;
  readonly engine: Engine;
  readonly clock?: Pick<Clock, "nowMs">;
}

export interface NatsNoticesOptions {
  readonly link: NatsLink;
  readonly windows$: Observable<readonly WindowResult[]>;
}
/** Windows on `sluice.aggregates.<window>` and alerts on `sluice.alerts.<severity>`: core publishes, none kept. */
export interface NatsNotices {
  alert(alert: Alert): void;
  close(): void;
}

/** Events into SLUICE_EVENTS, in order, each sent again until the stream has it. For `sluice publish`. */
export interface NatsEventPublisher {
  /**
   * Resolves when there is room for the next one.
   * @param messageId `Nats-Msg-Id`; without it each call is a message of its own, its sending again included.
   * @throws {EngineError} (by the promise) `broker-refused`, `broker-unfit` when sending again cannot help.
   */
  publish(orgId: string, payload: Uint8Array, messageId?: string): Promise<void>;
  /** Resolves when all of them are stored. @throws as `publish`. */
  flush(): Promise<void>;
  /** Messages that the stream has acknowledged. */
  readonly stored: number;
  /** Of those, how many it had already: the same message id within its `duplicate_window`. Stored once. */
  readonly duplicates: number;
  close(): Promise<void>;
}

export interface FollowDecisionsOptions {
  readonly link: NatsLink;
  /** Default: all. */
  readonly action?: Decision["action"];
  readonly orgId?: string;
  /** Begin with what was stored at this time or later, milliseconds since the epoch. Default: with what comes next. */
  readonly sinceMs?: number;
  /**
   * The decision's JSON as it stands in the stream. Must not throw. In the stream's order, each once: after a lost
   * connection or a restart of the server it goes on behind the last stream sequence that was handed over. The next one
   * waits for the promise, so a slow reader holds a bounded number back.
   */
  readonly onDecision: (json: Uint8Array) => void | Promise<void>;
}

/*
 * The functions, as the package exports them:
 *   connectNats(options: NatsLinkOptions): Promise<NatsLink>
 *     throws `broker-unreachable`, `broker-refused`, `config-invalid`
 *   openNatsStreams(link, options?: Partial<NatsStreamOptions>): NatsStreams      then: await streams.ensure()
 *   natsSource(options: NatsSourceOptions): Source<Uint8Array> & { report: PartReport }
 *   openNatsOutbox(options: NatsOutboxOptions): NatsOutbox      before the first event is taken
 *   natsDeadLetter(options: NatsDeadLetterOptions): NatsDeadLetter
 *   serveNatsCheck(options: NatsCheckOptions): Promise<NatsSubscription>
 *   publishNatsNotices(options: NatsNoticesOptions): NatsNotices
 *   natsEventPublisher(link, options?: { inFlightMax?: number }): NatsEventPublisher
 *   followNatsDecisions(options: FollowDecisionsOptions): Promise<NatsSubscription>      resolves once subscribed
 *   encodeToken(text): string, decodeToken(token): string | undefined
 */
