/**
 * One HTTP/1.1 connection of a load client: bytes made beforehand go out, answers are told by their status and length
 * alone. A client library would cost more than the server that it measures.
 */
import { connect, type Socket } from "node:net";
import type { Answer, Link } from "./link.ts";

const HEAD_END = Buffer.from("\r\n\r\n");
const STATUS_AT = "HTTP/1.1 ".length;
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const EMPTY = Buffer.alloc(0);

/** A POST of this body, head and all. */
export function httpRequest(url: URL, type: string, body: Buffer): Buffer {
  const head = `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** Splits a stream of bytes into answers that state their length. */
export class HttpAnswers {
  readonly #onAnswer: (answer: Answer) => void;
  #head: Buffer = EMPTY;
  #answer: Answer | undefined;
  #bodyBytesLeft = 0;

  constructor(onAnswer: (answer: Answer) => void) {
    this.#onAnswer = onAnswer;
  }

  /** @throws {Error} on an answer whose length is not stated */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#answer === undefined) rest = this.#readHead(rest);
      const taken = Math.min(rest.length, this.#bodyBytesLeft);
      this.#bodyBytesLeft -= taken;
      rest = rest.subarray(taken);
      const answer = this.#answer as Answer | undefined;
      if (answer === undefined || this.#bodyBytesLeft > 0) continue;
      this.#answer = undefined;
      this.#onAnswer(answer);
    }
  }

  #readHead(chunk: Buffer): Buffer {
    const bytes = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      this.#head = bytes;
      return EMPTY;
    }
    this.#head = EMPTY;
    const head = bytes.toString("latin1", 0, end);
    const length = LENGTH.exec(head)?.[1];
    if (length === undefined) throw new Error(`an answer that states no length: ${head}`);
    this.#bodyBytesLeft = Number(length);
    this.#answer = { isOk: head.slice(STATUS_AT, STATUS_AT + 3) === "200", bytes: this.#bodyBytesLeft };
    return bytes.subarray(end + HEAD_END.length);
  }
}

export function openHttpLink(url: URL, onAnswer: (answer: Answer) => void, onEnd: () => void): Promise<Link> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    const answers = new HttpAnswers(onAnswer);
    socket.on("data", (chunk) => answers.push(chunk));
    socket.once("error", reject);
    socket.on("close", onEnd);
    socket.once("connect", () =>
      resolve({ send: (bytes) => void socket.write(bytes), close: () => void socket.destroy() }),
    );
  });
}
