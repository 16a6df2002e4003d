/**
 * A request may ask to go on in another protocol (`Upgrade: h2c`, as some clients do at first), and may be answered in
 * HTTP/1.1 all the same (RFC 9110 §7.8). node:http has let go of its socket by then, so the request is put back without
 * the wish and read anew.
 */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

const WISH = new Set(["upgrade", "connection", "http2-settings"]);

export function readAgain(server: Server, message: IncomingMessage, socket: Duplex, head: Buffer): void {
  let request = `${message.method} ${message.url} HTTP/1.1\r\n`;
  const { rawHeaders } = message;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (!WISH.has(name.toLowerCase())) request += `${name}: ${rawHeaders[index + 1]}\r\n`;
  }
  socket.unshift(Buffer.concat([Buffer.from(`${request}\r\n`, "latin1"), head]));
  server.emit("encrypted" in socket ? "secureConnection" : "connection", socket);
}
