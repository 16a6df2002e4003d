/** Test material: an HTTP client that sends what it is told, and a WebSocket client that keeps what it gets. */
import { type IncomingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";
import { WebSocket } from "ws";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly json: any;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export function call(port: number, path: string, { method = "GET", headers = {}, body }: Call = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = incoming.headers["content-type"]?.startsWith("application/json");
        const json = isJson && text !== "" ? JSON.parse(text) : undefined;
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

export function post(port: number, path: string, body: unknown, type = "application/json"): Promise<Answer> {
  const text = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  return call(port, path, { method: "POST", headers: { "content-type": type }, body: text });
}

/** A whole answer of a known length: what a client needs to leave, as one that was told `connection: close` does. */
const WHOLE_ANSWER =
  /^(?:HTTP\/1\.1 100 Continue\r\n\r\n)?HTTP\/1\.1 [2-5][\s\S]*?\r\ncontent-length: (\d+)\r\n(?:[\s\S]*?\r\n)?\r\n([\s\S]*)$/i;

/**
 * Bytes over a plain socket, and all that came back until the server closed it, or had closed it if the client did not
 * leave with the whole answer in hand.
 */
export async function raw(port: number, send: (socket: Socket) => void): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    const [, length, body] = WHOLE_ANSWER.exec(received) ?? [];
    if (/\r\nconnection: close\r\n/i.test(received) && body?.length === Number(length)) socket.destroy();
  });
  socket.on("error", () => {}); // a reset after the answer is a way of closing too
  socket.on("connect", () => send(socket));
  await new Promise((resolve) => socket.on("close", resolve));
  return received;
}

export interface TestSocket {
  readonly ws: WebSocket;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into frames of every shape
  readonly frames: any[];
  /** Resolves when `isDone` says so of the frames so far. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  until(isDone: (frames: any[]) => boolean): Promise<void>;
  readonly closed: Promise<number>;
}

export async function openSocket(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  protocols: string[] = [],
): Promise<TestSocket> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers });
  const frames: unknown[] = [];
  let check = () => {};
  ws.on("message", (data) => {
    frames.push(JSON.parse(String(data)));
    check();
  });
  const closed = new Promise<number>((resolve) => ws.on("close", resolve));
  await new Promise((resolve, reject) => ws.on("open", resolve).on("error", reject));
  return {
    ws,
    frames,
    closed,
    until: (isDone) =>
      new Promise((resolve) => {
        check = () => {
          if (isDone(frames)) resolve();
        };
        check();
      }),
  };
}

/** Status of an upgrade that is refused. */
export function refusedUpgrade(port: number, path: string, headers: Readonly<Record<string, string>> = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    ws.on("open", () => reject(new Error("the upgrade was accepted")));
    ws.on("error", () => {});
    ws.on("unexpected-response", (_request, incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: JSON.parse(text) });
      });
    });
  });
}
