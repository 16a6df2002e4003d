/**
 * Segment format, version 1: how records lie in a file and how each is pinned. Pure: bytes in, bytes out.
 * All numbers little-endian. docs/guides/ledger-format.md is the specification; a change here is a new version.
 *
 *   segment   0  "SLUICELG"  8 u32 version  12 u32 header bytes  16 u64 first seq  24 chain before  56 check
 *   frame     0  ff 53 4c 01  4 u32 body bytes  8 u32 records  12 u32 zero  16 u64 first seq  24 u64 time in ms
 *             32 previous chain  64 chain  96 body
 *   body      for each record: u32 length, u8 0x00, the record's JSON text of that length
 *
 *   leaf  = SHA-256(0x00 ‖ record)            the 0x00 lies in the file, so a leaf is the hash of one slice
 *   chain = SHA-256(0x01 ‖ frame header bytes 4 to 64 ‖ leaves)
 *
 * A frame carries the chain before it, so it can be checked by itself; its magic holds bytes that UTF-8 never has, so
 * no record can look like a frame.
 */
import { hash } from "node:crypto";

export const FORMAT_VERSION = 1;
export const SEGMENT_HEADER_BYTES = 64;
export const FRAME_HEADER_BYTES = 96;
/** Before each record: its length and the leaf prefix. */
export const RECORD_HEADER_BYTES = 5;
export const HASH_BYTES = 32;
export const RECORD_BYTES_MAX = 8 * 1024 * 1024;
export const FRAME_RECORDS_MAX = 4096;
/** A frame is closed at 1 MiB; only a record larger than that makes a larger one. */
export const FRAME_BODY_BYTES_TARGET = 1024 * 1024;
export const FRAME_BODY_BYTES_MAX = RECORD_BYTES_MAX + RECORD_HEADER_BYTES;
export const FRAME_MAGIC = Buffer.from([0xff, 0x53, 0x4c, 0x01]);
/** Before the first record of a ledger. */
export const GENESIS_CHAIN: Buffer = Buffer.alloc(HASH_BYTES);

const SEGMENT_MAGIC = Buffer.from("SLUICELG", "latin1");
const CHAIN_PREFIX_BYTES = 61; // 0x01 and frame header bytes 4 to 64

export interface SegmentHeader {
  readonly firstSeq: number;
  readonly chainBefore: Buffer;
}

export interface Frame {
  readonly byteLength: number;
  readonly firstSeq: number;
  readonly timeMs: number;
  /** Views into the buffer that was decoded. */
  readonly previous: Buffer;
  readonly chain: Buffer;
  readonly records: readonly Buffer[];
}

export type DecodedFrame =
  | { readonly kind: "frame"; readonly frame: Frame }
  /** So far it may be a frame; this many bytes from its start are needed to say more. */
  | { readonly kind: "short"; readonly bytesNeeded: number }
  | { readonly kind: "fault"; readonly what: string };

export function encodeSegmentHeader({ firstSeq, chainBefore }: SegmentHeader): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(header);
  header.writeUInt32LE(FORMAT_VERSION, 8);
  header.writeUInt32LE(SEGMENT_HEADER_BYTES, 12);
  writeSeq(header, firstSeq, 16);
  chainBefore.copy(header, 24);
  headerCheck(header).copy(header, 56);
  return header;
}

/** @returns the header, or what is wrong with it. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | string {
  if (bytes.length < SEGMENT_HEADER_BYTES) return "the segment header is incomplete";
  if (!bytes.subarray(0, 8).equals(SEGMENT_MAGIC)) return "the file is not a ledger segment";
  const version = bytes.readUInt32LE(8);
  if (version !== FORMAT_VERSION) return `the segment has format version ${version}; this program reads version 1`;
  if (!bytes.subarray(56, 64).equals(headerCheck(bytes))) return "the segment header does not match its check value";
  return { firstSeq: readSeq(bytes, 16), chainBefore: Buffer.from(bytes.subarray(24, 56)) };
}

/** Writes the frame's header in front of `bodyBytes` that are there already, and returns its chain value. */
export function sealFrame(
  frame: Buffer,
  fields: { bodyBytes: number; records: number; firstSeq: number; timeMs: number; previous: Buffer },
  leaves: Buffer,
): Buffer {
  FRAME_MAGIC.copy(frame);
  frame.writeUInt32LE(fields.bodyBytes, 4);
  frame.writeUInt32LE(fields.records, 8);
  frame.writeUInt32LE(0, 12);
  writeSeq(frame, fields.firstSeq, 16);
  writeSeq(frame, fields.timeMs, 24);
  fields.previous.copy(frame, 32);
  const chain = chainHash(frame, leaves.subarray(0, fields.records * HASH_BYTES));
  chain.copy(frame, 64);
  return chain;
}

