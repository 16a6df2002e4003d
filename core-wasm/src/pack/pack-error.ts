/** What is wrong with a pack: every fault at once, so that an author mends a file in one go. */
export interface PackFault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units as editors count. */
  readonly column: number;
  readonly reason: string;
}

function byPlace(a: PackFault, b: PackFault): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** A pack that is refused. Its message lists all faults, one `file:line:column reason` a line. */
export class PackError extends Error {
  readonly code = "pack-invalid";
  readonly faults: readonly PackFault[];
  constructor(faults: readonly PackFault[]) {
    const sorted = [...faults].sort(byPlace);
    const lines = sorted.map(({ file, line, column, reason }) => `${file}:${line}:${column} ${reason}`);
    super(`The pack has ${faults.length} ${faults.length === 1 ? "fault" : "faults"}:\n${lines.join("\n")}`);
    this.name = "PackError";
    this.faults = sorted;
  }
}
