import { expect, test } from "vitest";
import { decisionOf } from "./decisions/decision-sample.ts";
import { NO_FILTER } from "./decisions/filter.ts";
import { createListView } from "./list-view.ts";
import type { Numbers } from "./worker/messages.ts";

let ordinal = 0;
const rowOf = (event_id: string, more = {}) => {
  ordinal += 1;
  return { ordinal, decision: decisionOf({ event_id, ...more }) };
};
const numbersOf = (ids: readonly string[], more: Partial<Numbers> = {}): Numbers => ({
  ...{ kind: "numbers", lastSeq: 1, gaps: [], arrived: ids.length, policy: undefined, pack: undefined },
  totals: { total: 0, actions: { allow: 0, warn: 0, redact: 0, escalate: 0, block: 0 }, aslTriggers: 0 },
  ...{ isSynthetic: false, isWhole: false, filterVersion: 0, restarted: false },
  rows: ids.map((id) => rowOf(id)),
  ...more,
});

function open() {
  const told: number[] = [];
  const view = createListView(NO_FILTER, (_filter, version) => told.push(version));
  const take = (numbers: Numbers) => {
    view.take(numbers);
    view.draw();
  };
  return { view, take, told, ids: () => view.rows.value.map(({ decision }) => decision.event_id) };
}

test("new rows come on top of those there are", () => {
  const { take, ids } = open();
  take(numbersOf(["a", "b"]));
  take(numbersOf(["c"]));
  expect(ids()).toEqual(["c", "b", "a"]);
});

test("paused it keeps still and counts, and resumed it shows what came meanwhile", () => {
  const { view, take, ids } = open();
  take(numbersOf(["a"], { arrived: 1 }));
  view.pause();
  take(numbersOf(["b"], { arrived: 40 }));
  expect(ids()).toEqual(["a"]);
  expect(view.mode.value).toEqual({ kind: "paused", arrived: 39 });
  view.resume();
  expect(ids()).toEqual(["b", "a"]);
});

test("rows that passed an older filter are not taken", () => {
  const { view, take, told, ids } = open();
  take(numbersOf(["a"]));
  view.setFilter({ ...NO_FILTER, id: "b" });
  expect(ids()).toEqual([]);
  take(numbersOf(["late"], { filterVersion: 0 }));
  expect(ids()).toEqual([]);
  take(numbersOf(["b"], { filterVersion: told.at(-1) ?? 0, isWhole: true }));
  expect(ids()).toEqual(["b"]);
});

test("held while pointed at, it still shows what a new filter found, and then keeps still again", () => {
  const { view, take, told, ids } = open();
  view.hold("pointer", true);
  view.setFilter({ ...NO_FILTER, id: "b" });
  take(numbersOf(["b"], { filterVersion: told.at(-1) ?? 0, isWhole: true }));
  take(numbersOf(["b2"], { filterVersion: told.at(-1) ?? 0 }));
  expect(ids()).toEqual(["b"]);
  view.hold("pointer", false);
  expect(ids()).toEqual(["b2", "b"]);
});
