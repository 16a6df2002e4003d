/** `WS /events` with one event a frame and with 64, on each server adapter, beside a server that counts bytes. */
import { compareIngest } from "../load/ingest-comparison.ts";
import type { SuiteResult } from "../record.ts";

export async function transportWsSuite(): Promise<SuiteResult> {
  const transport = { name: "WS /events", protocol: "ws", path: "/events", connections: 4, window: 16 } as const;
  return { suite: "transport-ws", ...(await compareIngest(transport)) };
}
