/** Finds a policy by preset name or path, and compiles it for the pack in use. */
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { PackInfo } from "@sluice/core-wasm";
import { EngineError, type PolicyPart } from "@sluice/engine";
import { compilePolicy, loadPreset, type PolicyDocument, PRESETS, type Preset, parsePolicy } from "@sluice/policy";

const isPreset = (name: string): name is Preset => (PRESETS as readonly string[]).includes(name);

/** The file behind a policy, or undefined for a preset, which no one edits while it runs. */
export const policyFile = (nameOrPath: string) => (isPreset(nameOrPath) ? undefined : nameOrPath);

/** @throws {EngineError} `policy-invalid` with every fault, `not-found`. */
export function readPolicy(nameOrPath: string): PolicyDocument {
  if (isPreset(nameOrPath)) return loadPreset(nameOrPath);
  if (!existsSync(nameOrPath)) {
    throw new EngineError(
      "not-found",
      `"${nameOrPath}" is neither a file nor a preset; the presets are ${PRESETS.join(", ")}`,
    );
  }
  return parsePolicy(readFileSync(nameOrPath, "utf8"), basename(nameOrPath));
}

/** @throws {EngineError} as `readPolicy`; `policy-invalid` when the policy does not fit the pack. */
export const loadPolicy = (nameOrPath: string, pack: PackInfo): PolicyPart =>
  compilePolicy(readPolicy(nameOrPath), pack);
