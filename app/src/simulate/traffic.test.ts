import { describe, expect, test } from "vitest";
import { ORGANISATIONS, TRAFFIC_PERCENT } from "./organisations.ts";
import { SCENARIOS } from "./scenarios.ts";
import { type SimulatedEvent, simulatedTraffic } from "./traffic.ts";

const startMs = Date.UTC(2026, 0, 1);
function take(count: number, seed = 1, start = startMs): SimulatedEvent[] {
  const traffic = simulatedTraffic({ seed, startMs: start });
  return Array.from({ length: count }, () => traffic.next(1000));
}

describe("simulated traffic", () => {
  test("is the same for the same seed and differs for another", () => {
    expect(JSON.stringify(take(500))).toBe(JSON.stringify(take(500)));
    expect(JSON.stringify(take(500))).not.toBe(JSON.stringify(take(500, 2)));
  });

  test("never gives an event id twice, nor the same one for another start", () => {
    const ids = new Set([...take(2000), ...take(2000, 1, startMs + 1)].map((event) => event.event_id));
    expect(ids.size).toBe(4000);
  });

  test("keeps event times rising and the first at the start", () => {
    const times = take(1000).map((event) => Date.parse(event.timestamp));
    expect(times[0]).toBe(startMs);
    for (let index = 1; index < times.length; index += 1) expect(times[index]).toBeGreaterThan(times[index - 1] ?? 0);
  });

  test("mixes 70 % normal, 15 % escalation, 10 % research and 5 % jailbreak", () => {
    const events = take(10_000);
    const share = (mix: string) => events.filter((event) => event.metadata.mix === mix).length / events.length;
    expect(share("normal")).toBeCloseTo(0.7, 1);
    expect(share("escalation")).toBeCloseTo(0.15, 1);
    expect(share("research")).toBeCloseTo(0.1, 1);
    expect(share("jailbreak")).toBeCloseTo(0.05, 1);
  });

  test("comes from all eight organisations, and their shares add up", () => {
    expect(new Set(take(5000).map((event) => event.org_id)).size).toBe(8);
    expect(ORGANISATIONS.reduce((sum, { id }) => sum + (TRAFFIC_PERCENT[id] ?? 0), 0)).toBe(100);
  });

  test("tells each of the four stories turn by turn, as one user in one conversation", () => {
    const events = take(5000).filter((event) => event.metadata.mix === "escalation");
    const stories = new Map<string, SimulatedEvent[]>();
    for (const event of events) {
      stories.set(event.conversation_id, [...(stories.get(event.conversation_id) ?? []), event]);
    }
    const told = new Set<string>();
    for (const turns of stories.values()) {
      expect(new Set(turns.map((event) => event.user_id)).size).toBe(1);
      expect(turns.map((event) => event.metadata.turn)).toEqual(turns.map((_event, index) => String(index + 1)));
      const scenario = SCENARIOS.find(({ name }) => name === turns[0]?.metadata.scenario);
      expect(turns.length).toBeLessThanOrEqual(scenario?.turns.length ?? 0);
      if (turns.length === scenario?.turns.length) told.add(scenario.name);
    }
    expect(told.size).toBe(4);
  });

  test("labels each event in its tags and in its metadata, and fills every placeholder", () => {
    for (const event of take(1000)) {
      expect(event.metadata.label).toBe(event.tags[1]);
      expect(event.prompt).not.toContain("{");
    }
  });
});
