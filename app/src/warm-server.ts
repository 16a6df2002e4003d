/**
 * Requests to a server that is thrown away, through the adapter that the real one will have: else the first real ones
 * pay for compiling what reads a request and writes an answer, and take two to four times as long.
 */
import { once } from "node:events";
import { Agent, type RequestOptions, request } from "node:http";
import { createServer, type ServerAdapter } from "@sluice/connectors";
import type { Detector } from "@sluice/core-wasm";
import { createEngine, type PolicyPart } from "@sluice/engine";
import { forgetfulLedger } from "./forgetful-ledger.ts";
import { warmEvents } from "./warm-events.ts";

/** One request of each kind in turn; what more of them would gain is less than what they take. */
const ROUNDS = 32;
/** All of them together: a machine that is so busy pays for the rest while it serves. */
const WARM_UP_MS_MAX = 1000;

export interface WarmServerOptions {
  readonly adapter: ServerAdapter;
  readonly detector: Detector;
  readonly policy: PolicyPart;
}

let isWarm = false;

/** To be called before a server listens; once a process. Where no port can be had it does nothing. */
export async function warmServer({ adapter, detector, policy }: WarmServerOptions): Promise<void> {
  if (isWarm) return;
  isWarm = true;
  const ledger = forgetfulLedger();
  const engine = await createEngine({ detector, policy, ledger });
  const server = createServer({ adapter, engine, ledger });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const signal = AbortSignal.timeout(WARM_UP_MS_MAX);
  try {
    const { port } = await server.listen("127.0.0.1", 0);
    const { usual } = warmEvents();
    for (let round = 0; round < ROUNDS; round += 1) {
      const event = usual[round % usual.length] as Buffer;
      for (const path of ["/check", "/ingest"]) await post({ agent, port, path, signal }, event);
    }
  } catch {
    // Out of time; or the real server says what is wrong.
  } finally {
    agent.destroy();
    await server.close(0);
    await engine.stop();
  }
}

async function post(where: RequestOptions, body: Buffer): Promise<void> {
  const headers = { "content-type": "application/json", "content-length": body.length };
  const outgoing = request({ host: "127.0.0.1", method: "POST", headers, ...where });
  outgoing.end(body);
  const [incoming] = await once(outgoing, "response");
  incoming.resume();
  await once(incoming, "end");
}
