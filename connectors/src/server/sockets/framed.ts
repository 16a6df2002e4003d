/**
 * A socket that answers each frame, in order. Bounds: `IN_FLIGHT_MAX` frames unanswered; past that the socket is not
 * read, and the frames that were already on their way wait, up to `FRAMES_HELD_MAX` and `BYTES_HELD_MAX`; one more is
 * answered as busy without being looked at.
 */
import type { PortSocket, SocketHandlers } from "../port.ts";
import { answerQueue } from "./answer-queue.ts";

const IN_FLIGHT_MAX = 32;
const FRAMES_HELD_MAX = 4_096;
const BYTES_HELD_MAX = 16 * 1024 * 1024;

/** @param answer gives the answer at once or later; must not throw or reject. */
export function framedSocket(
  socket: PortSocket,
  answer: (frame: Uint8Array) => string | Promise<string>,
  busy: string,
): SocketHandlers {
  const held: (Uint8Array | "busy")[] = [];
  let heldBytes = 0;
  let isPaused = false;
  let isTaking = false; // an answer given at once makes room at once: one loop takes all, not one inside the other
  const queue = answerQueue(socket, IN_FLIGHT_MAX, takeHeld);

  function take(frame: Uint8Array | "busy"): void {
    const fill = queue.reserve();
    const result = frame === "busy" ? busy : answer(frame);
    if (typeof result !== "string") {
      void result.then(fill);
      return;
    }
    fill(result);
    queue.flush();
  }
  function takeHeld(): void {
    if (isTaking) return;
    isTaking = true;
    while (held.length > 0 && queue.hasRoom()) {
      const frame = held.shift()!;
      if (frame !== "busy") heldBytes -= frame.byteLength;
      take(frame);
    }
    isTaking = false;
    if (isPaused && held.length === 0 && queue.hasRoom()) {
      isPaused = false;
      socket.resume();
    }
  }
  function hold(frame: Uint8Array): void {
    if (!isPaused) {
      isPaused = true;
      socket.pause();
    }
    const isOver = held.length >= FRAMES_HELD_MAX || heldBytes + frame.byteLength > BYTES_HELD_MAX;
    if (!isOver) heldBytes += frame.byteLength;
    if (held.length < 2 * FRAMES_HELD_MAX) held.push(isOver ? "busy" : frame);
    else socket.close(1013, "too many frames unanswered"); // the transport cannot pause, and the peer does not wait
  }
  return {
    message(frame) {
      if (held.length === 0 && queue.hasRoom()) take(frame);
      else hold(frame);
    },
    drain: () => queue.flush(),
    close() {
      held.length = 0;
    },
  };
}
