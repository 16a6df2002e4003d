/**
 * NATS as any language could speak it: its text protocol over a plain TCP socket, no client library. Enough to publish
 * with headers and to ask for an answer. https://docs.nats.io/reference/reference-protocols/nats-protocol
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface RawNats {
  /** `PUB`: no answer. */
  publish(subject: string, payload: string): void;
  /** Publishes with an inbox to answer to; resolves with the first answer, such as a stream's acknowledgement. */
  request(subject: string, payload: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  /** Resolves when the server has taken everything sent before. */
  flush(): Promise<void>;
  close(): void;
}

interface Waiting {
  readonly resolve: (payload: string) => void;
  readonly reject: (error: Error) => void;
}

export async function connectRaw(url: string): Promise<RawNats> {
  const { hostname, port, username, password } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const inbox = `_INBOX.${randomUUID().replaceAll("-", "")}`;
  const answers = new Map<string, Waiting>();
  const pongs: Waiting[] = [];
  const fail = (error: Error) => {
    for (const { reject } of [...answers.values(), ...pongs.splice(0)]) reject(error);
    answers.clear();
  };
  readFrames(socket, {
    message: (subject, payload) => {
      answers.get(subject)?.resolve(payload);
      answers.delete(subject);
    },
    pong: () => pongs.shift()?.resolve(""),
    failed: (words) => fail(new Error(`nats-server says ${words}`)),
  });
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("the connection to nats-server was closed")));
  const login = username === "" ? {} : { user: username, pass: password };
  socket.write(`CONNECT ${JSON.stringify({ verbose: false, headers: true, no_responders: true, ...login })}\r\n`);
  socket.write(`SUB ${inbox}.* 1\r\n`);
  const flush = () =>
    new Promise<string>((resolve, reject) => {
      pongs.push({ resolve, reject });
      socket.write("PING\r\n");
    });
  await flush();
  return {
    publish: (subject, payload) => void socket.write(`PUB ${subject} ${Buffer.byteLength(payload)}\r\n${payload}\r\n`),
    request(subject, payload, headers = {}) {
      const reply = `${inbox}.${answers.size}-${randomUUID()}`;
      const head = `NATS/1.0\r\n${Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join("")}\r\n`;
      const [headBytes, allBytes] = [Buffer.byteLength(head), Buffer.byteLength(head) + Buffer.byteLength(payload)];
      return new Promise((resolve, reject) => {
        answers.set(reply, { resolve, reject });
        socket.write(`HPUB ${subject} ${reply} ${headBytes} ${allBytes}\r\n${head}${payload}\r\n`);
      });
    },
    flush: async () => void (await flush()),
    close: () => socket.destroy(),
  };
}

interface Frames {
  readonly message: (subject: string, payload: string) => void;
  readonly pong: () => void;
  readonly failed: (words: string) => void;
}

/** Lines, and after `MSG` and `HMSG` so many bytes as their line says. */
function readFrames(socket: Socket, { message, pong, failed }: Frames): void {
  let held = Buffer.alloc(0);
  function take(): boolean {
    const end = held.indexOf("\r\n");
    if (end < 0) return false;
    const [word = "", ...rest] = held.subarray(0, end).toString().split(" ");
    let next = end + 2;
    if (word === "MSG" || word === "HMSG") {
      const bytes = Number(rest.at(-1));
      const headBytes = word === "HMSG" ? Number(rest.at(-2)) : 0;
      if (held.length < next + bytes + 2) return false;
      message(rest[0] ?? "", held.subarray(next + headBytes, next + bytes).toString());
      next += bytes + 2;
    }
    held = held.subarray(next);
    if (word === "PING") socket.write("PONG\r\n");
    if (word === "PONG") pong();
    if (word === "-ERR") failed(rest.join(" "));
    return true;
  }
  socket.on("data", (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (take());
  });
}
