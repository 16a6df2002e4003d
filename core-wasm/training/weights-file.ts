/**
 * Trained weights as bytes: a header that says what they are, then int8 rows. All little-endian:
 *     0          8               12       12 + headerBytes (a multiple of 4)
 *     | "SLUICEW1" | u32 headerBytes | header, JSON padded with blanks | u32 row[rows] | i8 weight[rows][heads] |
 * Row numbers rise; a row that is not there is zero for every head. A head's weight is its int8 times its scale.
 */
import { createHash } from "node:crypto";
import type { FeatureOptions } from "./features.ts";
import type { LinearModel } from "./learner.ts";

export interface WeightsHeader {
  readonly features: FeatureOptions;
  readonly heads: readonly { readonly name: string; readonly bias: number; readonly scale: number }[];
  readonly rows: number;
  /** Log odds of `risk` to probability at base rate one half, and thresholds by wanted false alarms, from LSO scores. */
  readonly calibration: {
    readonly slope: number;
    readonly intercept: number;
    readonly thresholds: readonly { readonly falseAlarms: number; readonly logOdds: number }[];
  };
  /** SHA-256 of the rows and weights. */
  readonly sha256: string;
}
export interface Weights {
  readonly header: WeightsHeader;
  readonly rows: Uint32Array;
  /** By row, then head. */
  readonly values: Int8Array;
}

const MAGIC = "SLUICEW1";
const INT8_MAX = 127;
/** A weight further out is cut: a few large ones would else leave the rest without steps. */
const CLIP_DEVIATIONS = 8;

/**
 * @param models one a head, all over the same rows
 * @param oldRows number of each of their rows in the full table
 */
export function quantise(
  models: readonly { readonly name: string; readonly model: LinearModel }[],
  oldRows: Uint32Array,
  rest: Pick<WeightsHeader, "features" | "calibration">,
): Weights {
  const scales = models.map(({ model }) => scaleOf(model.weights));
  const codes = models.map(({ model }, head) =>
    Int8Array.from(model.weights, (weight) => {
      return Math.max(-INT8_MAX, Math.min(INT8_MAX, Math.round(weight / (scales[head] ?? 1))));
    }),
  );
  const order = Uint32Array.from(oldRows.keys())
    .filter((row) => codes.some((code) => code[row] !== 0))
    .sort((a, b) => oldRows[a]! - oldRows[b]!);
  const rows = order.map((row) => oldRows[row]!);
  const values = new Int8Array(order.length * models.length);
  for (const [place, row] of order.entries()) {
    for (const [head, code] of codes.entries()) values[place * models.length + head] = code[row]!;
  }
  const heads = models.map(({ name, model }, head) => ({ name, bias: model.bias, scale: scales[head] ?? 1 }));
  const sha256 = createHash("sha256").update(bytesOf(rows)).update(bytesOf(values)).digest("hex");
  return { header: { ...rest, heads, rows: rows.length, sha256 }, rows, values };
}

/** Eight standard deviations of the weights that are not zero, in 127 steps. */
function scaleOf(weights: Float32Array): number {
  let count = 0;
  let squares = 0;
  for (const weight of weights) {
    if (weight === 0) continue;
    count += 1;
    squares += weight * weight;
  }
  return count === 0 ? 1 : (CLIP_DEVIATIONS * Math.sqrt(squares / count)) / INT8_MAX;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Int8Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

export function encodeWeights({ header, rows, values }: Weights): Uint8Array {
  const json = JSON.stringify(header);
  const text = json.padEnd(Math.ceil(Buffer.byteLength(json) / 4) * 4);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(text));
  return Buffer.concat([Buffer.from(MAGIC), length, Buffer.from(text), bytesOf(rows), bytesOf(values)]);
}

/** @throws {Error} when the bytes are no weights, or not the ones that their header names */
export function decodeWeights(bytes: Uint8Array): Weights {
  const buffer = Buffer.from(bytes); // a copy of its own: rows need an aligned start
  if (buffer.subarray(0, MAGIC.length).toString() !== MAGIC) throw new Error("these bytes are no weights file");
  const start = MAGIC.length + 4;
  const headerBytes = buffer.readUInt32LE(MAGIC.length);
  const header = JSON.parse(buffer.subarray(start, start + headerBytes).toString()) as WeightsHeader;
  const body = Uint8Array.from(buffer.subarray(start + headerBytes));
  const rowBytes = 4 * header.rows;
  if (body.length !== rowBytes + header.rows * header.heads.length) throw new Error("the weights file is cut off");
  if (createHash("sha256").update(body).digest("hex") !== header.sha256) {
    throw new Error("the weights file is damaged: its content is not what its header names");
  }
  return { header, rows: new Uint32Array(body.buffer, 0, header.rows), values: new Int8Array(body.buffer, rowBytes) };
}
