/**
 * A folder of YAML to a checked pack: `pack.yaml`, and every other `*.yaml` below it as a file of rules, in the order
 * of their paths. The format is described in docs/guides/detection.md §6.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackModel, Rule } from "../types.ts";
import { PackError, type PackFault } from "./pack-error.ts";
import { readPackHeader } from "./pack-header.ts";
import { emptyRuleLedger, readRuleFile } from "./rule-file.ts";
import { readYaml } from "./yaml-value.ts";

/** One file of a pack, its path below the pack's folder with `/` between names. */
export interface PackFile {
  readonly path: string;
  readonly text: string;
}

const HEADER = "pack.yaml";

/**
 * Reads a pack from its files.
 * @param name put before each path in a fault, e.g. the folder
 * @throws {PackError} listing every fault
 */
export function parsePack(files: readonly PackFile[], name = ""): PackModel {
  const faults: PackFault[] = [];
  const report = (fault: PackFault) => faults.push(fault);
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const open = ({ path, text }: PackFile) => readYaml(join(name, path), text, report);

  const headerFile = sorted.find(({ path }) => path === HEADER);
  if (!headerFile) {
    throw new PackError([{ file: join(name, HEADER), line: 1, column: 1, reason: "not found; a pack needs it" }]);
  }
  const headerValue = open(headerFile);
  if (!headerValue) throw new PackError(faults); // without categories every other file would look wrong
  const header = readPackHeader(headerValue);
  const ledger = emptyRuleLedger();
  const rules: Rule[] = sorted
    .filter(({ path }) => path !== HEADER)
    .flatMap((file) => {
      const value = open(file);
      return value ? readRuleFile(value, header, ledger) : [];
    });
  if (rules.length === 0 && faults.length === 0) headerValue.fault("the pack has no rules");
  if (faults.length > 0) throw new PackError(faults);
  return { ...header, rules };
}

/**
 * Reads the pack in a folder.
 * @throws {PackError} listing every fault, or saying that the folder cannot be read
 */
export function readPack(directory: string): PackModel {
  let files: PackFile[];
  try {
    files = readdirSync(directory, { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => path.endsWith(".yaml"))
      .map((path) => ({ path, text: readFileSync(join(directory, path), "utf8") }));
  } catch (error) {
    const reason = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new PackError([{ file: directory, line: 1, column: 1, reason }]);
  }
  return parsePack(files, directory);
}
