/**
 * The tables that questions are asked of. Single rows lie in generations (`decisions_3`, `scores_3`, `matches_3`), so
 * that old ones are dropped whole and their memory is free at once; views put the generations together again.
 */
import type { ColumnKind, ColumnSpec } from "./arrow-batch.ts";

export interface DocumentedColumn extends ColumnSpec {
  /** For `sluice query --schema`. */
  readonly about: string;
}

const column = (name: string, kind: ColumnKind, about: string): DocumentedColumn => ({ name, kind, about });

/** One row a decision. */
export const DECISION_COLUMNS: readonly DocumentedColumn[] = [
  column("seq", "long", "ledger sequence"),
  column("event_id", "text", "as the sender named the event"),
  column("timestamp", "time", "event time, UTC"),
  column("decided_at", "time", "when it was decided, UTC"),
  column("org_id", "text", "organisation"),
  column("user_id", "text", "user"),
  column("conversation_id", "text", "null when the event named none"),
  column("surface", "text", "api, claude_web, …"),
  column("tier", "text", "access tier of the caller"),
  column("model_version", "text", "null when the event named none"),
  column("action", "text", "allow, warn, redact, escalate, block"),
  column("severity", "text", "none, low, medium, high, critical"),
  column("intervention", "text", "none, notice, rate_limit, restrict, suspend"),
  column("risk", "decimal", "probability that the event is unsafe"),
  column("top_category", "text", "category of the highest score; null when none reached 0.01"),
  column("top_score", "decimal", "the highest score of both sides; 0 when none"),
  column("asl_level", "integer", "null when no ASL trigger"),
  column("reason", "text", "code of the first reason; null when none"),
  column("latency_us", "integer", "work on the event in microseconds"),
  column("policy", "text", "first 12 hex digits of the policy's hash"),
  column("pack", "text", "first 12 hex digits of the pack's hash"),
  column("mode", "text", "enforce, shadow"),
  column("revision", "integer", "of the decision"),
  column("synthetic", "flag", "made on synthetic traffic"),
];

/** One row for each side and category that scores at least 0.01. */
export const SCORE_COLUMNS: readonly DocumentedColumn[] = [
  column("seq", "long", "of the decision"),
  column("side", "text", "prompt, completion"),
  column("category", "text", "risk category"),
  column("score", "decimal", "0.01 to 1"),
];

/** One row for each side and rule that matched. */
export const MATCH_COLUMNS: readonly DocumentedColumn[] = [
  column("seq", "long", "of the decision"),
  column("side", "text", "prompt, completion"),
  column("category", "text", "risk category"),
  column("rule", "text", "id of the rule"),
  column("times", "integer", "how often it matched"),
];

/** Hours of event time, for rows that were rolled up; an hour that is null holds what no longer has one. */
const HOURLY_COLUMNS: readonly DocumentedColumn[] = [
  column("hour", "time", "start of the hour of event time, UTC"),
  column("org_id", "text", "organisation, or other"),
  column("surface", "text", "surface, or other"),
  column("tier", "text", "access tier, or other"),
  column("action", "text", "as in decisions"),
  column("synthetic", "flag", "made on synthetic traffic"),
  column("decisions", "long", "how many"),
  column("asl_triggers", "long", "of these, with an ASL trigger"),
  column("latency_us_sum", "long", "sum over these"),
  column("latency_us_max", "integer", "largest of these"),
];
const HOURLY_CATEGORY_COLUMNS: readonly DocumentedColumn[] = [
  ...HOURLY_COLUMNS.slice(0, 5),
  column("category", "text", "risk category"),
  column("decisions", "long", "with a score of at least 0.01 in it, on either side"),
  column("detections", "long", "with a score above 0.5 in it, as /metrics counts risk_detections"),
];

export interface DocumentedTable {
  readonly name: string;
  readonly about: string;
  readonly columns: readonly DocumentedColumn[];
}

