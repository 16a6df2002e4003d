/**
 * DuckDB-WASM, opened in this thread and shut: no extension, file, network or setting can be reached once it is open
 * (docs/decisions/0008-duckdb-wasm.md). Wraps the packages `@duckdb/duckdb-wasm` and `apache-arrow`, which are
 * optional.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Arrow } from "./arrow-batch.ts";

/** The little of DuckDB's bindings that is used. */
export interface Database {
  readonly arrow: Arrow;
  /** Runs a statement of ours to its end. @throws {Error} DuckDB's own. */
  run(sql: string): void;
  /** First column of each row of a statement of ours, numbers and texts. */
  column(sql: string): readonly unknown[];
  /** Appends an IPC stream to a table whose columns are the same. */
  insert(table: string, stream: Uint8Array): void;
  /**
   * Starts a statement of a caller's; poll until it answers.
   * @throws {Error} when the statement is wrong.
   */
  start(sql: string): Pending;
}

export interface Pending {
  /** Works for one step of DuckDB. @returns true once there is a result to fetch. */
  poll(): boolean;
  /** The next piece of the result as IPC bytes; undefined at the end. The first piece is the schema. */
  fetch(): Uint8Array | undefined;
  /**
   * Drops what is left. DuckDB forgets the task in hand, but runs one that waits to its end, however long, as soon as
   * another statement comes: that is done here, so that it is this statement that hangs and not an innocent one.
   */
  cancel(): void;
}

/** The packages are not installed: analytics was left out on purpose. */
export class DuckdbMissing extends Error {
  constructor(options: ErrorOptions) {
    super("DuckDB is not installed", options);
    this.name = "DuckdbMissing";
  }
}

/** First of all statements, in this order: the last one locks what the others set. */
const LOCK_DOWN = [
  "SET autoinstall_known_extensions = false",
  "SET autoload_known_extensions = false",
  "SET enable_external_access = false",
  "SET preserve_insertion_order = true",
];

/**
 * @param memoryBytesMax what DuckDB may hold; a statement that needs more fails.
 * @throws {DuckdbMissing}
 */
export async function openDatabase(memoryBytesMax: number): Promise<Database> {
  const { duckdb, arrow } = await load();
  // Resolved here, because the package's own way needs a page.
  const dist = join(createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), "..");
  const bundle = (name: string) => ({ mainModule: join(dist, `duckdb-${name}.wasm`), mainWorker: "" });
  const bundles = { mvp: bundle("mvp"), eh: bundle("eh") };
  const bindings = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await bindings.instantiate(() => {});
  const query = { castBigIntToDouble: true, castDecimalToDouble: true, queryPollingInterval: 0 }; // one step a poll
  bindings.open({ maximumThreads: 1, query });
  const connection = bindings.connect();
  const id = connection.useUnsafe((_, conn: number) => conn);
  for (const sql of LOCK_DOWN) connection.query(sql);
  connection.query(`SET memory_limit = '${Math.floor(memoryBytesMax / 1024 ** 2)}MiB'`);
  connection.query("SET lock_configuration = true");
  return {
    arrow,
    run: (sql) => void connection.query(sql),
    column: (sql) => [...(connection.query(sql).getChildAt(0) ?? [])],
    insert: (name, stream) => connection.insertArrowFromIPCStream(stream, { name, schema: "main", create: false }),
    start(sql) {
      // Refuses what is more than one statement, and names a missing extension where the next call would hang.
      bindings.closePrepared(id, bindings.createPrepared(id, sql));
      let header: Uint8Array | null | undefined = bindings.startPendingQuery(id, sql, true);
      return {
        poll() {
          header ??= bindings.pollPendingQuery(id);
          return header !== null;
        },
        fetch() {
          const piece = header ?? bindings.fetchQueryResults(id);
          header = undefined;
          return piece === null || piece.length === 0 ? undefined : piece;
        },
        cancel() {
          bindings.cancelPendingQuery(id);
          connection.query("SELECT 1");
        },
      };
    },
  };
}

async function load() {
  try {
    const [duckdb, arrow] = await Promise.all([import("@duckdb/duckdb-wasm/blocking"), import("apache-arrow")]);
    return { duckdb, arrow };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw new DuckdbMissing({ cause });
  }
}
