/**
 * Rows of text as aligned lines: the first column to the left, the others to the right. A short row leaves the rest
 * blank.
 */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row.length > 1 ? (row[column] ?? "").length : 0))),
  );
  const align = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [align(header), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(align)];
}
