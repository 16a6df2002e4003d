import { expect, test } from "vitest";
import { decisionOf } from "./decision-sample.ts";
import { NO_FILTER } from "./filter.ts";
import { liveList } from "./live-list.ts";

const options = { rowsMax: 10, keptPerActionMax: 5, anyMax: 4, admittedMax: 6 };
const ids = (list: ReturnType<typeof liveList>) => list.rows().map((row) => row.decision.event_id);

test("the newest decision comes first and only the newest stay", () => {
  const list = liveList({ ...options, anyMax: 100, admittedMax: 100 });
  for (let index = 0; index < 37; index += 1) list.add(decisionOf({ event_id: `e${index}` }), 0);
  expect(ids(list)).toEqual(Array.from({ length: 10 }, (_none, index) => `e${36 - index}`));
});

test("past the rate only severe decisions are shown, then none, and all are counted", () => {
  const list = liveList(options);
  for (let index = 0; index < 20; index += 1) list.add(decisionOf(), 100);
  for (let index = 0; index < 5; index += 1) list.add(decisionOf({ action: "block" }), 200);
  expect(list.rows().map((row) => row.decision.action)).toEqual(["block", "block", "allow", "allow", "allow", "allow"]);
  expect(list.sampling(1000)).toEqual({ admitted: 6, arrived: 25 });
  expect(list.sampling(2000)).toEqual({ admitted: 0, arrived: 0 });
});

test("a new filter finds what a flood of others pushed out of sight", () => {
  const list = liveList(options);
  list.add(decisionOf({ event_id: "rare", action: "block" }), 0);
  for (let index = 0; index < 100; index += 1) list.add(decisionOf(), index * 500);
  expect(ids(list)).not.toContain("rare");
  list.setFilter({ ...NO_FILTER, actions: ["block"] });
  expect(ids(list)).toEqual(["rare"]);
});

test("only matching decisions count for the filter's rate", () => {
  const list = liveList(options);
  list.setFilter({ ...NO_FILTER, organisation: "other" });
  list.add(decisionOf(), 0);
  list.add(decisionOf({ org_id: "other" }), 0);
  expect(list.sampling(1000)).toEqual({ admitted: 1, arrived: 1 });
});

test("cleared, it is empty", () => {
  const list = liveList(options);
  list.add(decisionOf(), 0);
  list.clear();
  expect(list.rows()).toEqual([]);
  list.setFilter(NO_FILTER);
  expect(list.rows()).toEqual([]);
});

test("what was admitted is handed over once, oldest first", () => {
  const list = liveList(options);
  const handed = () => list.takeNew().map((row) => row.decision.event_id);
  list.add(decisionOf({ event_id: "a" }), 0);
  list.add(decisionOf({ event_id: "b" }), 0);
  expect(handed()).toEqual(["a", "b"]);
  list.add(decisionOf({ event_id: "c" }), 0);
  expect(handed()).toEqual(["c"]);
  expect(handed()).toEqual([]);
});

test("older decisions stand beneath, once each, and are counted nowhere", () => {
  const list = liveList(options);
  list.add(decisionOf({ event_id: "new", decision_id: "d-new" }), 0);
  list.addOlder(["old", "older", "new"].map((id) => decisionOf({ event_id: id, decision_id: `d-${id}` })));
  list.add(decisionOf({ event_id: "newest", decision_id: "d-newest" }), 0);
  expect(ids(list)).toEqual(["newest", "new", "older", "old"]);
  expect(list.sampling(1000)).toEqual({ admitted: 2, arrived: 2 });
});
