/** What a run is made with, unless told otherwise: chosen by leave-source-out scores alone (docs/guides/model.md). */
import type { FeatureOptions } from "../src/model/features.ts";
import type { LearnOptions } from "./learner.ts";
import type { WeightOptions } from "./lesson-weights.ts";
import type { TopicOptions } from "./topic-margin.ts";

export interface TrainSettings {
  readonly features: FeatureOptions;
  readonly learning: LearnOptions;
  readonly weighting: WeightOptions;
  readonly topics: TopicOptions;
}

export const DEFAULTS: TrainSettings = {
  features: { rowBits: 18, charsMin: 2, charsMax: 6 },
  learning: { epochs: 4, rate: 0.1, l2: 0.00001, smoothing: 0.1, ratioPrior: 1, ratioMax: 4, seed: 1 },
  weighting: { sourcePower: 0.5, authoredShare: 0.48, unsafeShare: 0.2, familiesMin: 4, authoredHolders: 4 },
  topics: { attackShare: 0.4 },
};

/**
 * Settings with some changed, each as `part.name=value`, for trying things out.
 * @throws {Error} for a name that is not there, or a value of another type
 */
export function changedSettings(changes: readonly string[]): TrainSettings {
  const settings = structuredClone(DEFAULTS) as unknown as Record<string, Record<string, unknown>>;
  for (const change of changes) {
    const [path = "", text = ""] = change.split("=");
    const [part = "", name = ""] = path.split(".");
    const section = settings[part];
    const value: unknown = JSON.parse(text);
    if (section === undefined || typeof section[name] !== typeof value) {
      throw new Error(`no setting takes ${change}; the settings are ${JSON.stringify(DEFAULTS)}`);
    }
    section[name] = value;
  }
  return settings as unknown as TrainSettings;
}
