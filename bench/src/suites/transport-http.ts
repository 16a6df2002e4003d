/** `POST /ingest` with one event a request and with 64, on each server adapter, beside a server that counts bytes. */
import { compareIngest } from "../load/ingest-comparison.ts";
import type { SuiteResult } from "../record.ts";

export async function transportHttpSuite(): Promise<SuiteResult> {
  const transport = { name: "POST /ingest", protocol: "http", path: "/ingest", connections: 32, window: 1 } as const;
  return { suite: "transport-http", ...(await compareIngest(transport)) };
}
