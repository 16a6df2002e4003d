import { expect, test } from "vitest";
import { readAddress, writeAddress } from "./address.ts";
import { NO_FILTER } from "./decisions/filter.ts";

test("an address that was written says the same when it is read", () => {
  const address = {
    filter: { ...NO_FILTER, actions: ["block"], tier: "minor", scoreMin: 0.5 },
    target: { eventId: "e 1&x", organisation: "acme" },
    sample: 4,
  } as const;
  expect(readAddress(writeAddress(address))).toEqual(address);
});

test("an empty address stays empty, and what others wrote stays", () => {
  const address = { filter: NO_FILTER, target: undefined, sample: 1 };
  expect(writeAddress(address)).toBe("");
  expect(writeAddress(address, "?event=e&sample=3&theirs=1")).toBe("?theirs=1");
});

test("a sample that is none asks for all", () => {
  for (const word of ["0", "-2", "1.5", "many", "1000"]) expect(readAddress(`?sample=${word}`).sample).toBe(1);
});
