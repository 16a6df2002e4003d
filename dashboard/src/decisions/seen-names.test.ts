import { expect, test } from "vitest";
import { decisionOf } from "./decision-sample.ts";
import { seenNames } from "./seen-names.ts";

test("names of both sides are offered once, sorted", () => {
  const seen = seenNames(10);
  const scores = { prompt: { hate: 0.2 }, completion: { cbrn: 0.1, hate: 0.1 } };
  for (const org_id of ["zeta", "acme", "zeta"]) seen.add(decisionOf({ org_id, scores }));
  expect(seen.names.organisations).toEqual(["acme", "zeta"]);
  expect(seen.names.categories).toEqual(["cbrn", "hate"]);
});

test("without a new name the list is the very same, so nothing is drawn again", () => {
  const seen = seenNames(10);
  seen.add(decisionOf());
  const before = seen.names;
  seen.add(decisionOf());
  expect(seen.names).toBe(before);
});

test("past the bound no further name is kept", () => {
  const seen = seenNames(2);
  for (const org_id of ["a", "b", "c"]) seen.add(decisionOf({ org_id }));
  expect(seen.names.organisations).toEqual(["a", "b"]);
});