/** Reads the frame that starts at `at`, checking its layout, every leaf and its chain value. */
export function decodeFrame(bytes: Buffer, at: number): DecodedFrame {
  const available = bytes.length - at;
  const magicBytes = Math.min(available, FRAME_MAGIC.length);
  if (bytes.compare(FRAME_MAGIC, 0, magicBytes, at, at + magicBytes) !== 0) return fault("no frame starts here");
  if (available < FRAME_HEADER_BYTES) return { kind: "short", bytesNeeded: FRAME_HEADER_BYTES };
  const bodyBytes = bytes.readUInt32LE(at + 4);
  const count = bytes.readUInt32LE(at + 8);
  if (bodyBytes > FRAME_BODY_BYTES_MAX) return fault(`the frame says that it has ${bodyBytes} bytes, above the limit`);
  if (count === 0 || count > FRAME_RECORDS_MAX) return fault(`the frame says that it holds ${count} records`);
  const byteLength = FRAME_HEADER_BYTES + bodyBytes;
  if (available < byteLength) return { kind: "short", bytesNeeded: byteLength };

  const records: Buffer[] = [];
  const leaves = Buffer.allocUnsafe(count * HASH_BYTES);
  const end = at + byteLength;
  let offset = at + FRAME_HEADER_BYTES;
  for (let index = 0; index < count; index += 1) {
    if (offset + RECORD_HEADER_BYTES > end) return fault("the frame's records do not fit its length");
    const recordEnd = offset + RECORD_HEADER_BYTES + bytes.readUInt32LE(offset);
    if (recordEnd > end) return fault("the frame's records do not fit its length");
    if (bytes[offset + 4] !== 0) return fault("a record of the frame lacks its prefix");
    leaves.write(leafOf(bytes.subarray(offset + 4, recordEnd)), index * HASH_BYTES, "latin1");
    records.push(bytes.subarray(offset + RECORD_HEADER_BYTES, recordEnd));
    offset = recordEnd;
  }
  if (offset !== end) return fault("the frame's records do not fill its length");
  const chain = bytes.subarray(at + 64, at + 96);
  if (!chainHash(bytes.subarray(at, end), leaves).equals(chain))
    return fault("the frame's hash does not match its content");
  const [firstSeq, timeMs] = [readSeq(bytes, at + 16), readSeq(bytes, at + 24)];
  const previous = bytes.subarray(at + 32, at + 64);
  return { kind: "frame", frame: { byteLength, firstSeq, timeMs, previous, chain, records } };
}

/**
 * A leaf as 32 characters, one a byte, which takes 40 % less time than a buffer.
 * @param prefixed the record with its 0x00 in front.
 */
export function leafOf(prefixed: Uint8Array): string {
  return hash("sha256", prefixed, "binary");
}

/** Whole numbers up to 2^53 in eight bytes, without BigInt. */
export function writeSeq(bytes: Buffer, value: number, at: number): void {
  bytes.writeUInt32LE(value % 0x1_0000_0000, at);
  bytes.writeUInt32LE(Math.floor(value / 0x1_0000_0000), at + 4);
}
export function readSeq(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 0x1_0000_0000;
}

function chainHash(frame: Buffer, leaves: Buffer): Buffer {
  const input = Buffer.allocUnsafe(CHAIN_PREFIX_BYTES + leaves.length);
  input[0] = 1;
  frame.copy(input, 1, 4, 64);
  leaves.copy(input, CHAIN_PREFIX_BYTES);
  return hash("sha256", input, "buffer");
}

function headerCheck(header: Buffer): Buffer {
  return hash("sha256", header.subarray(0, 56), "buffer").subarray(0, 8);
}

function fault(what: string): DecodedFrame {
  return { kind: "fault", what };
}
