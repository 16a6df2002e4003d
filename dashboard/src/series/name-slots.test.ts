import { expect, test } from "vitest";
import { nameSlots, OTHER } from "./name-slots.ts";

test("a name keeps its slot, and past the bound every further name shares the last", () => {
  const slots = nameSlots(2);
  expect(["a", "b", "a", "c", "d"].map(slots.slotOf)).toEqual([0, 1, 0, 2, 2]);
  expect([0, 1, 2].map(slots.nameOf)).toEqual(["a", "b", OTHER]);
  expect(slots.isFull).toBe(true);
});

test("a released slot goes to a new name", () => {
  const slots = nameSlots(2);
  for (const name of ["a", "b"]) slots.slotOf(name);
  slots.release((slot) => slot === 0);
  expect(slots.slotOf("c")).toBe(0);
  expect(slots.nameOf(0)).toBe("c");
  expect(slots.slotOf("b")).toBe(1);
});
