/** The other side of `publish` and `watch`: a server over HTTP, or NATS; exactly one of the two. */
import { InvalidArgumentError } from "commander";
import { UsageError } from "../exit.ts";
import { NATS_URL_WANTED, natsUrl } from "../nats/nats-url.ts";
import type { Shell } from "../shell.ts";

export type Peer = { readonly http: URL } | { readonly nats: string };

/**
 * `SLUICE_NATS` counts where no flag is given, so that a password needs to stand in no list of processes.
 * @throws {UsageError} when both or none are named.
 */
export function peerOf(flags: { readonly http?: URL; readonly nats?: string }, { environment }: Shell): Peer {
  const { http, nats } = flags;
  if (http !== undefined && nats !== undefined) throw new UsageError("give --http or --nats, not both");
  if (http !== undefined) return { http };
  if (nats !== undefined) return { nats };
  const { SLUICE_NATS: fromEnvironment = "" } = environment;
  if (fromEnvironment === "") {
    throw new UsageError("say where: --http <url> of a server, or --nats <url> of a NATS server (or set SLUICE_NATS)");
  }
  const parsed = natsUrl(fromEnvironment);
  if ("wanted" in parsed) throw new UsageError(`SLUICE_NATS (environment): its value is not ${parsed.wanted}`);
  return { nats: parsed.value };
}

/** An option's value: address of a NATS server, or several. */
export function natsAddress(text: string): string {
  const parsed = natsUrl(text);
  if ("value" in parsed) return parsed.value;
  throw new InvalidArgumentError(`give ${NATS_URL_WANTED}.`);
}
