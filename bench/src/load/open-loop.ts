/**
 * An open-loop HTTP client, run as a process of its own: requests leave by the clock, whatever has come back, and
 * latency counts from the moment a request was due. So a stall shows in every request that it delayed (no coordinated
 * omission).
 *
 *     node open-loop.js <url> <requests a second> <seconds> <body file: NDJSON, one body a line>
 *
 * Prints one JSON line: {sent, ok, failed, latencyMs: {p50, p90, p99, p999, max}}.
 */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const SOCKETS_MAX = 64;
const DRAIN_MS = 5000;

interface LoadResult {
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly latencyMs: Readonly<Record<"p50" | "p90" | "p99" | "p999" | "max", number>>;
}

function percentile(sorted: readonly number[], share: number): number {
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return Number((sorted[index] ?? Number.NaN).toFixed(3));
}

async function run(url: string, perSecond: number, seconds: number, bodies: readonly Buffer[]): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  const latencies: number[] = [];
  let failed = 0;
  let settled = 0;

  function send(body: Buffer, dueMs: number): void {
    const headers = { "content-type": "application/json", "content-length": body.length };
    const outgoing = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => {
        settled += 1;
        if (answer.statusCode === 200) latencies.push(performance.now() - dueMs);
        else failed += 1;
      });
    });
    outgoing.on("error", () => {
      settled += 1;
      failed += 1;
    });
    outgoing.end(body);
  }

  const total = Math.round(perSecond * seconds);
  const startMs = performance.now();
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) * perSecond) / 1000) + 1);
    for (; sent < due; sent += 1) send(bodies[sent % bodies.length] as Buffer, startMs + (sent * 1000) / perSecond);
    await sleep(1);
  }
  for (let waitedMs = 0; settled < total && waitedMs < DRAIN_MS; waitedMs += 10) await sleep(10);
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const [p50, p90, p99, p999, max] = [0.5, 0.9, 0.99, 0.999, 1].map((share) => percentile(latencies, share));
  return {
    sent: total,
    ok: latencies.length,
    failed: failed + (total - settled),
    latencyMs: { p50, p90, p99, p999, max } as LoadResult["latencyMs"],
  };
}

const [url = "", perSecond = "", seconds = "", bodyFile = ""] = process.argv.slice(2);
const bodies = readFileSync(bodyFile, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => Buffer.from(line));
console.log(JSON.stringify(await run(url, Number(perSecond), Number(seconds), bodies)));
