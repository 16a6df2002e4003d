/**
 * `npm run train -- --encoder`: a linear head for the sentence encoder, which second opinions may ask. Learns from the
 * same records as the trained model, a sample of each source, and is judged in the same way, by leaving sources out.
 */
import { authoredCorpus } from "./corpus/corpus.ts";
import { type DenseHead, denseLogOdds, learnDense } from "./dense-head.ts";
import { type LsoReport, lsoReport } from "./lso-report.ts";
import { seededRandom } from "./random.ts";
import { familyOf, isShippable, type LabelledText } from "./records.ts";

export interface EncoderSettings {
  readonly seed: number;
  /** Encoding is what takes the time. */
  readonly recordsPerSource: number;
  readonly recordsPerAuthoredFamily: number;
  /** Of an authored record, against a record of a source. */
  readonly authoredWeight: number;
  readonly rounds: number;
  readonly rate: number;
  readonly ridge: number;
}
export const ENCODER_DEFAULTS: EncoderSettings = {
  ...{ seed: 1, recordsPerSource: 80, recordsPerAuthoredFamily: 10, authoredWeight: 0.3 },
  ...{ rounds: 150, rate: 0.2, ridge: 3e-4 },
};

interface Text {
  readonly text: string;
  readonly isUnsafe: boolean;
  readonly source: string;
  readonly family: string;
  readonly mayTeach: boolean;
  readonly isAuthored: boolean;
}
export interface EncoderHead {
  readonly report: LsoReport;
  readonly learnt: number;
  /** As the adapter reads it: score = 1 / (1 + exp(-(bias + scale · Σ int8 · vector))). */
  readonly bias: number;
  readonly scale: number;
  readonly weights: Int8Array;
}

export type Encode = (texts: readonly string[], onProgress: (done: number) => void) => Promise<Float32Array[]>;

/** @param encode unit vectors, one a text */
export async function trainEncoderHead(
  records: readonly LabelledText[],
  settings: EncoderSettings,
  encode: Encode,
  onProgress: (line: string) => void,
): Promise<EncoderHead> {
  const texts = textsOf(records, settings);
  const vectors = await encode(
    texts.map(({ text }) => text),
    (done) => onProgress(`encoded ${done} of ${texts.length}`),
  );
  return headOf(texts, vectors, settings, onProgress);
}

function headOf(
  texts: readonly Text[],
  vectors: readonly Float32Array[],
  settings: EncoderSettings,
  onProgress: (line: string) => void,
): EncoderHead {
  const learnWithout = (family: string | undefined): DenseHead => {
    const kept = texts.flatMap((text, index) => (text.mayTeach && text.family !== family ? [index] : []));
    return learnDense(sampleOf(texts, vectors, kept, settings), settings);
  };
  const all = learnWithout(undefined);
  const families = [...new Set(texts.filter(({ isAuthored, mayTeach }) => !isAuthored && mayTeach).map(familyIn))];
  const heads = new Map(
    families.map((family, index) => {
      onProgress(`fold ${index + 1} of ${families.length}`);
      return [family, learnWithout(family)];
    }),
  );
  const judged = texts.flatMap(({ source, family, isUnsafe, isAuthored }, index) => {
    const score = denseLogOdds(heads.get(family) ?? all, vectors[index] as Float32Array);
    return isAuthored ? [] : [{ source, isUnsafe, score, weight: 1 }];
  });
  const report = lsoReport(judged, seededRandom(settings.seed));
  const learnt = texts.filter(({ mayTeach }) => mayTeach).length;
  return { report, learnt, ...quantised(all, report.calibration) };
}

const familyIn = ({ family }: Text) => family;

function textsOf(records: readonly LabelledText[], settings: EncoderSettings): Text[] {
  const prompts = records.filter(({ role, text }) => role === "prompt" && text.trim() !== "");
  const public_ = prompts.map(({ text, isUnsafe, source, ...record }) => {
    return { text, isUnsafe, source, family: familyOf(source), mayTeach: isShippable(record), isAuthored: false };
  });
  const authored = authoredCorpus(settings.seed).map(({ text, isUnsafe, family }) => {
    const source = `authored/${family}`;
    return { text, isUnsafe, source, family: source, mayTeach: true, isAuthored: true };
  });
  return [
    ...sampled(public_, settings.recordsPerSource, settings.seed),
    ...sampled(authored, settings.recordsPerAuthoredFamily, settings.seed),
  ];
}

/** At most so many of each source, by a shuffle of all. */
function sampled(texts: readonly Text[], most: number, seed: number): Text[] {
  const random = seededRandom(seed);
  const order = texts.map((text) => ({ text, place: random.below(2 ** 31) })).sort((a, b) => a.place - b.place);
  const counts = new Map<string, number>();
  return order.flatMap(({ text }) => {
    const count = counts.get(text.source) ?? 0;
    counts.set(text.source, count + 1);
    return count < most ? [text] : [];
  });
}

/** A source of n records weighs √n, as for the trained model. */
function sampleOf(
  texts: readonly Text[],
  vectors: readonly Float32Array[],
  kept: readonly number[],
  { authoredWeight }: EncoderSettings,
) {
  const counts = new Map<string, number>();
  for (const index of kept) {
    const { source } = texts[index] as Text;
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  const weightOf = ({ source, isAuthored }: Text) =>
    (isAuthored ? authoredWeight : 1) / Math.sqrt(counts.get(source) as number);
  return {
    vectors: kept.map((index) => vectors[index] as Float32Array),
    isUnsafe: kept.map((index) => (texts[index] as Text).isUnsafe),
    weights: kept.map((index) => weightOf(texts[index] as Text)),
  };
}

/** Calibrated as on sources that were left out, both classes weighing the same; int8 with one scale. */
function quantised({ weights, bias }: DenseHead, { slope, intercept }: LsoReport["calibration"]) {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = largest / 127;
  return {
    bias: slope * bias + intercept,
    scale: slope * scale,
    weights: Int8Array.from(weights, (weight) => Math.round(weight / scale)),
  };
}

/** The head as a source file of the adapter's package: it is small, and no file has to be found at run time. */
export function headSource({ report, learnt, bias, scale, weights }: EncoderHead): string {
  const round = (value: number) => Number(value.toPrecision(6));
  const { even, sources } = report;
  return `/** Head of the sentence encoder: made by \`npm run train -- --encoder\`, from records whose licence allows it. */
export const ENCODER_HEAD = {
  bias: ${round(bias)},
  scale: ${round(scale)},
  /** Int8, one a dimension, as base64. */
  weights:
    "${Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength).toString("base64")}",
  learntFrom: ${learnt},
  /** By leaving sources out, each source weighing the same. */
  leaveSourceOut: { auroc: ${even.auroc.toFixed(4)}, auprc: ${even.auprc.toFixed(4)}, sources: ${sources} },
} as const;
`;
}
