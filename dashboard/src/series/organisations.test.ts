import { expect, test } from "vitest";
import { decisionOf } from "../decisions/decision-sample.ts";
import { organisations } from "./organisations.ts";
import { SPAN } from "./risk-map.ts";

const spanMs = SPAN.buckets * SPAN.bucketMs;
const small = { namesMax: 3, shownMax: 2, rateBuckets: 6 };
const open = () => organisations(small);
const of = (org_id: string, action: "allow" | "block" | "escalate" = "allow") => decisionOf({ org_id, action });

test("the busiest come first with what became of theirs, and all others are one row", () => {
  const seen = open();
  for (const org of ["a", "b", "b", "c", "d", "e"]) seen.add(of(org), 0, 1);
  seen.add(of("a", "block"), 0, 1);
  seen.add(of("a", "escalate"), 0, 1);
  const { top, other, total } = seen.view(0);
  expect(top).toMatchObject([
    { name: "a", count: 3, blocked: 1, escalated: 1 },
    { name: "b", count: 2, blocked: 0, escalated: 0 },
  ]);
  expect(other).toMatchObject({ name: "other", count: 3 });
  expect(total).toBe(8);
});

test("a name that has sent nothing for the whole span makes room for a new one", () => {
  const seen = open();
  for (const org of ["a", "b", "c"]) seen.add(of(org), 0, 1);
  seen.add(of("late"), spanMs, 1);
  expect(seen.view(spanMs).top).toMatchObject([{ name: "late", count: 1 }]);
});

test("the rate is the mean of the last minute, and of less when less has passed", () => {
  const seen = open();
  for (let second = 0; second < 20; second += 1) seen.add(of("a"), second * 1000, 2);
  expect(seen.view(20_000).top[0]?.perSecond).toBe(2);
});

test("an organisation that is called other is not taken for the rest", () => {
  const seen = open();
  seen.add(of("other"), 0, 1);
  const { top, other } = seen.view(0);
  expect(top).toMatchObject([{ name: "other", count: 1 }]);
  expect(other).toBeUndefined();
});
