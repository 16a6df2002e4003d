import { expect, test } from "vitest";
import { Wait } from "./wait.ts";

const never = new Promise<void>(() => {});

test("settles as the work does", async () => {
  const wait = new Wait();
  await wait.on(Promise.resolve());
  await expect(wait.on(Promise.reject(new Error("work")))).rejects.toThrow("work");
});

test("an end resolves the wait under way and all later ones", async () => {
  const wait = new Wait();
  const waiting = wait.on(never);
  wait.end();
  await waiting;
  await wait.on(never);
});

test("a failure rejects the wait under way and all later ones; the first ending stands", async () => {
  const wait = new Wait();
  const waiting = wait.on(never);
  wait.fail(new Error("gone"));
  wait.end();
  await expect(waiting).rejects.toThrow("gone");
  await expect(wait.on(never)).rejects.toThrow("gone");
});
