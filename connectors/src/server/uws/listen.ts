/**
 * Taking a port with uWebSockets.js. Its exclusive mode goes without SO_REUSEADDR, so that connections which a killed
 * process left behind would hold the port for a minute; its shared mode lets two processes have one port without
 * hearing of each other. So node:net looks first whether the port is free, and says why when it is not.
 */
import { lookup } from "node:dns/promises";
import { createServer } from "node:net";
import { listenError } from "../listen-error.ts";
import type { ListenAddress } from "../port.ts";
import type { NativeApp, NativeListenSocket, NativeUws } from "./native.ts";

const SHARED_PORT = 0;

export interface Listening {
  readonly address: ListenAddress;
  readonly socket: NativeListenSocket;
}

/** @throws {EngineError} `port-in-use`, `config-invalid` */
export async function listen(uws: NativeUws, app: NativeApp, host: string, port: number): Promise<Listening> {
  const resolved = await lookup(host).catch((error: NodeJS.ErrnoException) => {
    throw listenError(host, port, error);
  });
  const free = await freePort(resolved.address, port).catch((error: NodeJS.ErrnoException) => {
    throw listenError(host, port, error);
  });
  const socket = await new Promise<NativeListenSocket | false>((resolve) => {
    app.listen(resolved.address, free, SHARED_PORT, resolve);
  });
  if (socket === false) throw listenError(host, free, new Error("the port was taken meanwhile"));
  return { address: { host: resolved.address, port: uws.us_socket_local_port(socket) }, socket };
}

/** @param port 0 finds any */
function freePort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const trial = createServer();
    trial.once("error", reject);
    trial.listen({ host, port, exclusive: true }, () => {
      const address = trial.address();
      trial.close(() => resolve(typeof address === "object" && address !== null ? address.port : port));
    });
  });
}
