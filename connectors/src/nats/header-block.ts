/**
 * Headers of a message as they go over the wire (NATS client protocol, HPUB). The client library's own are a map of
 * lists, and making one costs more than all else of a publish.
 */
import type { NatsHeaders } from "./contracts.ts";

const VERSION = "NATS/1.0\r\n";
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Undefined when a name or a value holds anything but printable ASCII. */
export function headerBlock(named: NatsHeaders): Buffer | undefined {
  let lines = VERSION;
  for (const name in named) {
    const line = `${name}: ${named[name]}`;
    if (!PRINTABLE.test(line)) return undefined;
    lines += `${line}\r\n`;
  }
  return Buffer.from(`${lines}\r\n`, "latin1");
}
