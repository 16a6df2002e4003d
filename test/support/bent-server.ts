/** A proxy in front of a real server that bends single answers, so that a fault can be had one at a time. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

export interface Bend {
  /** Another body (and status) for an answer of this path; undefined leaves it as it is. Called in order of answers. */
  readonly answer?: (path: string, body: string) => { readonly status: number; readonly body: string } | undefined;
  /** Takes an upgrade over; true when it did. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}
export interface BentServer {
  readonly url: URL;
  close(): Promise<void>;
}

export async function bentServer(target: URL, { answer, upgrade }: Bend): Promise<BentServer> {
  const sockets = new Set<Duplex>();
  const server = createServer((incoming, outgoing) => forward(target, incoming, outgoing, answer));
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (incoming, socket, head) => {
    if (upgrade?.(incoming, socket, head) === true) return;
    const { url = "/", headers } = incoming;
    const lines = Object.entries({ ...headers, host: target.host }).map(([name, value]) => `${name}: ${value}`);
    const behind = connect(Number(target.port), target.hostname, () => {
      behind.write(`GET ${url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      behind.write(head);
      socket.pipe(behind).pipe(socket);
    });
    behind.on("error", () => socket.destroy());
    socket.on("error", () => behind.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function forward(target: URL, incoming: IncomingMessage, outgoing: ServerResponse, answer: Bend["answer"]): void {
  const { method = "GET", url: path = "/", headers } = incoming;
  const sent = request(new URL(path, target), { method, headers: { ...headers, host: target.host } }, (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("end", () => {
      const body = Buffer.concat(chunks);
      const bent = answer?.(path, body.toString());
      const type = response.headers["content-type"] ?? "application/json";
      outgoing.writeHead(bent?.status ?? response.statusCode ?? 502, { "content-type": type });
      outgoing.end(bent?.body ?? body);
    });
  });
  sent.on("error", () => outgoing.destroy());
  incoming.pipe(sent);
}
