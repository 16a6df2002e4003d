/** Why a port could not be taken, the same for every adapter. */
import { EngineError } from "@sluice/engine";

export function listenError(host: string, port: number, cause: NodeJS.ErrnoException): EngineError {
  const isTaken = cause.code === "EADDRINUSE";
  const advice = isTaken
    ? "another program listens there: stop it or choose another port"
    : "choose an address of this machine and a port that this user may open";
  const code = isTaken ? "port-in-use" : "config-invalid";
  return new EngineError(code, `cannot listen on ${host}:${port}: ${advice}`, { cause });
}
