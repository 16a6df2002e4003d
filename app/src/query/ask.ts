/** Asks a question in SQL: of a running server, or of a data folder that is read for it alone. */
import { type AnalyticsProgress, createAnalytics, type Refusal } from "@sluice/connectors";
import { EngineError } from "@sluice/engine";
import { UsageError } from "../exit.ts";
import { pointAt, type QueryAnswer } from "./answer.ts";

export interface QueryRequest {
  readonly sql: string;
  readonly rowsMax: number;
  readonly signal: AbortSignal;
}

/** Reads all of the folder first, without its lock; nothing is written. */
export async function askFolder(
  directory: string,
  { sql, rowsMax, signal }: QueryRequest,
  onProgress: (progress: AnalyticsProgress) => void,
): Promise<QueryAnswer> {
  const writtenSeq = () => Number.POSITIVE_INFINITY;
  const analytics = createAnalytics({ directory, writtenSeq, rowsMax: FOLDER_ROWS_MAX, onProgress });
  const stop = () => void analytics.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const answer = await analytics.ask({ kind: "sql", sql, rowsMax, catchUpMs: Number.POSITIVE_INFINITY });
    if (answer.kind === "refused") throw refusalError(answer, sql);
    const { columns, rowsJson, isTruncated, coverage } = answer;
    const searched = { from_seq: coverage.fromSeq, to_seq: coverage.toSeq, complete: coverage.isComplete };
    return { columns, rows: JSON.parse(rowsJson) as unknown[][], isTruncated, searched };
  } finally {
    signal.removeEventListener("abort", stop);
    await analytics.close();
  }
}

/** A folder is asked once, so more of it may be there as single rows than in a server. */
const FOLDER_ROWS_MAX = 2_500_000;
/** A server waits for its ledger to be read, answers within its time limit, and may queue others before. */
const HTTP_TIMEOUT_MS = 120_000;

export async function askServer(server: URL, { sql, rowsMax, signal }: QueryRequest): Promise<QueryAnswer> {
  let response: Response;
  try {
    response = await fetch(new URL("/query", server), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ sql, rows_max: rowsMax, wait_ms: 30_000 }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(HTTP_TIMEOUT_MS)]),
    });
  } catch (cause) {
    const reason = (cause as { cause?: { code?: string } }).cause?.code ?? (cause as Error).message;
    throw new EngineError("source-lost", `${server.origin} does not answer (${reason}): is it running?`, { cause });
  }
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.status === 200) {
    const { columns, rows, truncated, searched } = body;
    return { columns, rows, isTruncated: truncated, searched } as QueryAnswer;
  }
  const message = typeof body.error === "string" ? body.error : `${server.origin} answered ${response.status}`;
  if (response.status !== 400) throw new EngineError("source-lost", message);
  const position = body.position as NonNullable<Refusal["position"]> | undefined;
  throw new UsageError(position === undefined ? message : `${message}\n${pointAt(sql, position)}`);
}

function refusalError({ reason, message, position }: Refusal, sql: string): Error {
  if (reason !== "invalid") return new EngineError("source-lost", message);
  return new UsageError(position === undefined ? message : `${message}\n${pointAt(sql, position)}`);
}
