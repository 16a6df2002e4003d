/** A reader of `/live` that checks each frame against the one before: sequences rise, and `prev` leaves nothing out. */
import { WebSocket } from "ws";

export interface Gap {
  readonly from: number;
  readonly to: number;
}
export interface LiveDecision {
  readonly event_id: string;
  readonly decision_id: string;
}
export interface LiveTestReader {
  readonly decisions: LiveDecision[];
  readonly gaps: Gap[];
  /** What broke the order, in words; empty while all is well. */
  readonly faults: string[];
  /** `seq` of the last frame. */
  readonly seq: number;
  /** Resolves when `isTrue` holds, which is asked after each frame. Rejects when the socket closes first. */
  until(isTrue: () => boolean): Promise<void>;
  /** Takes no more bytes from the network. */
  pause(): void;
  resume(): void;
  close(): void;
}

interface Frame {
  readonly type: string;
  readonly seq: number;
  readonly prev: number;
  readonly from: number;
  readonly to: number;
  readonly decisions: readonly LiveDecision[];
}

/** Resolves after the snapshot. */
export async function readLive(url: URL, query = ""): Promise<LiveTestReader> {
  const socket = new WebSocket(`ws://${url.host}/live${query}`);
  const decisions: LiveDecision[] = [];
  const gaps: Gap[] = [];
  const faults: string[] = [];
  let seq = -1;
  let isClosed = false;
  let changed: () => void = () => {};

  function take(frame: Frame): void {
    if (frame.type === "snapshot") {
      if (seq !== -1) faults.push(`a second snapshot at ${frame.seq}`);
      seq = frame.seq;
    } else if (frame.type === "decisions") {
      if (frame.prev !== seq) faults.push(`a frame after ${frame.prev} came after ${seq}`);
      if (frame.seq <= seq) faults.push(`the sequence went from ${seq} to ${frame.seq}`);
      decisions.push(...frame.decisions);
      seq = frame.seq;
    } else if (frame.type === "gap") {
      if (frame.from !== seq + 1 || frame.to < frame.from)
        faults.push(`a gap of ${frame.from} to ${frame.to} after ${seq}`);
      gaps.push({ from: frame.from, to: frame.to });
      seq = frame.to;
    }
  }
  socket.on("message", (data) => {
    take(JSON.parse(String(data)) as Frame);
    changed();
  });
  socket.on("close", () => {
    isClosed = true;
    changed();
  });
  async function until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      if (isClosed) throw new Error(`the socket closed at ${seq}`);
      await new Promise<void>((resolve) => {
        changed = resolve;
      });
    }
  }
  await new Promise<void>((resolve, reject) => socket.once("open", resolve).once("error", reject));
  await until(() => seq >= 0);
  return {
    decisions,
    gaps,
    faults,
    get seq() {
      return seq;
    },
    until,
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.terminate(),
  };
}
