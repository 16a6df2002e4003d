/** What is wrong with a policy file. All faults are listed at once, in the order in which they stand in the file. */
import { EngineError } from "@sluice/engine";
import type { Path, Position } from "./document.ts";

export interface PolicyFault extends Position {
  readonly file: string;
  /** Keys joined by dots; "" for the file as a whole. */
  readonly path: string;
  /** What is wrong and what would be right. */
  readonly message: string;
}

export function joinPath(path: Path): string {
  return path.map(String).join(".");
}

/** `file:line:column: path: message`, so that editors can jump to it. */
export function formatFault(fault: PolicyFault): string {
  const at = `${fault.file}:${fault.line}:${fault.column}`;
  return fault.path === "" ? `${at}: ${fault.message}` : `${at}: ${fault.path}: ${fault.message}`;
}

/** An `EngineError` with code `policy-invalid` that carries each fault. */
export class PolicyError extends EngineError {
  readonly faults: readonly PolicyFault[];
  constructor(fileName: string, faults: readonly PolicyFault[]) {
    const sorted = [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
    const count = sorted.length === 1 ? "1 fault" : `${sorted.length} faults`;
    super(
      "policy-invalid",
      [`${fileName} has ${count}; correct and try again:`, ...sorted.map(formatFault)].join("\n"),
    );
    this.name = "PolicyError";
    this.faults = sorted;
  }
}
