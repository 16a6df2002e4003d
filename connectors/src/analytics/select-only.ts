/**
 * Lets through one SELECT or WITH statement and nothing else: the statement becomes a subquery, where the grammar
 * allows no other kind, and it is prepared first, which refuses a second one behind it. Files, network, settings and
 * extensions are shut in the database itself (`duckdb.ts`); this is the other lock on the same door.
 */
import { type Refusal, SQL_CHARS_MAX } from "./contracts.ts";

/** The wrapper stands on lines of its own: a comment at the end of the statement cannot reach it. */
const HEAD = "SELECT * FROM (\n";
const HEAD_LINES = 1;

export interface Wrapped {
  readonly sql: string;
}

/** One row more than `rowsMax` is asked for, to know whether there was more. */
export function wrapSelect(statement: string, rowsMax: number): Wrapped | Refusal {
  if (statement.length > SQL_CHARS_MAX) return invalid(`the statement is longer than ${SQL_CHARS_MAX} characters`);
  const sql = statement.replace(/;(?:\s|--[^\n]*|\/\*[\s\S]*?\*\/)*$/, "");
  const word = /^(?:\s|\(|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*([a-z]+)/i.exec(sql)?.[1]?.toUpperCase();
  if (word === undefined)
    return invalid("there is no statement: write a SELECT, such as SELECT count(*) FROM decisions");
  if (word !== "SELECT" && word !== "WITH") {
    return invalid(`${word} is not allowed: one SELECT or WITH statement is, because analytics is only read`);
  }
  return { sql: `${HEAD}${sql}\n) AS answer LIMIT ${rowsMax + 1}` };
}

/** DuckDB's message in our words: without the copy of the statement, with the place in what the caller wrote. */
export function explainFault(message: string): Refusal {
  const place = /\n\s*LINE (\d+): ([^\n]*)\n( *)\^/.exec(message);
  const said = message.split(/\n\s*LINE \d+:/)[0]!.trim();
  const [first = said] = said.split("\n\n"); // what follows is advice on installing extensions, which are shut
  const isExtension = /extension/i.test(said);
  const text = isExtension ? `${first}. Extensions are shut: json, parquet and time zones are not there.` : first;
  const refusal = invalid(text.replace(/\s*\n\s*/g, "; "));
  if (place === null) return refusal;
  const line = Number(place[1]) - HEAD_LINES;
  const head = `LINE ${place[1]}: `;
  const column = place[3]!.length - head.length + 1;
  // DuckDB shortens long lines; the column then counts within what it shows.
  const isWhole = !place[2]!.startsWith("...");
  return line < 1 || !isWhole ? refusal : { ...refusal, position: { line, column } };
}

function invalid(message: string): Refusal {
  return { kind: "refused", reason: "invalid", message };
}
