/**
 * Answers of one socket in the order of its frames, however long each takes. An answer is never dropped: what the peer
 * does not take waits here, and while `waitingMax` wait the socket is not read. Answers that become ready together, as
 * those of one write of the ledger do, leave together.
 */
import type { PortSocket } from "../port.ts";

export interface AnswerQueue {
  /** False when `waitingMax` frames are unanswered: keep the frame and take it up in `onRoom`. */
  hasRoom(): boolean;
  /** Takes the next place; call the result once with the answer, which leaves with what else becomes ready now. */
  reserve(): (answer: string) => void;
  /** Sends what is ready, at once: also when the socket can be written again. */
  flush(): void;
}

export function answerQueue(socket: PortSocket, waitingMax: number, onRoom: () => void): AnswerQueue {
  const places: { answer: string | undefined }[] = [];

  let isDue = false;

  function send(): void {
    while (places[0]?.answer !== undefined) {
      if (!socket.isOpen || socket.send(places[0].answer) === "dropped") break;
      places.shift();
    }
  }
  function flush(): void {
    if (places[0]?.answer === undefined) return;
    const before = places.length;
    if (places[1]?.answer === undefined) send();
    else socket.together(send);
    if (places.length < before) onRoom();
  }
  function flushSoon(): void {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      flush();
    });
  }
  return {
    hasRoom: () => places.length < waitingMax,
    reserve() {
      const place: { answer: string | undefined } = { answer: undefined };
      places.push(place);
      return (answer) => {
        place.answer = answer;
        flushSoon();
      };
    },
    flush,
  };
}
