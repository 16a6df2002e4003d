/** The server adapters that can run here: both where uWebSockets.js can, else node:http alone. */
import { type AdapterChoice, chooseAdapter } from "@sluice/connectors";

export type AdapterName = AdapterChoice["name"];

/** What `--server auto` chooses here, and why. */
export function serverInUse(): { readonly adapter: AdapterName; readonly reason: string } {
  const { name, reason } = chooseAdapter("auto");
  return { adapter: name, reason };
}

export function adaptersHere(): readonly AdapterName[] {
  return serverInUse().adapter === "uws" ? ["uws", "node"] : ["node"];
}
