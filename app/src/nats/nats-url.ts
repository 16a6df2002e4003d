/**
 * Addresses of NATS servers as settings and options: checked here, taken apart by the connector. They may hold
 * credentials, so no message shows one as it was given.
 */
import { parseServerUrl } from "@sluice/connectors";
import { EngineError } from "@sluice/engine";
import type { Parsed } from "../setting.ts";

export const NATS_URL_WANTED = "an address like nats://127.0.0.1:4222 or tls://user:password@host, several by commas";

export function natsUrl(text: string): Parsed<string> {
  try {
    parseServerUrl(text);
    return { value: text };
  } catch (error) {
    if (error instanceof EngineError) return { wanted: NATS_URL_WANTED };
    throw error;
  }
}

/** Hosts and ports alone, to be shown. */
export const natsHosts = (url: string): string => parseServerUrl(url).servers.join(", ");
