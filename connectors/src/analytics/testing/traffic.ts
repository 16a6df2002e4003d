/** Test material: varied events through a real engine, and the plain count that every figure is held to. */
import { type Decision, decisionOfRecord, type Engine, type Ledger } from "@sluice/engine";
import { eventOf, PROMPTS } from "../../server/testing/engine.ts";

const KINDS = Object.values(PROMPTS);

/** Events `from` to `from + count`; which organisation, tier, … follows from the number. */
export function variedEvents(from: number, count: number): object[] {
  return Array.from({ length: count }, (_, at) => {
    const number = from + at;
    return eventOf(`event-${number}`, {
      timestamp: new Date(Date.UTC(2026, 0, 1) + number * 600_000).toISOString(),
      user_id: `user-${number % 7}`,
      org_id: number % 11 === 0 ? "o'brien & söhne" : `org-${number % 3}`,
      surface: number % 2 === 0 ? "api" : "claude_web",
      tier: ["general", "enterprise", "research_sandbox"][number % 3]!,
      prompt: KINDS[number % 5] ?? PROMPTS.allow,
      ...(number % 4 === 0 ? { conversation_id: `talk-${number % 8}`, model_version: "m-1" } : {}),
    });
  });
}

export async function ingestVaried(engine: Engine, from: number, count: number): Promise<void> {
  const outcome = await engine.ingest(Buffer.from(JSON.stringify({ events: variedEvents(from, count) })));
  if (outcome.processed !== count) throw new Error(`${outcome.processed} of ${count} events were taken`);
}

export interface LedgerDecision {
  readonly seq: number;
  readonly decision: Decision;
}

export async function decisionsIn(ledger: Ledger): Promise<LedgerDecision[]> {
  const found: LedgerDecision[] = [];
  for await (const batch of ledger.read(1)) {
    for (const { seq, type, json } of batch) {
      if (type === "decision") found.push({ seq, decision: decisionOfRecord(json) });
    }
  }
  return found;
}

/** How many of each key, as rows in the order of the keys. */
export function countBy<T>(items: readonly T[], key: (item: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
