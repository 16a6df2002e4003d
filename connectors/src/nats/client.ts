/**
 * `NatsLink` over the package `nats`: the only file that imports it. Invariant: nothing thrown by a listener or by the
 * client reaches the client's reader, which would stop reading.
 */
import { EngineError, type Log, type PartState } from "@sluice/engine";
import {
  connect,
  createInbox,
  DebugEvents,
  ErrorCode,
  Events,
  headers,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  type NatsError,
} from "nats";
import type { NatsDenial, NatsFeed, NatsHeaders, NatsLink, NatsLinkOptions, NatsMessage } from "./contracts.ts";
import { headerBlock } from "./header-block.ts";
import { Listeners } from "./listeners.ts";
import { counter, gauge } from "./metric.ts";
import { ReconnectDelay } from "./reconnect-delay.ts";
import { parseServerUrl, type ServerAddress } from "./server-url.ts";

const CONNECT_TIMEOUT_MS = 5_000;
const PING_EVERY_MS = 20_000;
const CLOSE_PATIENCE_MS = 2_000;

/**
 * @throws {EngineError} `broker-unreachable`, `broker-refused`, `broker-unfit` (no TLS where it is demanded),
 *   `config-invalid`. Each says where and what to do, and holds no credentials.
 */
export async function connectNats(options: NatsLinkOptions): Promise<NatsLink> {
  const address = parseServerUrl(options.url);
  const delay = new ReconnectDelay();
  try {
    const connection = await connect({
      servers: [...address.servers],
      name: options.name ?? "sluice",
      ...(address.user === undefined ? {} : { user: address.user, pass: address.password ?? "" }),
      ...(address.token === undefined ? {} : { token: address.token }),
      ...(address.wantsTls || options.tls !== undefined ? { tls: { ...options.tls } } : {}),
      timeout: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      maxReconnectAttempts: -1,
      ignoreAuthErrorAbort: true, // an account that is put right again is come back to
      reconnectDelayHandler: delay.currentMs,
      pingInterval: PING_EVERY_MS,
      noAsyncTraces: true,
    });
    return new ClientLink(connection, delay, options.log ?? (() => {}));
  } catch (error) {
    throw connectFailure(error as NatsError, address);
  }
}

class ClientLink implements NatsLink {
  readonly #connection: NatsConnection;
  readonly #log: Log;
  readonly #connected = new Listeners<void>();
  readonly #disconnected = new Listeners<void>();
  readonly #denied = new Listeners<NatsDenial>();
  #isConnected = true;
  #isClosed = false;
  #sinceMs = Date.now();
  #reconnects = 0;

  constructor(connection: NatsConnection, delay: ReconnectDelay, log: Log) {
    this.#connection = connection;
    this.#log = log;
    void this.#follow(delay);
  }

  readonly report = {
    name: "nats",
    isVital: true,
    state: (): PartState => {
      if (this.#isClosed) return { state: "stopped", detail: "closed" };
      const since = new Date(this.#sinceMs).toISOString();
      if (!this.#isConnected) return { state: "failed", detail: `no connection since ${since}, reconnecting` };
      const version = this.#connection.info?.version ?? "?";
      return { state: "ready", detail: `${this.#connection.getServer()} since ${since}, server ${version}` };
    },
    metrics: () => [
      gauge("sluice_nats_connected", "1 while the connection to the NATS server stands.", this.isConnected ? 1 : 0),
      counter("sluice_nats_reconnects_total", "How often that connection came back.", this.#reconnects),
    ],
  };

  get isConnected(): boolean {
    return this.#isConnected && !this.#isClosed;
  }
  get payloadBytesMax(): number {
    return this.#connection.info?.max_payload ?? 1024 * 1024;
  }

  publish(
    subject: string,
    data: Uint8Array | string,
    options: { readonly reply?: string; readonly headers?: NatsHeaders } = {},
  ): boolean {
    if (!this.isConnected) return true; // what the client does with it, without filling its buffer
    const { reply } = options;
    try {
      const wire = reply === undefined ? {} : { reply };
      const named = options.headers === undefined ? wire : { ...wire, headers: encoded(options.headers) };
      // Encoded here: the client's encoder takes several times as long.
      this.#connection.publish(subject, typeof data === "string" ? Buffer.from(data) : data, named);
      return true;
    } catch (error) {
      return (error as NatsError).code !== ErrorCode.MaxPayloadExceeded;
    }
  }

  async subscribe(
    subject: string,
    onMessage: (message: NatsMessage) => void,
    options: { readonly queue?: string } = {},
  ): Promise<NatsFeed> {
    let denied: Error | undefined;
    const subscription = this.#connection.subscribe(subject, {
      ...(options.queue === undefined ? {} : { queue: options.queue }),
      callback: (error, message) => {
        if (error !== null) denied = error;
        else this.#guarded(() => onMessage(new ClientMessage(message)));
      },
    });
    await this.#connection.flush().catch(() => {}); // lost meanwhile: it is subscribed again with the connection
    if (denied !== undefined) throw refused("subscribe to", subject, denied);
    return {
      close: () => this.#isClosed || subscription.unsubscribe(),
      drain: () => Promise.race([subscription.drain().catch(() => {}), pause(CLOSE_PATIENCE_MS)]),
    };
  }

  async request(subject: string, data: string, timeoutMs: number): Promise<NatsMessage> {
    if (!this.isConnected) throw gone(subject);
    let leave = () => {};
    const lost = new Promise<never>((_, reject) => {
      leave = this.#disconnected.add(() => reject(gone(subject))); // it would not be sent again
    });
    try {
      const answer = this.#connection.request(subject, data, { timeout: timeoutMs }).catch((error: NatsError) => {
        if (error.code === ErrorCode.NoResponders) return undefined;
        throw requestFailure(error, subject, timeoutMs);
      });
      const message = await Promise.race([answer, lost]);
      return message === undefined ? NOBODY : new ClientMessage(message);
    } finally {
      leave();
    }
  }

