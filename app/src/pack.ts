/**
 * Finds, builds and opens detector packs. The default pack is compiled from its rules when no build has done so yet.
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
export const DEFAULT_PACK_PATH = fromRoot("core-wasm/build/default.pack");
const DEFAULT_PACK_RULES = fromRoot("core-wasm/packs/default");

/**
 * @param path a compiled pack; the default pack when undefined.
 * @throws {EngineError} `pack-invalid`, `not-found`.
 */
export function openPack(path: string | undefined): Detector {
  if (path === undefined && !existsSync(DEFAULT_PACK_PATH)) buildPack(DEFAULT_PACK_RULES, DEFAULT_PACK_PATH);
  const file = path ?? DEFAULT_PACK_PATH;
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
