import { EMPTY, lastValueFrom, NEVER, of, Subject, throwError, toArray } from "rxjs";
import { expect, test } from "vitest";
import { type Machine, runMachine } from "./machine.ts";

/** Gives each number twice, and at the end the sum. */
function twice(): Machine<number, number> {
  let sum = 0;
  return {
    push(input) {
      if (input < 0) throw new Error("negative");
      sum += input;
      return [input, input];
    },
    finish: () => [sum],
  };
}

test("outputs come in order and what is held comes at the end", async () => {
  expect(await lastValueFrom(of(1, 2).pipe(runMachine(twice), toArray()))).toEqual([1, 1, 2, 2, 3]);
});

test("each subscription has its own machine", async () => {
  const stream$ = of(1).pipe(runMachine(twice), toArray());
  expect(await lastValueFrom(stream$)).toEqual(await lastValueFrom(stream$));
});

test("an empty source finishes the machine, an endless one does not", async () => {
  expect(await lastValueFrom(EMPTY.pipe(runMachine(twice), toArray()))).toEqual([0]);
  const seen: number[] = [];
  NEVER.pipe(runMachine(twice))
    .subscribe((value) => seen.push(value))
    .unsubscribe();
  expect(seen).toEqual([]);
});

test("a failing source and a failing machine are errors of the stream", async () => {
  const failing$ = throwError(() => new Error("lost")).pipe(runMachine(twice));
  await expect(lastValueFrom(failing$)).rejects.toThrow("lost");
  await expect(lastValueFrom(of(-1).pipe(runMachine(twice)))).rejects.toThrow("negative");
});

test("an early unsubscribe lets go of the source and asks for no end", () => {
  const source = new Subject<number>();
  const seen: number[] = [];
  const running = source.pipe(runMachine(twice)).subscribe((value) => seen.push(value));
  source.next(1);
  running.unsubscribe();
  source.complete();
  expect(source.observed).toBe(false);
  expect(seen).toEqual([1, 1]);
});
