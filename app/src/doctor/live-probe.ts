/** A look at `/live`: the snapshot that comes first, and decisions as they are recorded. */
import type { Decision } from "@sluice/engine";
import { WebSocket } from "ws";
import { Fault } from "./check.ts";

interface Frame {
  readonly type: string;
  readonly seq?: number;
  readonly counters?: { readonly total?: number };
  readonly decisions?: readonly Decision[];
}
export interface LiveProbe {
  /** Resolves with the first frame. */
  snapshot(): Promise<{ readonly seq: number; readonly total: number }>;
  /** Resolves when a decision of this event came. */
  decision(eventId: string): Promise<Decision>;
  /** Idempotent. */
  close(): void;
}

const ADVICE = "is a proxy between that speaks no WebSocket, or cuts idle connections? Else see the server's log";

/** Every promise rejects with a `Fault` when the socket ends first. */
export function openLive(server: URL, org: string, signal: AbortSignal): LiveProbe {
  const url = new URL(`/live?org=${encodeURIComponent(org)}`, server);
  url.protocol = server.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let end: string | undefined;
  const changed = () => {
    for (const look of [...waiting]) look();
  };
  const ended = (why: string) => {
    end ??= why;
    changed();
  };
  socket.on("message", (data) => {
    try {
      frames.push(JSON.parse(String(data)) as Frame);
    } catch {
      ended("a frame is no JSON");
    }
    changed();
  });
  socket.on("unexpected-response", (_request, response) => {
    ended(`the server answered ${response.statusCode} to the upgrade`);
    response.destroy();
  });
  socket.on("error", (error: Error & { code?: string }) => ended(error.code ?? error.message));
  socket.on("close", (code) => ended(`the server closed it (${code})`));
  signal.addEventListener("abort", () => socket.terminate(), { once: true });

  function until<T>(what: string, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found === undefined && end === undefined) return;
        waiting.delete(look);
        if (found === undefined) reject(new Fault(`/live ended before ${what}: ${end}`, ADVICE));
        else resolve(found);
      };
      waiting.add(look);
      look();
    });
  }
  return {
    async snapshot() {
      const first = await until("its snapshot", () => frames[0]);
      if (first.type !== "snapshot" || first.seq === undefined) {
        throw new Fault(`/live began with ${JSON.stringify(first.type)} and not with a snapshot`, ADVICE);
      }
      return { seq: first.seq, total: first.counters?.total ?? 0 };
    },
    decision: (eventId) =>
      until("the decision came", () =>
        frames.flatMap(({ decisions = [] }) => decisions).find(({ event_id }) => event_id === eventId),
      ),
    close: () => socket.terminate(),
  };
}
