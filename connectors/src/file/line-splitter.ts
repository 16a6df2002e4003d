/**
 * Cuts a stream of bytes into lines at LF. Blank lines are counted and left out. Holds at most one line of
 * `lineBytesMax`; of a longer one it keeps nothing but where it stood.
 */
export interface SplitLine {
  /** Without its LF; undefined when the line was longer than `lineBytesMax`. */
  readonly bytes: Uint8Array | undefined;
  /** From 0, blank lines included. */
  readonly index: number;
}

export interface LineSplitter {
  /** Lines that end in this chunk. Their bytes are the caller's to keep as long as the chunk is not changed. */
  push(chunk: Uint8Array): readonly SplitLine[];
  /** The last line, when the input does not end with LF. */
  finish(): readonly SplitLine[];
}

const LF = 0x0a;
const BLANKS = new Set([0x09, 0x0d, 0x20]);

export function lineSplitter(lineBytesMax: number): LineSplitter {
  /** Pieces of a line that began in an earlier chunk. */
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isTooLong = false;
  let index = 0;

  function hold(piece: Uint8Array): void {
    if (piece.byteLength === 0) return;
    isTooLong ||= heldBytes + piece.byteLength > lineBytesMax;
    if (isTooLong) {
      held = [];
      heldBytes = 0;
      return;
    }
    held.push(piece);
    heldBytes += piece.byteLength;
  }
  function endLine(lines: SplitLine[]): void {
    const bytes = held.length === 1 ? held[0]! : Buffer.concat(held, heldBytes);
    if (isTooLong) lines.push({ bytes: undefined, index });
    else if (!bytes.every((byte) => BLANKS.has(byte))) lines.push({ bytes, index });
    held = [];
    heldBytes = 0;
    isTooLong = false;
    index += 1;
  }
  return {
    push(chunk) {
      const lines: SplitLine[] = [];
      let start = 0;
      for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
        hold(chunk.subarray(start, end));
        endLine(lines);
        start = end + 1;
      }
      hold(chunk.subarray(start));
      return lines;
    },
    finish() {
      const lines: SplitLine[] = [];
      if (held.length > 0 || isTooLong) endLine(lines);
      return lines;
    },
  };
}
