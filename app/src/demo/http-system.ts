/** The demonstration against a running server: over its public API alone, and nothing that it does not answer. */
import { type Decision, EngineError, type PolicyPart } from "@sluice/engine";
import { type DemoSystem, inOrder } from "./system.ts";

/** A server that takes longer has a fault, and says so to `sluice doctor`. */
const ANSWER_MS_MAX = 15_000;
const EVENTS_A_REQUEST = 200;
const LOOK_UPS_AT_ONCE = 8;

interface Ready {
  readonly policy: { readonly name: string; readonly hash: string };
  readonly pack: { readonly name: string; readonly hash: string };
}
interface Ingested {
  readonly decisions: readonly Decision[];
  readonly rejected: readonly { readonly message: string }[];
}

/** @throws {EngineError} `source-lost` when there is no Sluice that takes events. */
export async function httpSystem(server: URL): Promise<DemoSystem> {
  const { policy, pack } = await ask<Ready>(server, "/ready");
  const thresholds = await ask<PolicyPart["thresholds"]>(server, "/thresholds");
  const recorded: Decision[] = [];
  return {
    where: `the server at ${server.origin}`,
    policy,
    pack,
    thresholds,
    async record(events) {
      const decisions: Decision[] = [];
      for (let from = 0; from < events.length; from += EVENTS_A_REQUEST) {
        const body = JSON.stringify({ events: events.slice(from, from + EVENTS_A_REQUEST) });
        const answer = await ask<Ingested>(server, "/ingest", body);
        decisions.push(...inOrder(events.slice(from, from + EVENTS_A_REQUEST), answer.decisions, answer.rejected));
      }
      recorded.push(...decisions);
      return decisions;
    },
    async check(onProgress) {
      let found = 0;
      for (let from = 0; from < recorded.length; from += LOOK_UPS_AT_ONCE) {
        const some = recorded.slice(from, from + LOOK_UPS_AT_ONCE);
        const answers = await Promise.all(some.map((decision) => isFound(server, decision)));
        found += answers.filter(Boolean).length;
        onProgress(from, recorded.length);
      }
      return { kind: "looked-up", asked: recorded.length, found };
    },
    close: async () => {},
  };
}

async function isFound(server: URL, { event_id, org_id, decision_id }: Decision): Promise<boolean> {
  const path = `/decisions/${encodeURIComponent(event_id)}?org=${encodeURIComponent(org_id)}`;
  const found = await ask<Partial<Decision>>(server, path).catch(() => undefined);
  return found?.decision_id === decision_id;
}

async function ask<T>(server: URL, path: string, body?: string): Promise<T> {
  const lost = (why: string, cause?: unknown) =>
    new EngineError(
      "source-lost",
      `${server.origin}${path}: ${why}; \`sluice doctor --http ${server.origin}\` says more`,
      {
        cause,
      },
    );
  try {
    const response = await fetch(new URL(path, server), {
      ...(body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body }),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    const text = await response.text();
    if (response.status !== 200) throw lost(`answered ${response.status}: ${text.slice(0, 200)}`);
    return JSON.parse(text) as T;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const { cause, message } = error as { cause?: { code?: string }; message: string };
    throw lost(cause?.code ?? message, error);
  }
}
