/** The default rules with the trained weights, joined as `sluice pack build --model` joins them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compilePack, decodeWeights, type PackModel, readPack, trainedModel } from "@sluice/core-wasm";

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const defaultRules = (): PackModel => readPack(fromRoot("core-wasm/packs/default"));

/** Rules and model as one, not compiled yet. */
export function joinedRules(): PackModel {
  const rules = defaultRules();
  const weights = decodeWeights(readFileSync(fromRoot("core-wasm/models/prompt.weights")));
  return { ...rules, model: trainedModel(weights, rules.categories) };
}

export const modelPack = (): Uint8Array => compilePack(joinedRules());
