import { frequentWords } from "@sluice/core-wasm";
import { createEngine } from "@sluice/engine";
import { beforeAll, expect, test } from "vitest";
import { openPack } from "./pack.ts";
import { loadPolicy } from "./policy.ts";
import { WARM_EVENTS, type WarmEvents, warmEvents } from "./warm-events.ts";

interface Fields {
  readonly event_id: string;
  readonly prompt: string;
}
const fieldsOf = (event: Buffer) => JSON.parse(event.toString()) as Fields;
let events: WarmEvents;
beforeAll(() => {
  events = warmEvents();
});

test("they are sound events with ids of their own, of which some are flagged and most are allowed", async () => {
  const { mixed } = events;
  expect(mixed).toHaveLength(WARM_EVENTS);
  expect(new Set(mixed.map((event) => fieldsOf(event).event_id)).size).toBe(WARM_EVENTS);
  const detector = openPack("rules");
  const engine = await createEngine({ detector, policy: loadPolicy("default", detector.pack) });
  const { decisions, rejected } = await engine.ingest(Buffer.from(mixed.map((event) => `${event}\n`).join("")));
  await engine.stop();
  expect(rejected).toEqual([]);
  const actions = decisions.map(({ decision }) => decision.action);
  expect(new Set(actions)).toContain("block");
  expect(actions.filter((action) => action === "allow").length).toBeGreaterThan(WARM_EVENTS / 2);
});

test("every frequent word stands in a prompt", () => {
  const met = new Set(events.mixed.flatMap((event) => fieldsOf(event).prompt.split(/[^a-z]+/)));
  expect(frequentWords().filter((word) => !met.has(word))).toEqual([]);
});

test("some are long, and the usual ones are none of those", () => {
  const longest = (list: readonly Buffer[]) => Math.max(...list.map((event) => event.length));
  expect(longest(events.mixed)).toBeGreaterThan(10_000);
  expect(longest(events.usual)).toBeLessThan(1500);
  expect(events.usual.length).toBeGreaterThan(WARM_EVENTS / 2);
});
