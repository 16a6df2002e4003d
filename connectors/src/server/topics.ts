/**
 * Who hears what is published: topics, and the sockets that take part in them. A text is encoded once for all of them.
 */
import type { PortSocket, SendResult } from "./port.ts";

export class Topics {
  readonly #sockets = new Map<string, Set<PortSocket>>();

  subscribe(topic: string, socket: PortSocket): void {
    const sockets = this.#sockets.get(topic) ?? new Set();
    this.#sockets.set(topic, sockets.add(socket));
  }

  /** The socket has closed: it leaves all topics. */
  leave(socket: PortSocket): void {
    for (const [topic, sockets] of this.#sockets) {
      if (sockets.delete(socket) && sockets.size === 0) this.#sockets.delete(topic);
    }
  }

  /** Sends to every socket of a topic, and counts what came of it. */
  publish(topic: string, text: string): Readonly<Record<SendResult, number>> {
    const counts = { sent: 0, queued: 0, dropped: 0 };
    const sockets = this.#sockets.get(topic);
    if (sockets === undefined) return counts;
    const bytes = Buffer.from(text);
    for (const socket of sockets) counts[socket.send(bytes)] += 1;
    return counts;
  }
}
