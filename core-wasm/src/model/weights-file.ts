/**
 * Trained weights as bytes: a header that says what they are, then int8 rows. All little-endian:
 *     0          8               12       12 + headerBytes (a multiple of 4)
 *     | "SLUICEW2" | u32 headerBytes | header, JSON padded with blanks | u32 key[rows] | i8 weight[rows][heads] |
 * Keys (features.ts) rise, each of another row; what is not there is zero for every head. A weight of a head is its
 * int8 times its scale.
 */
import { createHash } from "node:crypto";
import { PackBlobError } from "../pack-blob-error.ts";
import { type Knots, LIMITS, type PackModel, type Side, type TrainedModel } from "../types.ts";
import { CHECK_BITS, type FeatureOptions, ROW_BITS_MAX, ROW_BYTES } from "./features.ts";

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
  /** How sums become scores; a head that is not named here has no calibration and is left out of a pack. */
  readonly scores: ScoreTables;
  /** SHA-256 of the keys and weights. */
  readonly sha256: string;
}

/** Whole numbers alone, so that every machine scores alike. */
export interface ScoreTables {
  /** Sides that the model was trained for. */
  readonly sides: readonly Side[];
  /** By head, the overall one first. */
  readonly heads: readonly { readonly name: string; readonly own: Knots; readonly ceiling: Knots }[];
  /** Overall score (1/10,000) to likelihood ratio (1/1,000). */
  readonly calibration: PackModel["calibration"];
}
export interface Weights {
  readonly header: WeightsHeader;
  readonly keys: Uint32Array;
  /** By key, then head. */
  readonly values: Int8Array;
}

const MAGIC = "SLUICEW2";
/** What the checksum is over. */
export function weightsDigest(keys: Uint32Array, values: Int8Array): string {
  return createHash("sha256").update(bytesOf(keys)).update(bytesOf(values)).digest("hex");
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Int8Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

export function encodeWeights({ header, keys, values }: Weights): Uint8Array {
  const json = JSON.stringify(header);
  const text = json.padEnd(Math.ceil(Buffer.byteLength(json) / 4) * 4);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(text));
  return Buffer.concat([Buffer.from(MAGIC), length, Buffer.from(text), bytesOf(keys), bytesOf(values)]);
}

/** @throws {PackBlobError} when the bytes are no weights, or not the ones that their header names */
export function decodeWeights(bytes: Uint8Array): Weights {
  const buffer = Buffer.from(bytes); // a copy of its own: rows need an aligned start
  if (buffer.subarray(0, MAGIC.length).toString() !== MAGIC) throw new PackBlobError("these bytes are no weights file");
  const start = MAGIC.length + 4;
  const headerBytes = buffer.readUInt32LE(MAGIC.length);
  const header = readHeader(buffer.subarray(start, start + headerBytes).toString());
  const body = Uint8Array.from(buffer.subarray(start + headerBytes));
  const rowBytes = 4 * header.rows;
  if (body.length !== rowBytes + header.rows * header.heads.length)
    throw new PackBlobError("the weights file is cut off");
  if (createHash("sha256").update(body).digest("hex") !== header.sha256) {
    throw new PackBlobError("the weights file is damaged: its content is not what its header names");
  }
  return { header, keys: new Uint32Array(body.buffer, 0, header.rows), values: new Int8Array(body.buffer, rowBytes) };
}

function readHeader(json: string): WeightsHeader {
  let header: Partial<WeightsHeader>;
  try {
    header = JSON.parse(json) as Partial<WeightsHeader>;
  } catch {
    throw new PackBlobError("the weights file is damaged: its header is no JSON");
  }
  if (header.scores === undefined) throw new PackBlobError("the weights file has no tables of scores: train it again");
  return header as WeightsHeader;
}

/** The model of a pack with these categories: heads without a table or a category of the pack are left out. */
export function trainedModel({ header, keys, values }: Weights, categories: readonly string[]): TrainedModel {
  const { features, scores, sha256 } = header;
  const kept = scores.heads.flatMap(({ name, own, ceiling }, index) => {
    const lane = header.heads.findIndex((head) => head.name === name);
    const category = index === 0 ? -1 : categories.indexOf(name);
    return lane < 0 || (index > 0 && category < 0) ? [] : [{ lane, head: { name, category, own, ceiling } }];
  });
  if (!(features.rowBits <= ROW_BITS_MAX)) throw new PackBlobError(`rowBits is ${features.rowBits}: train it again`);
  const dense = new Int8Array(2 ** features.rowBits * ROW_BYTES);
  for (const [place, key] of keys.entries()) {
    const row = (key >>> CHECK_BITS) * ROW_BYTES;
    dense[row + LIMITS.headsMax] = key;
    for (const [to, { lane }] of kept.entries()) {
      dense[row + to] = values[place * header.heads.length + lane] ?? 0;
    }
  }
  const { sides, calibration } = scores;
  return { sha256, features, sides, heads: kept.map(({ head }) => head), calibration, rows: dense };
}
