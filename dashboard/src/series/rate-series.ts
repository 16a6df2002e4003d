/**
 * Events a second by action over the last `secondsMax` seconds: a ring with one slot a second. A second that is older
 * than the ring is dropped; a slot is cleared when its second comes round again. Memory is fixed.
 */
import type { Action } from "@sluice/engine";
import { ACTIONS, actionIndex } from "../decisions/actions.ts";

export interface RateSeries {
  /**
   * @param second whole seconds since the Unix epoch
   * @param weight how many decisions this one stands for
   */
  add(second: number, action: Action, weight?: number): void;
  /**
   * Counts of the `seconds` seconds that end with `endSecond`, oldest first: one row an action, in order of severity.
   */
  columns(endSecond: number, seconds: number): readonly (readonly number[])[];
  /** Mean events a second over the `seconds` seconds that end with `endSecond`. */
  mean(endSecond: number, seconds: number): number;
  clear(): void;
}

export function rateSeries(secondsMax: number): RateSeries {
  const width = ACTIONS.length;
  const counts = new Uint32Array(secondsMax * width);
  const secondOf = new Float64Array(secondsMax).fill(-1);
  const isHeld = (second: number) => second >= 0 && secondOf[second % secondsMax] === second;
  const countAt = (second: number, index: number) =>
    isHeld(second) ? (counts[(second % secondsMax) * width + index] ?? 0) : 0;

  return {
    add(second, action, weight = 1) {
      const slot = second % secondsMax;
      const held = secondOf[slot] ?? -1;
      if (second < held) return;
      if (second > held) {
        counts.fill(0, slot * width, (slot + 1) * width);
        secondOf[slot] = second;
      }
      const at = slot * width + actionIndex[action];
      counts[at] = (counts[at] ?? 0) + weight;
    },
    columns(endSecond, seconds) {
      const first = endSecond - seconds + 1;
      return ACTIONS.map((_action, index) =>
        Array.from({ length: seconds }, (_none, at) => countAt(first + at, index)),
      );
    },
    mean(endSecond, seconds) {
      let sum = 0;
      for (let second = endSecond - seconds + 1; second <= endSecond; second += 1) {
        for (let index = 0; index < width; index += 1) sum += countAt(second, index);
      }
      return sum / seconds;
    },
    clear() {
      secondOf.fill(-1);
    },
  };
}
