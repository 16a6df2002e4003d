/**
 * Taking a port with uWebSockets.js, which says only that it could not: the reason is then found by trying the same
 * with node:net.
 */
import { lookup } from "node:dns/promises";
import { createServer } from "node:net";
import { listenError } from "../listen-error.ts";
import type { ListenAddress } from "../port.ts";
import type { NativeApp, NativeListenSocket, NativeUws } from "./native.ts";

/** Without it two processes can share a port, and neither hears that the other is there. */
const EXCLUSIVE_PORT = 1;

export interface Listening {
  readonly address: ListenAddress;
  readonly socket: NativeListenSocket;
}

/** @throws {EngineError} `port-in-use`, `config-invalid` */
export async function listen(uws: NativeUws, app: NativeApp, host: string, port: number): Promise<Listening> {
  const resolved = await lookup(host).catch((error: NodeJS.ErrnoException) => {
    throw listenError(host, port, error);
  });
  const socket = await new Promise<NativeListenSocket | false>((resolve) => {
    app.listen(resolved.address, port, EXCLUSIVE_PORT, resolve);
  });
  if (socket === false) throw listenError(host, port, await whyNot(resolved.address, port));
  return { address: { host: resolved.address, port: uws.us_socket_local_port(socket) }, socket };
}

function whyNot(host: string, port: number): Promise<NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const trial = createServer();
    trial.once("error", resolve);
    trial.listen({ host, port, exclusive: true }, () => {
      trial.close(() => resolve(new Error("the port was taken for a moment")));
    });
  });
}
