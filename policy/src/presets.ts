/** The policies that come with the program. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PolicyDocument } from "./document.ts";
import { parsePolicy } from "./parse.ts";

export const PRESETS = ["default", "cgcp"] as const;
export type Preset = (typeof PRESETS)[number];

/** Absolute path of a preset's file. */
export function presetPath(name: Preset): string {
  return fileURLToPath(new URL(`../policies/${name}.yaml`, import.meta.url));
}

export function loadPreset(name: Preset): PolicyDocument {
  return parsePolicy(readFileSync(presetPath(name), "utf8"), `${name}.yaml`);
}
