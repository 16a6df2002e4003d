import { expect, test } from "vitest";
import { measureRounds, median, ratioFigures } from "./rounds.ts";

test("subjects are measured in turns, every second round from the other end", async () => {
  const order: string[] = [];
  const subject = (name: string) => ({
    name,
    async measure(round: number) {
      order.push(`${name}${round}`);
      return round;
    },
  });
  const measured = await measureRounds(3, [subject("a"), subject("b")]);
  expect(order).toEqual(["a0", "b0", "b1", "a1", "a2", "b2"]);
  expect([...measured]).toEqual([
    ["a", [0, 1, 2]],
    ["b", [0, 1, 2]],
  ]);
});

test("the median is the middle, or between the two of it", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
  expect(() => median([])).toThrow("no median");
});

test("a ratio is that of the same round, so a slow round for both leaves it as it is", () => {
  expect(ratioFigures("ours / theirs", [50, 5, 40], [100, 10, 100])).toEqual([
    { name: "ours / theirs", value: 0.5, unit: "times" },
    { name: "ours / theirs, lowest round", value: 0.4, unit: "times" },
    { name: "ours / theirs, highest round", value: 0.5, unit: "times" },
  ]);
  expect(() => ratioFigures("ours / theirs", [1], [])).toThrow("1 rounds against 0");
});
