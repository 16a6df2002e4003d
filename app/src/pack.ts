/**
 * Finds, builds and opens detector packs. Two come along, one name each: `default` joins the trained weights to the
 * rules, `rules` has the rules alone. They are compiled when no build has done so yet.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import {
  compilePack,
  createDetector,
  type Detector,
  decodeWeights,
  PackBlobError,
  PackError,
  type PackModel,
  readPack,
  trainedModel,
} from "@sluice/core-wasm";
import { EngineError } from "@sluice/engine";

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const RULES = fromRoot("core-wasm/packs/default");
const WEIGHTS = fromRoot("core-wasm/models/prompt.weights");
const BUILT_IN: ReadonlyMap<string, { readonly path: string; readonly weights?: string }> = new Map([
  ["default", { path: fromRoot("core-wasm/build/default.pack"), weights: WEIGHTS }],
  ["rules", { path: fromRoot("core-wasm/build/rules.pack") }],
]);

/** The file of a pack: one that comes along by its name, the default one when undefined, else the path as it is. */
export function packPath(pack = "default"): string {
  return BUILT_IN.get(pack)?.path ?? pack;
}

/**
 * @param pack the name of a pack that comes along, or the path of a compiled one; the default pack when undefined.
 * @throws {EngineError} `pack-invalid`, `not-found`.
 */
export function openPack(pack: string | undefined): Detector {
  const file = packPath(pack);
  const builtIn = BUILT_IN.get(pack ?? "default");
  if (builtIn !== undefined && !existsSync(file)) buildPack(RULES, file, builtIn.weights);
  let blob: Uint8Array;
  try {
    blob = readFileSync(file);
  } catch (error) {
    throw new EngineError("not-found", `cannot read the pack ${file}: ${(error as Error).message}`, { cause: error });
  }
  return asPackInvalid(file, () => createDetector(blob));
}

/**
 * Compiles a folder of rules into one blob and writes it whole or not at all.
 * @param weights a file of trained weights that is joined to the rules
 * @returns a detector on the new blob, which proves that the kernel takes it.
 * @throws {EngineError} `pack-invalid` naming file, line and reason of every fault; `not-found` for the weights.
 */
export function buildPack(directory: string, out: string, weights?: string): Detector {
  return asPackInvalid(directory, () => {
    const rules = readPack(directory);
    const blob = compilePack(weights === undefined ? rules : joined(rules, weights));
    const detector = createDetector(blob);
    mkdirSync(dirname(out), { recursive: true });
    const unfinished = `${out}.${randomUUID()}.new`;
    writeFileSync(unfinished, blob);
    renameSync(unfinished, out);
    return detector;
  });
}

function joined(rules: PackModel, file: string): PackModel {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new EngineError("not-found", `cannot read the weights ${file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return asPackInvalid(file, () => ({ ...rules, model: trainedModel(decodeWeights(bytes), rules.categories) }));
}

function asPackInvalid<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof PackError) throw new EngineError("pack-invalid", error.message, { cause: error });
    if (error instanceof PackBlobError) {
      throw new EngineError("pack-invalid", `${what}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
