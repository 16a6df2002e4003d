/**
 * Risk by category and access tier over the last five minutes: how many decisions scored in a category, how high, and
 * how many of them were escalated or blocked. A decision counts once a category, with the higher of its two sides.
 */
import type { Decision } from "@sluice/engine";
import { countRing } from "./count-ring.ts";
import { nameSlots } from "./name-slots.ts";

/** What every "last five minutes" on the page is: 30 buckets of 10 s. */
export const SPAN = { buckets: 30, bucketMs: 10_000, minutes: 5 } as const;
export const RISK_MAP = { categoriesMax: 32, tiersMax: 8 } as const;

export interface RiskCell {
  readonly category: string;
  readonly tier: string;
  /** Decisions with a score of at least 0.01 in the category. */
  readonly count: number;
  /** Mean of those scores, 0 to 1. */
  readonly mean: number;
  /** Of them, escalated or blocked. */
  readonly severe: number;
}

export interface RiskView {
  /** Most counted first. */
  readonly categories: readonly string[];
  readonly tiers: readonly string[];
  /** Decisions of each tier, scored or not, by the order of `tiers`. */
  readonly tierCounts: readonly number[];
  /** Only those counted. */
  readonly cells: readonly RiskCell[];
}

export interface RiskMap {
  /** @param weight how many decisions this one stands for when the feed is sampled */
  add(decision: Decision, nowMs: number, weight: number): void;
  view(nowMs: number): RiskView;
  clear(): void;
}

const COUNT = 0;
const SUM = 1;
const SEVERE = 2;
const KINDS = 3;

export function riskMap(): RiskMap {
  const categories = nameSlots(RISK_MAP.categoriesMax);
  const tiers = nameSlots(RISK_MAP.tiersMax);
  const columns = RISK_MAP.categoriesMax + 1;
  const rows = RISK_MAP.tiersMax + 1;
  const tierTotals = rows * columns * KINDS; // behind the cells: one count a tier
  const ring = countRing({ ...SPAN, width: tierTotals + rows });

  function addScore(decision: Decision, tier: number, category: string, weight: number): void {
    const { prompt, completion } = decision.scores;
    const score = Math.max(prompt[category] ?? 0, completion[category] ?? 0);
    const at = (tier * columns + categories.slotOf(category)) * KINDS;
    ring.add(at + COUNT, weight);
    ring.add(at + SUM, score * weight);
    if (decision.action === "block" || decision.action === "escalate") ring.add(at + SEVERE, weight);
  }
  return {
    add(decision, nowMs, weight) {
      ring.turn(nowMs);
      const tier = tiers.slotOf(decision.tier);
      ring.add(tierTotals + tier, weight);
      const { prompt, completion } = decision.scores;
      for (const category in prompt) addScore(decision, tier, category, weight);
      for (const category in completion) if (!(category in prompt)) addScore(decision, tier, category, weight);
    },
    view(nowMs) {
      ring.turn(nowMs);
      const sums = ring.sums();
      const cells: RiskCell[] = [];
      const byCategory = new Map<string, number>();
      const shown: { readonly tier: string; readonly count: number }[] = [];
      for (let tier = 0; tier < rows; tier += 1) {
        const decided = sums[tierTotals + tier] ?? 0;
        if (decided === 0) continue;
        shown.push({ tier: tiers.nameOf(tier), count: decided });
        for (let slot = 0; slot < columns; slot += 1) {
          const at = (tier * columns + slot) * KINDS;
          const count = sums[at + COUNT] ?? 0;
          if (count === 0) continue;
          const category = categories.nameOf(slot);
          byCategory.set(category, (byCategory.get(category) ?? 0) + count);
          const [mean, severe] = [(sums[at + SUM] ?? 0) / count, sums[at + SEVERE] ?? 0];
          cells.push({ category, tier: tiers.nameOf(tier), count, mean, severe });
        }
      }
      shown.sort((left, right) => right.count - left.count || (left.tier < right.tier ? -1 : 1));
      return {
        categories: [...byCategory].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name),
        tiers: shown.map(({ tier }) => tier),
        tierCounts: shown.map(({ count }) => count),
        cells,
      };
    },
    clear() {
      ring.clear();
      categories.clear();
      tiers.clear();
    },
  };
}
