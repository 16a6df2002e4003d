/** What a load client makes of a server's bytes, cut anywhere. */
import { expect, test } from "vitest";
import { HttpAnswers, httpRequest } from "./http-link.ts";
import type { Answer } from "./link.ts";
import { SocketAnswers, socketFrame } from "./socket-link.ts";

interface Reader {
  push(chunk: Buffer): void;
}

function answersOf(make: (onAnswer: (answer: Answer) => void) => Reader, stream: Buffer, size: number): Answer[] {
  const answers: Answer[] = [];
  const reader = make((answer) => answers.push(answer));
  for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
  return answers;
}

const httpAnswer = (status: number, body: string) =>
  Buffer.from(`HTTP/1.1 ${status} Some words\r\nContent-Length: ${body.length}\r\nx: y\r\n\r\n${body}`);

/** As a server sends it: not masked. */
function serverFrame(body: string, opcode = 1): Buffer {
  const masked = socketFrame(Buffer.from(body));
  const headBytes = masked.length - Buffer.byteLength(body) - 4;
  const head = Buffer.from(masked.subarray(0, headBytes));
  head[0] = 0x80 | opcode;
  head[1] = (head[1] ?? 0) & 0x7f;
  return Buffer.concat([head, Buffer.from(body)]);
}

test.each([1, 7, 64, 1 << 20])("HTTP answers are the same in pieces of %i bytes", (size) => {
  const stream = Buffer.concat([httpAnswer(200, "x".repeat(300)), httpAnswer(503, ""), httpAnswer(200, "ok")]);
  expect(answersOf((onAnswer) => new HttpAnswers(onAnswer), stream, size)).toEqual([
    { isOk: true, bytes: 300 },
    { isOk: false, bytes: 0 },
    { isOk: true, bytes: 2 },
  ]);
});

test.each([1, 7, 64, 1 << 20])("WebSocket answers are the same in pieces of %i bytes", (size) => {
  const good = '{"status":200,"processed":1}';
  const stream = Buffer.concat([
    serverFrame(good),
    serverFrame("ping", 9),
    serverFrame('{"status":503,"error":"busy"}'),
    serverFrame(good.padEnd(500)),
    serverFrame(good.padEnd(70_000)),
    serverFrame("{}"),
  ]);
  expect(answersOf((onAnswer) => new SocketAnswers(onAnswer), stream, size)).toEqual([
    { isOk: true, bytes: good.length },
    { isOk: false, bytes: 29 },
    { isOk: true, bytes: 500 },
    { isOk: true, bytes: 70_000 },
    { isOk: false, bytes: 2 },
  ]);
});

test("an answer of no stated length is a fault of the measurement", () => {
  const reader = new HttpAnswers(() => {});
  expect(() => reader.push(Buffer.from("HTTP/1.1 200 OK\r\n\r\n"))).toThrow("no length");
});

test("a request is its head and its body", () => {
  const text = httpRequest(new URL("http://127.0.0.1:1/check?a=b"), "application/json", Buffer.from("{}")).toString();
  expect(text).toBe(
    "POST /check?a=b HTTP/1.1\r\nhost: 127.0.0.1:1\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
  );
});
