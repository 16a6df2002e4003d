/** Test material: a socket in memory whose peer takes bytes only when told to. */
import type { PortSocket, SendResult } from "../port.ts";

export interface FakeSocket extends PortSocket {
  readonly sent: string[];
  isPaused: boolean;
  closedWith: number | undefined;
  /** The peer takes all that is buffered. @returns whether a drain is owed */
  take(): boolean;
}

/** @param isQuick the peer takes everything at once */
export function fakeSocket(bufferedBytesMax: number, isQuick: () => boolean): FakeSocket {
  let owesDrain = false;
  const socket = {
    sent: [] as string[],
    isPaused: false,
    closedWith: undefined as number | undefined,
    bufferedBytes: 0,
    isOpen: true,
    send(text: string | Uint8Array): SendResult {
      const bytes = Buffer.from(text);
      if (!socket.isOpen) return "dropped";
      if (socket.bufferedBytes > 0 && socket.bufferedBytes + bytes.byteLength > bufferedBytesMax) {
        owesDrain = true;
        return "dropped";
      }
      socket.sent.push(bytes.toString());
      if (isQuick() && socket.bufferedBytes === 0) return "sent";
      socket.bufferedBytes += bytes.byteLength;
      owesDrain = true;
      return "queued";
    },
    together: (send: () => void) => send(),
    pause() {
      socket.isPaused = true;
      return true;
    },
    resume() {
      socket.isPaused = false;
    },
    subscribe() {},
    close(code: number) {
      socket.isOpen = false;
      socket.closedWith = code;
    },
    take() {
      const isOwed = owesDrain;
      socket.bufferedBytes = 0;
      owesDrain = false;
      return isOwed;
    },
  };
  return socket;
}