  newInbox(): string {
    return createInbox();
  }
  onConnected(listener: () => void): () => void {
    return this.#connected.add(listener);
  }
  onDisconnected(listener: () => void): () => void {
    return this.#disconnected.add(listener);
  }
  onDenied(listener: (denial: NatsDenial) => void): () => void {
    return this.#denied.add(listener);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    if (this.#isConnected) await Promise.race([this.#connection.flush().catch(() => {}), pause(CLOSE_PATIENCE_MS)]);
    this.#isClosed = true;
    await this.#connection.close();
  }

  async #follow(delay: ReconnectDelay): Promise<void> {
    for await (const status of this.#connection.status()) {
      if (status.type === Events.Disconnect && this.#isConnected) {
        this.#turn(false);
        this.#log({ level: "warn", event: "nats-disconnected", message: "the NATS server is gone; reconnecting" });
        this.#guarded(() => this.#disconnected.tell());
      } else if (status.type === DebugEvents.Reconnecting) {
        delay.grow();
      } else if (status.type === Events.Reconnect) {
        delay.reset();
        this.#reconnects += 1;
        this.#turn(true);
        this.#log({ level: "info", event: "nats-connected", message: "the NATS server is back" });
        this.#guarded(() => this.#connected.tell());
      } else if (status.type === Events.Error && status.permissionContext !== undefined) {
        const { operation, subject } = status.permissionContext;
        const message = `the NATS server denies ${operation} of ${subject}; grant it to this user`;
        this.#log({ level: "error", event: "nats-denied", message });
        this.#guarded(() => {
          this.#denied.tell({ operation: operation === "publish" ? "publish" : "subscription", subject });
        });
      }
    }
  }

  #turn(isConnected: boolean): void {
    this.#isConnected = isConnected;
    this.#sinceMs = Date.now();
  }

  #guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      this.#log({ level: "error", event: "nats-listener-failed", message: `a message was not taken (${name})` });
    }
  }
}

/** The answer where nobody listens. */
const NOBODY: NatsMessage = { subject: "", reply: "", data: new Uint8Array(0), status: 503, header: () => "" };

/** Read when asked for: most acknowledgements are only counted. */
class ClientMessage implements NatsMessage {
  readonly #message: Msg;
  constructor(message: Msg) {
    this.#message = message;
  }
  get subject(): string {
    return this.#message.subject;
  }
  get reply(): string {
    return this.#message.reply ?? "";
  }
  get data(): Uint8Array {
    return this.#message.data;
  }
  get status(): number {
    return this.#message.headers?.code ?? 0;
  }
  header(name: string): string {
    return this.#message.headers?.get(name) ?? "";
  }
}

function encoded(named: NatsHeaders): MsgHdrs {
  const block = headerBlock(named);
  // To publish, `encode` is all that the client asks of headers.
  if (block !== undefined) return { encode: () => block } as unknown as MsgHdrs;
  const wire = headers();
  for (const name in named) wire.append(name, named[name] ?? "");
  return wire;
}

function refused(verb: string, subject: string, cause: unknown): EngineError {
  const message = `the NATS server does not let us ${verb} ${subject}; grant the permission to this user`;
  return new EngineError("broker-refused", message, { cause });
}

function gone(subject: string): EngineError {
  return new EngineError(
    "broker-unreachable",
    `no connection to the NATS server for ${subject}; it is being reconnected`,
  );
}

function requestFailure(cause: NatsError, subject: string, timeoutMs: number): EngineError {
  const { code, permissionContext: context } = cause;
  if (code === ErrorCode.PermissionsViolation) {
    const isInbox = context?.operation === "subscription";
    return isInbox ? refused("subscribe to", context.subject, cause) : refused("publish to", subject, cause);
  }
  const message = `the NATS server gave no answer within ${timeoutMs} ms on ${subject}; see whether it is well`;
  return new EngineError("broker-unreachable", message, { cause });
}

const AUTH_CODES: readonly string[] = [
  ErrorCode.AuthorizationViolation,
  ErrorCode.AuthenticationExpired,
  ErrorCode.AuthenticationTimeout,
  ErrorCode.AccountExpired,
  ErrorCode.BadAuthentication,
];

function connectFailure(cause: NatsError, { servers }: ServerAddress): EngineError {
  const at = servers.join(", ");
  if (AUTH_CODES.includes(cause.code)) {
    const message = `the NATS server at ${at} refuses the credentials; put user:password@ or token@ into its address`;
    return new EngineError("broker-refused", message, { cause });
  }
  if (cause.code === ErrorCode.ServerOptionNotAvailable) {
    const message = `the NATS server at ${at} offers no TLS; use nats:// instead of tls://, or set TLS up on it`;
    return new EngineError("broker-unfit", message, { cause });
  }
  if (/CERT|SELF_SIGNED|ERR_TLS/.test(cause.code ?? "")) {
    const message = `the certificate of the NATS server at ${at} is not trusted for that name (${cause.code}); use the name that stands in it, not an IP address, and let NODE_EXTRA_CA_CERTS name its authority`;
    return new EngineError("broker-unreachable", message, { cause });
  }
  const why = cause.code === ErrorCode.Timeout ? "no answer in time" : (cause.code ?? cause.message);
  const message = `no NATS server could be reached at ${at} (${why}); start it, or correct the address`;
  return new EngineError("broker-unreachable", message, { cause });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