export const ANALYTICS_TABLES: readonly DocumentedTable[] = [
  { name: "decisions", about: "the newest decisions, one row each", columns: DECISION_COLUMNS },
  { name: "scores", about: "their scores, by side and category", columns: SCORE_COLUMNS },
  { name: "matches", about: "their matched rules, by side", columns: MATCH_COLUMNS },
  { name: "hourly", about: "older decisions, counted by hour", columns: HOURLY_COLUMNS },
  { name: "hourly_categories", about: "older decisions, counted by category", columns: HOURLY_CATEGORY_COLUMNS },
  { name: "totals", about: "all decisions by hour: hourly and decisions together", columns: HOURLY_COLUMNS },
  {
    name: "category_totals",
    about: "all decisions by hour and category: both together",
    columns: HOURLY_CATEGORY_COLUMNS,
  },
];

const SQL_TYPES: Readonly<Record<ColumnKind, string>> = {
  text: "VARCHAR",
  integer: "INTEGER",
  long: "BIGINT",
  decimal: "DOUBLE",
  time: "TIMESTAMP",
  flag: "BOOLEAN",
};
/** As `typeof` would say it. */
export const sqlType = ({ kind }: ColumnSpec): string => SQL_TYPES[kind];

function createTable(name: string, columns: readonly ColumnSpec[]): string {
  return `CREATE TABLE ${name} (${columns.map((spec) => `"${spec.name}" ${sqlType(spec)}`).join(", ")})`;
}

const DETAIL = { decisions: DECISION_COLUMNS, scores: SCORE_COLUMNS, matches: MATCH_COLUMNS } as const;
export type DetailTable = keyof typeof DETAIL;
export const DETAIL_TABLES = Object.keys(DETAIL) as readonly DetailTable[];
export const detailTable = (table: DetailTable, generation: number): string => `${table}_${generation}`;

export const CREATE_HOURLY: readonly string[] = [
  createTable("hourly", HOURLY_COLUMNS),
  createTable("hourly_categories", HOURLY_CATEGORY_COLUMNS),
];
export const createGeneration = (generation: number): string[] =>
  DETAIL_TABLES.map((table) => createTable(detailTable(table, generation), DETAIL[table]));
export const dropGeneration = (generation: number): string[] =>
  DETAIL_TABLES.map((table) => `DROP TABLE ${detailTable(table, generation)}`);

/** Rows of one table of decisions counted by hour. */
export function hourlyOf(decisions: string): string {
  return `SELECT date_trunc('hour', "timestamp") AS hour, org_id, surface, tier, action, synthetic,
    count(*) AS decisions, count(asl_level) AS asl_triggers,
    CAST(sum(latency_us) AS BIGINT) AS latency_us_sum, max(latency_us) AS latency_us_max
    FROM ${decisions} GROUP BY ALL`;
}
/** A decision counts once in a category, by the higher of its two sides. */
export function hourlyCategoriesOf(decisions: string, scores: string): string {
  return `SELECT date_trunc('hour', "timestamp") AS hour, org_id, surface, tier, action, category,
    count(*) AS decisions, count(*) FILTER (score > 0.5) AS detections
    FROM (SELECT seq, category, max(score) AS score FROM ${scores} GROUP BY ALL)
    JOIN ${decisions} USING (seq) GROUP BY ALL`;
}

/** The views over the generations that are there. */
export function createViews(generations: readonly number[]): string[] {
  const view = (name: string, sql: string) => `CREATE OR REPLACE VIEW ${name} AS ${sql}`;
  const union = (table: DetailTable) =>
    generations.map((generation) => `SELECT * FROM ${detailTable(table, generation)}`).join(" UNION ALL ");
  return [
    ...DETAIL_TABLES.map((table) => view(table, union(table))),
    view("totals", `SELECT * FROM hourly UNION ALL BY NAME ${hourlyOf("decisions")}`),
    view(
      "category_totals",
      `SELECT * FROM hourly_categories UNION ALL BY NAME ${hourlyCategoriesOf("decisions", "scores")}`,
    ),
  ];
}

/** Without time zones, which would need an extension: `now()` is a TIMESTAMP in UTC, as all times here are. */
export const CREATE_MACROS: readonly string[] = [
  "CREATE OR REPLACE MACRO now() AS make_timestamp_ms(epoch_ms(get_current_timestamp()))",
  "CREATE OR REPLACE MACRO today() AS CAST(make_timestamp_ms(epoch_ms(get_current_timestamp())) AS DATE)",
];
