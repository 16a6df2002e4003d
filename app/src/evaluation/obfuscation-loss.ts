/**
 * What each way of hiding text costs: labelled records are judged as they are and rewritten, the same ones for every
 * kind. A seeded sample keeps the run short; its size stands in the report.
 */
import { type Random, seededRandom } from "../random.ts";
import { bootstrapRanking, type Estimate } from "../statistics/bootstrap.ts";
import { auroc, countScores } from "../statistics/ranking.ts";
import { type Rate, wilson } from "../statistics/wilson.ts";
import type { Judgement } from "./evaluation.ts";
import { LOSS_MAX, OBFUSCATIONS, type Obfuscation, obfuscate } from "./obfuscation.ts";

/** Records of each label that are rewritten. */
export const SAMPLED_MAX = 2_000;
const RESAMPLES = 200;
const SEED = 20_260_102;

/** Judges a record with its texts rewritten; undefined when the rewriting is refused, for being too long say. */
export type Rejudge = (rewrite: (text: string) => string) => Judgement | undefined;

export interface ObfuscationReport {
  readonly kind: "none" | Obfuscation;
  readonly records: number;
  readonly auroc: Estimate;
  /** AUROC lost against the same records as they are; null when a class is empty. */
  readonly loss: number | null;
  readonly lossMax: number | null;
  readonly recall: Rate;
  readonly falseAlarms: Rate;
}

/** An even sample of a stream of unknown length (Vitter's algorithm R, 1985), seeded. */
export interface Sampler<T> {
  offer(item: T): void;
  readonly items: readonly T[];
}
export function sampler<T>(itemsMax: number, random: Random): Sampler<T> {
  const items: T[] = [];
  let offered = 0;
  return {
    items,
    offer(item) {
      offered += 1;
      if (items.length < itemsMax) items.push(item);
      else {
        const place = random.below(offered);
        if (place < itemsMax) items[place] = item;
      }
    },
  };
}

/** @returns the records as they are first, then one report a kind. */
export function obfuscationReports(
  records: readonly Rejudge[],
  onProgress: (done: number, total: number) => void = () => {},
): ObfuscationReport[] {
  const kinds = ["none", ...OBFUSCATIONS] as const;
  let plainAuroc: number | null = null;
  return kinds.map((kind, index) => {
    const judged = records.flatMap((rejudge, record) => {
      return rejudge((text) => (kind === "none" ? text : obfuscate(text, kind, record))) ?? [];
    });
    onProgress(index + 1, kinds.length);
    const of = (label: Judgement["label"]) => judged.filter((judgement) => judgement.label === label);
    const flagged = (members: readonly Judgement[]) =>
      wilson(members.filter(({ isFlagged }) => isFlagged).length, members.length);
    const risks = (members: readonly Judgement[]) => members.map(({ risk }) => risk);
    const counts = countScores(risks(of("unsafe")), risks(of("safe")));
    const area = auroc(counts);
    if (kind === "none") plainAuroc = area;
    return {
      kind,
      records: judged.length,
      auroc: bootstrapRanking(counts, RESAMPLES, seededRandom(SEED)).auroc,
      loss: area === null || plainAuroc === null ? null : plainAuroc - area,
      lossMax: kind === "none" ? null : LOSS_MAX[kind],
      recall: flagged(of("unsafe")),
      falseAlarms: flagged(of("safe")),
    };
  });
}
