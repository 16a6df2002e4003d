/** Many readers of `/live` on one server, some of which never read: plain sockets, so that a thousand cost little. */
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** What one reader knows: how many decisions came, in order, and where it was told of a gap. */
export interface CrowdReader {
  readonly socket: Socket;
  decisionCount: number;
  gapCount: number;
  /** `seq` of its last frame, -1 before the snapshot. */
  seq: number;
  /** A frame that did not follow the one before. */
  faults: number;
}

/** Resolves when the snapshot has come. */
export async function joinLive(url: URL): Promise<CrowdReader> {
  const socket = connect(Number(url.port), url.hostname);
  const reader: CrowdReader = { socket, decisionCount: 0, gapCount: 0, seq: -1, faults: 0 };
  const key = randomBytes(16).toString("base64");
  socket.on("error", () => {});
  socket.write(
    `GET /live HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  let held: Buffer = Buffer.alloc(0);
  let isOpen = false;
  await new Promise<void>((resolve, reject) => {
    socket.on("close", () => reject(new Error(`the reader was closed at ${reader.seq}`)));
    socket.on("data", (chunk: Buffer) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      if (!isOpen) {
        const end = held.indexOf("\r\n\r\n");
        if (end < 0) return;
        isOpen = true;
        held = held.subarray(end + 4);
      }
      held = takeFrames(reader, held);
      if (reader.seq >= 0) resolve();
    });
  });
  return reader;
}

/** @returns what is left: the beginning of a frame */
function takeFrames(reader: CrowdReader, bytes: Buffer): Buffer {
  let at = 0;
  for (;;) {
    const frame = frameAt(bytes, at);
    if (frame === undefined) return bytes.subarray(at);
    if (frame.opcode === 1) take(reader, bytes.subarray(frame.start, frame.end));
    if (frame.opcode === PING) reader.socket.write(PONG); // who reads, answers; who does not is taken for dead
    at = frame.end;
  }
}

/** A server's frame, which is not masked; undefined when it is not whole. RFC 6455 §5.2. */
function frameAt(bytes: Buffer, at: number) {
  if (bytes.length < at + 10 && bytes.length < at + 2 + ((bytes[at + 1] ?? 0) < 126 ? (bytes[at + 1] ?? 0) : 8)) return;
  const short = bytes[at + 1]! & 0x7f;
  const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
  if (bytes.length < start) return undefined;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  const end = start + length;
  return bytes.length < end ? undefined : { opcode: bytes[at]! & 0x0f, start, end };
}

/** Reads the head of the frame alone, and counts the decisions behind it: parsing them all would be the test's cost. */
function take(reader: CrowdReader, frame: Buffer): void {
  const head = frame.toString("latin1", 0, 120);
  const decisions = /^\{"type":"decisions","seq":(\d+),"prev":(\d+),/.exec(head);
  const gap = /^\{"type":"gap","from":(\d+),"to":(\d+)/.exec(head);
  const snapshot = /^\{"type":"snapshot","seq":(\d+)/.exec(head);
  if (decisions !== null) {
    if (Number(decisions[2]) !== reader.seq) reader.faults += 1;
    reader.seq = Number(decisions[1]);
    for (let at = frame.indexOf(DECISION); at >= 0; at = frame.indexOf(DECISION, at + 1)) reader.decisionCount += 1;
  } else if (gap !== null) {
    if (Number(gap[1]) !== reader.seq + 1) reader.faults += 1;
    reader.seq = Number(gap[2]);
    reader.gapCount += 1;
  } else if (snapshot !== null) reader.seq = Number(snapshot[1]);
}
const PING = 9;
/** A client's frame: masked, by zeros here, and empty, as the server's ping is. */
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
const DECISION = Buffer.from('{"decision_id":');
