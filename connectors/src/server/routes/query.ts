/** `POST /query`: one SELECT over the tables of analytics, its answer bounded in rows, bytes and time. */
import {
  type AnalyticsStore,
  QUERY_ROWS_DEFAULT,
  QUERY_ROWS_MAX,
  SQL_CHARS_MAX,
  type SqlAnswer,
} from "../../analytics/contracts.ts";
import { answerJson, answerProblem } from "../answer.ts";
import type { PortResponse } from "../port.ts";
import type { Route } from "../router.ts";
import { withBody } from "./body.ts";
import { answerRefusal, NO_ANALYTICS, searched } from "./search.ts";

/** Figures that leave records out mislead: a query waits longer for them than a search does. */
const WAIT_MS_DEFAULT = 5_000;
const WAIT_MS_MAX = 30_000;
/** A character may take four bytes, or six as an escape. */
const BODY_BYTES_MAX = SQL_CHARS_MAX * 6 + 1024;

interface QueryBody {
  readonly sql: string;
  readonly rowsMax: number;
  readonly waitMs: number;
}

export function queryRoute(analytics: AnalyticsStore | undefined): Route {
  return {
    method: "POST",
    path: "/query",
    role: "read",
    handle(request, response) {
      withBody(request, response, BODY_BYTES_MAX, (bytes) => {
        const body = parseBody(bytes);
        if (typeof body === "string") return answerProblem(response, 400, body);
        if (analytics === undefined) return answerProblem(response, 503, NO_ANALYTICS);
        const { sql, rowsMax, waitMs } = body;
        void analytics
          .ask({ kind: "sql", sql, rowsMax, catchUpMs: waitMs })
          .then((answer) =>
            answer.kind === "refused" ? answerRefusal(response, answer) : answerRows(response, answer),
          );
      });
    },
  };
}

function answerRows(response: PortResponse, answer: SqlAnswer): void {
  const { columns, rowsJson, rowCount, isTruncated, elapsedMs, coverage } = answer;
  const head = `{"columns":${JSON.stringify(columns)},"rows":${rowsJson},"row_count":${rowCount}`;
  const tail = `"truncated":${isTruncated},"elapsed_ms":${elapsedMs},"searched":${searched(coverage)}}`;
  answerJson(response, 200, `${head},${tail}`);
}

/** @returns what is asked, or what is wrong with it. */
function parseBody(bytes: Uint8Array): QueryBody | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return 'the body must be JSON in UTF-8: {"sql": "SELECT count(*) FROM decisions"}';
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "the body must be a JSON object";
  const {
    sql,
    rows_max: rowsMax = QUERY_ROWS_DEFAULT,
    wait_ms: waitMs = WAIT_MS_DEFAULT,
    ...others
  } = value as {
    readonly [key: string]: unknown;
  };
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return `${unknown} is no member: there are sql, rows_max, wait_ms`;
  if (typeof sql !== "string") return "sql must be a string: one SELECT or WITH statement";
  if (!isWhole(rowsMax, 1, QUERY_ROWS_MAX)) return `rows_max must be a whole number from 1 to ${QUERY_ROWS_MAX}`;
  if (!isWhole(waitMs, 0, WAIT_MS_MAX)) return `wait_ms must be a whole number from 0 to ${WAIT_MS_MAX}`;
  return { sql, rowsMax, waitMs };
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
