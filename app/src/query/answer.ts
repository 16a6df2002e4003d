/** The answer to a question in SQL, wherever it was asked, and the ways it is printed. */
import { printable } from "../decision-line.ts";
import { formatTable } from "../table.ts";

export const QUERY_FORMATS = ["table", "json", "csv"] as const;
export type QueryFormat = (typeof QUERY_FORMATS)[number];

export interface QueryAnswer {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly isTruncated: boolean;
  readonly searched: { readonly from_seq: number; readonly to_seq: number; readonly complete: boolean };
}

/** The answer as lines: a table for people, one JSON object a row, or CSV (RFC 4180). */
export function formatAnswer({ columns, rows }: QueryAnswer, format: QueryFormat): string[] {
  const names = columns.map(({ name }) => name);
  if (format === "json") return rows.map((row) => JSON.stringify(objectOf(names, row)));
  if (format === "csv") return [names, ...rows].map((row) => row.map(csvCell).join(","));
  const cells = rows.map((row) => row.map((value) => printable(plain(value))));
  return formatTable(names.map(printable), cells);
}

function objectOf(names: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name, at) => [name, row[at]]));
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Ids come from senders: a cell that a spreadsheet would run as a formula is made text by a leading quote. */
function csvCell(value: unknown): string {
  const text = plain(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The statement with a mark under the place of the fault. */
export function pointAt(sql: string, { line, column }: { readonly line: number; readonly column: number }): string {
  const text = printable(sql.split("\n")[line - 1] ?? "");
  return `  ${text}\n  ${" ".repeat(Math.max(0, column - 1))}^ line ${line}, column ${column}`;
}
