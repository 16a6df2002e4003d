/** How much of one source is in flight: taken and not yet settled, in payloads and in bytes. */
export interface Gate {
  /** False when a payload of this size must wait. One payload is always let into an empty gate. */
  hasRoom(bytes: number): boolean;
  take(bytes: number): void;
  release(bytes: number): void;
  /** Resolves when there is room for a payload of no size. */
  room(): Promise<void>;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
  readonly payloads: number;
  /** Of those payloads. */
  readonly bytes: number;
  /** Payloads taken so far, settled ones included. */
  readonly taken: number;
}

export function createGate(payloadsMax: number, bytesMax: number): Gate {
  let payloads = 0;
  let bytes = 0;
  let taken = 0;
  const waiting: { readonly isMet: () => boolean; readonly resolve: () => void }[] = [];
  const hasRoom = (more: number) => payloads === 0 || (payloads < payloadsMax && bytes + more <= bytesMax);
  const until = (isMet: () => boolean) =>
    isMet() ? Promise.resolve() : new Promise<void>((resolve) => void waiting.push({ isMet, resolve }));

  return {
    hasRoom,
    take(size) {
      payloads += 1;
      taken += 1;
      bytes += size;
    },
    release(size) {
      payloads -= 1;
      bytes -= size;
      for (let i = waiting.length - 1; i >= 0; i--) {
        if (waiting[i]?.isMet()) waiting.splice(i, 1)[0]?.resolve();
      }
    },
    room: () => until(() => hasRoom(0)),
    idle: () => until(() => payloads === 0),
    get payloads() {
      return payloads;
    },
    get bytes() {
      return bytes;
    },
    get taken() {
      return taken;
    },
  };
}
