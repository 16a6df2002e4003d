/**
 * Answers of one socket in the order of its frames, however long each takes. An answer is never dropped: what the peer
 * does not take waits here, and while `waitingMax` wait the socket is not read.
 */
import type { PortSocket } from "../port.ts";

export interface AnswerQueue {
  /** False when `waitingMax` frames are unanswered: keep the frame and take it up in `onRoom`. */
  hasRoom(): boolean;
  /** Takes the next place; call the result once with the answer. */
  reserve(): (answer: string) => void;
  /** The socket can be written again. */
  drain(): void;
}

export function answerQueue(socket: PortSocket, waitingMax: number, onRoom: () => void): AnswerQueue {
  const places: { answer: string | undefined }[] = [];

  function send(): void {
    const before = places.length;
    while (places[0]?.answer !== undefined) {
      if (!socket.isOpen || socket.send(places[0].answer) === "dropped") break;
      places.shift();
    }
    if (places.length < before) onRoom();
  }
  return {
    hasRoom: () => places.length < waitingMax,
    reserve() {
      const place: { answer: string | undefined } = { answer: undefined };
      places.push(place);
      return (answer) => {
        place.answer = answer;
        send();
      };
    },
    drain: send,
  };
}
