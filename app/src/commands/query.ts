/** `sluice query`: one SELECT over recorded decisions, of a data folder or of a running server. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ANALYTICS_TABLES, QUERY_ROWS_DEFAULT, QUERY_ROWS_MAX, sqlType } from "@sluice/connectors";
import { type Command, Option } from "commander";
import { EXIT, UsageError } from "../exit.ts";
import { lineWriter } from "../line-writer.ts";
import { type Progress, startProgress } from "../progress.ts";
import { formatAnswer, QUERY_FORMATS, type QueryAnswer, type QueryFormat } from "../query/answer.ts";
import { askFolder, askServer } from "../query/ask.ts";
import type { Shell } from "../shell.ts";
import { formatTable } from "../table.ts";
import { examples, serverUrl, wholeNumber } from "./options.ts";

interface Flags {
  readonly data: string;
  readonly http?: URL;
  readonly format?: QueryFormat;
  readonly rows: number;
  readonly schema?: true;
}

export function addQuery(program: Command, shell: Shell): void {
  const rows = `rows to print at most, up to ${QUERY_ROWS_MAX}`;
  const command = program
    .command("query")
    .description("ask recorded decisions in SQL: one SELECT or WITH statement; nothing is ever written")
    .argument("[sql]", "statement over the tables that --schema lists")
    .option("--data <dir>", "data folder, read without disturbing its server", ".sluice")
    .option("--http <url>", "ask a running server instead", serverUrl)
    .addOption(
      new Option("--format <format>", "table, json (one object a line), csv (default: table, json when piped)").choices(
        QUERY_FORMATS,
      ),
    )
    .option("--rows <n>", rows, wholeNumber(1, QUERY_ROWS_MAX), QUERY_ROWS_DEFAULT)
    .option("--schema", "list tables and columns, and ask nothing")
    .action((sql: string | undefined, flags: Flags) => query(sql, flags, shell));
  examples(
    command,
    `sluice query "SELECT action, count(*) FROM decisions GROUP BY ALL ORDER BY 2 DESC"`,
    `sluice query "SELECT rule, sum(times) FROM matches GROUP BY rule ORDER BY 2 DESC LIMIT 10"`,
    `sluice query "SELECT hour, org_id, decisions FROM totals WHERE hour > now() - INTERVAL 1 DAY ORDER BY hour"`,
    `sluice query "SELECT d.event_id, d.org_id, s.score FROM decisions d JOIN scores s USING (seq)
      WHERE s.category = 'cbrn' AND s.score >= 0.3 ORDER BY s.score DESC" --format csv`,
    `sluice query "SELECT tier, quantile_cont(latency_us, 0.99) FROM decisions GROUP BY tier" --http http://127.0.0.1:8080`,
    "sluice query --schema",
  );
}

async function query(sql: string | undefined, flags: Flags, shell: Shell): Promise<void> {
  if (flags.schema) return printLines(shell, schemaLines(shell.stdout.isTTY === true));
  if (sql === undefined) throw new UsageError("give a statement, or --schema to see what can be asked");
  const request = { sql, rowsMax: flags.rows, signal: shell.stop };
  const answer =
    flags.http === undefined ? await readFolder(flags.data, request, shell) : await askServer(flags.http, request);
  const format = flags.format ?? (shell.stdout.isTTY ? "table" : "json");
  await printLines(shell, formatAnswer(answer, format));
  for (const note of notesOn(answer)) shell.stderr.write(`${note}\n`);
  shell.exit(EXIT.success);
}

async function readFolder(data: string, request: Parameters<typeof askFolder>[1], shell: Shell): Promise<QueryAnswer> {
  if (!existsSync(join(data, "ledger"))) {
    throw new UsageError(`there is no ledger in ${data}; name the folder that \`sluice serve --data\` was given`);
  }
  let progress: Progress | undefined;
  try {
    return await askFolder(data, request, ({ bytes, bytesTotal }) => {
      progress ??= startProgress(shell, { label: "reading", total: bytesTotal });
      progress.update(bytes);
    });
  } finally {
    progress?.stop();
  }
}

/** What a reader of the figures must know. */
function notesOn({ rows, isTruncated, searched }: QueryAnswer): string[] {
  const notes: string[] = [];
  if (isTruncated) notes.push(`only the first ${rows.length} rows are shown: add LIMIT, or raise --rows`);
  if (!searched.complete) {
    const { from_seq, to_seq } = searched;
    notes.push(
      `single rows reach from record ${from_seq} to ${to_seq}, which is not the whole ledger: ` +
        "older decisions are in hourly, counts of all in totals",
    );
  }
  return notes;
}

function schemaLines(isForPeople: boolean): string[] {
  const all = ANALYTICS_TABLES.flatMap(({ name, columns }) =>
    columns.map((column) => ({ table: name, column: column.name, type: sqlType(column), about: column.about })),
  );
  if (!isForPeople) return all.map((line) => JSON.stringify(line));
  return ANALYTICS_TABLES.flatMap(({ name, about, columns }) => [
    `${name}: ${about}`,
    ...formatTable(
      ["  column", "type", "meaning"],
      columns.map((column) => [`  ${column.name}`, sqlType(column), column.about]),
    ),
    "",
  ]);
}

async function printLines(shell: Shell, lines: readonly string[]): Promise<void> {
  const out = lineWriter(shell.stdout);
  for (const line of lines) await out.write(line);
  await out.close();
}
