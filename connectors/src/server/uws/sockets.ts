/**
 * All WebSockets of a server on uWebSockets.js. Frame and buffer limits belong to a native route, so every socket route
 * is made known to the app before it listens.
 */
import { JSON_HEADERS, problem } from "../answer.ts";
import type { PortHandlers, Refusal, SendResult, SocketRoute, UpgradeAccept } from "../port.ts";
import { Topics } from "../topics.ts";
import type { UwsExchange } from "./exchange.ts";
import type {
  NativeApp,
  NativeBehavior,
  NativeContext,
  NativeRequest,
  NativeResponse,
  NativeSocket,
} from "./native.ts";
import { UwsSocket } from "./socket.ts";

/** What a native socket carries. */
interface UserData {
  readonly route: SocketRoute;
  readonly exchange: UwsExchange;
  socket: UwsSocket | undefined;
}

/** What an upgrade needs of a request after its handler has returned. */
interface Handshake {
  readonly key: string;
  readonly extensions: string;
  readonly context: NativeContext;
}

/** Copies the request; undefined when it was answered already, because of a limit. */
type Receive = (response: NativeResponse, request: NativeRequest) => UwsExchange | undefined;

const NO_COMPRESSION = 0; // costs more than it saves on one machine, and lets a peer make us work
const NO_IDLE_TIMEOUT = 0; // `beat` finds peers that are gone

export class UwsSockets {
  readonly #handlers: PortHandlers;
  readonly #receive: Receive;
  readonly #topics = new Topics();
  readonly #open = new Set<UwsSocket>();

  constructor(handlers: PortHandlers, receive: Receive) {
    this.#handlers = handlers;
    this.#receive = receive;
  }

  /** Makes the route known to the app: its frame limit is the native one. */
  addRoute(app: NativeApp, route: SocketRoute): void {
    app.ws(route.path, this.#behavior(route));
  }

  get count(): number {
    return this.#open.size;
  }

  publish(topic: string, text: string): Readonly<Record<SendResult, number>> {
    return this.#topics.publish(topic, text);
  }

  /** Pings every peer, and ends those that are gone. */
  beat(): void {
    for (const socket of this.#open) socket.beat();
  }

  closeAll(): void {
    for (const socket of this.#open) socket.close(1001, "the server is stopping");
  }

  /** An upgrade on a path that no route has, or that is no WebSocket handshake: it can only be refused. */
  async refuse(exchange: UwsExchange): Promise<void> {
    const answer = await this.#handlers.upgrade(exchange);
    if ("route" in answer) exchange.end(400, JSON_HEADERS, problem("not a WebSocket upgrade: its key is missing"));
    else exchange.end(answer.status, answer.headers, answer.body);
  }

  #behavior(route: SocketRoute): NativeBehavior {
    const socketOf = (native: NativeSocket) => (native.getUserData() as UserData).socket;
    return {
      compression: NO_COMPRESSION,
      maxPayloadLength: route.frameBytesMax,
      maxBackpressure: route.bufferedBytesMax,
      idleTimeout: NO_IDLE_TIMEOUT,
      sendPingsAutomatically: false,
      upgrade: (response, request, context) => this.#upgrade(response, request, context),
      open: (native) => this.#openSocket(native),
      message: (native, message) => socketOf(native)?.onMessage(message),
      drain: (native) => socketOf(native)?.onDrain(),
      pong: (native) => socketOf(native)?.onPong(),
      close: (native) => {
        const socket = socketOf(native);
        if (socket === undefined) return;
        this.#open.delete(socket);
        socket.onClose();
      },
    };
  }

  #upgrade(response: NativeResponse, request: NativeRequest, context: NativeContext): void {
    const exchange = this.#receive(response, request);
    if (exchange === undefined) return;
    const handshake = {
      key: exchange.header("sec-websocket-key"),
      extensions: exchange.header("sec-websocket-extensions"),
      context,
    };
    const answer = this.#handlers.upgrade(exchange);
    if (answer instanceof Promise) void answer.then((later) => this.#answer(exchange, handshake, later));
    else this.#answer(exchange, handshake, answer);
  }

  #answer(exchange: UwsExchange, { key, extensions, context }: Handshake, answer: UpgradeAccept | Refusal): void {
    if (!("route" in answer)) {
      exchange.end(answer.status, answer.headers, answer.body);
      return;
    }
    const { route, subprotocol = "" } = answer;
    const userData: UserData = { route, exchange, socket: undefined };
    void exchange.remoteAddress; // kept now: the handler may ask for it when the request is gone
    exchange.release((response) => {
      response.cork(() => response.upgrade(userData, key, subprotocol, extensions, context));
    });
  }

  #openSocket(native: NativeSocket): void {
    const userData = native.getUserData() as UserData;
    const { route, exchange } = userData;
    const socket = new UwsSocket(native, route.bufferedBytesMax, this.#topics);
    userData.socket = socket;
    this.#open.add(socket);
    socket.attach(route.open(socket, exchange));
  }
}
