/**
 * One WebSocket of a load client (RFC 6455): frames made beforehand go out, answers are told by their length and first
 * bytes alone. Frames are masked with the key 0, which leaves their bytes as they are, so that ids in them can be
 * counted up in place; the server unmasks them all the same.
 */
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import type { Answer, Link } from "./link.ts";

const FIN_TEXT = 0x81;
const TEXT = 0x1;
const OPCODE_BITS = 0x0f;
const MASKED = 0x80;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const OK = Buffer.from('{"status":200,');
const EMPTY = Buffer.alloc(0);

/** A masked text frame. */
export function socketFrame(body: Buffer): Buffer {
  const key = Buffer.alloc(4);
  if (body.length < LENGTH_16) return Buffer.concat([Buffer.of(FIN_TEXT, MASKED | body.length), key, body]);
  const isShort = body.length < 65_536;
  const head = Buffer.alloc(isShort ? 4 : 10);
  head[0] = FIN_TEXT;
  head[1] = MASKED | (isShort ? LENGTH_16 : LENGTH_64);
  if (isShort) head.writeUInt16BE(body.length, 2);
  else head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, key, body]);
}

/** Splits a stream of bytes into text frames; those of other kinds are passed over. */
export class SocketAnswers {
  readonly #onAnswer: (answer: Answer) => void;
  #head: Buffer = EMPTY;
  #answer: Answer | undefined;
  #bytesLeft = 0;

  constructor(onAnswer: (answer: Answer) => void) {
    this.#onAnswer = onAnswer;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#bytesLeft === 0 && this.#answer === undefined) rest = this.#readHead(rest);
      const taken = Math.min(rest.length, this.#bytesLeft);
      this.#bytesLeft -= taken;
      rest = rest.subarray(taken);
      const answer = this.#answer as Answer | undefined;
      if (answer === undefined || this.#bytesLeft > 0) continue;
      this.#answer = undefined;
      this.#onAnswer(answer);
    }
  }

  #readHead(chunk: Buffer): Buffer {
    const bytes = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    this.#head = EMPTY;
    const short = (bytes[1] ?? 0) & ~MASKED;
    const headBytes = short === LENGTH_16 ? 4 : short === LENGTH_64 ? 10 : 2;
    const length = bytes.length < headBytes ? Number.NaN : lengthOf(bytes, short);
    if (!(bytes.length >= headBytes + Math.min(length, OK.length))) {
      this.#head = bytes; // too little to tell
      return EMPTY;
    }
    this.#bytesLeft = length;
    if (((bytes[0] ?? 0) & OPCODE_BITS) === TEXT) {
      const isOk = bytes.compare(OK, 0, OK.length, headBytes, headBytes + Math.min(length, OK.length)) === 0;
      this.#answer = { isOk, bytes: length };
    }
    return bytes.subarray(headBytes);
  }
}

function lengthOf(bytes: Buffer, short: number): number {
  if (short === LENGTH_16) return bytes.readUInt16BE(2);
  return short === LENGTH_64 ? Number(bytes.readBigUInt64BE(2)) : short;
}

export function openSocketLink(url: URL, onAnswer: (answer: Answer) => void, onEnd: () => void): Promise<Link> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    const answers = new SocketAnswers(onAnswer);
    let handshake = "";
    let isOpen = false;
    socket.once("error", reject);
    socket.on("close", onEnd);
    socket.on("data", (chunk) => {
      if (isOpen) return answers.push(chunk);
      handshake += chunk.toString("latin1");
      const end = handshake.indexOf("\r\n\r\n");
      if (end < 0) return;
      const [status = ""] = handshake.split("\r\n");
      if (!status.includes(" 101 ")) return reject(new Error(`the WebSocket was not opened: ${status}`));
      isOpen = true; // and nothing more has come: the server says nothing before it is spoken to
      resolve({ send: (bytes) => void socket.write(bytes), close: () => void socket.destroy() });
    });
    const key = randomBytes(16).toString("base64");
    socket.write(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n\r\n`,
    );
  });
}
