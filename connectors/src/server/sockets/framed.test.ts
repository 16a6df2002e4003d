import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeSocket } from "../testing/socket.ts";
import { framedSocket } from "./framed.ts";

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("answers come once and in the order of their frames, whenever they are ready and however slowly they are taken", async () => {
  const step = fc.oneof(fc.constant("frame" as const), fc.constant("take" as const), fc.nat(1_000));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 200 }), fc.boolean(), async (steps, isQuick) => {
      const socket = fakeSocket(64, () => isQuick);
      const ready: (() => void)[] = [];
      const handlers = framedSocket(
        socket,
        (frame) => {
          const text = Buffer.from(frame).toString();
          if (Number(text) % 3 === 0) return text;
          return new Promise((resolve) => {
            ready.push(() => resolve(text));
          });
        },
        "busy",
      );
      let count = 0;
      for (const action of steps) {
        if (action === "frame") handlers.message(Buffer.from(String(count++)));
        else if (action === "take") {
          if (socket.take()) handlers.drain();
        } else ready.splice(action % Math.max(1, ready.length), 1)[0]?.();
        await Promise.resolve();
      }
      for (let round = 0; round < 2 * count + 2; round += 1) {
        for (const one of ready.splice(0)) one();
        await settle();
        if (socket.take()) handlers.drain();
      }
      expect(socket.sent).toEqual(Array.from({ length: count }, (_, index) => String(index)));
      expect(socket.isPaused).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test("at the bound the socket is not read; frames beyond what is held are answered as busy, and a flood is cut off", async () => {
  const socket = fakeSocket(1e9, () => true);
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const handlers = framedSocket(socket, () => gate.then(() => "done"), "busy");
  const frame = Buffer.from("x");
  for (let index = 0; index < 32; index += 1) handlers.message(frame);
  expect(socket.isPaused).toBe(false);
  for (let index = 0; index < 4_096 + 10; index += 1) handlers.message(frame);
  expect(socket.isPaused).toBe(true);
  open();
  while (socket.sent.length < 32 + 4_096 + 10) await settle();
  expect(socket.sent.filter((answer) => answer === "busy")).toHaveLength(10);
  expect(socket.isPaused).toBe(false);
  const never = framedSocket(socket, () => new Promise(() => {}), "busy");
  for (let index = 0; index < 32 + 2 * 4_096; index += 1) never.message(frame);
  expect(socket.isOpen).toBe(true);
  never.message(frame);
  expect(socket.closedWith).toBe(1013);
});
