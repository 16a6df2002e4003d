/**
 * Which adapter carries the server, decided once at start: what the operator set, else uWebSockets.js where it can run,
 * else node:http, which runs everywhere. See docs/decisions/0007-two-server-adapters.md.
 */
import { EngineError } from "@sluice/engine";
import { nodeAdapter } from "./node/adapter.ts";
import type { ServerAdapter } from "./port.ts";
import { uwsAdapter } from "./uws/adapter.ts";
import { findUws, type Runtime, thisRuntime } from "./uws/find.ts";

export const SERVER_SETTINGS = ["auto", "uws", "node"] as const;
export type ServerSetting = (typeof SERVER_SETTINGS)[number];

export interface AdapterChoice {
  readonly name: "uws" | "node";
  /** Why this one, for a person. */
  readonly reason: string;
  readonly adapter: ServerAdapter;
}

/** @throws {EngineError} `config-invalid` when `uws` is set and cannot run here */
export function chooseAdapter(setting: ServerSetting, runtime: Runtime = thisRuntime()): AdapterChoice {
  if (setting === "node") return { name: "node", reason: "set by the operator", adapter: nodeAdapter() };
  const found = findUws(runtime);
  if ("uws" in found) {
    const reason = setting === "uws" ? `set by the operator: ${found.from}` : `${found.from} runs here`;
    return { name: "uws", reason, adapter: uwsAdapter(found.uws) };
  }
  if (setting === "auto") return { name: "node", reason: found.missing, adapter: nodeAdapter() };
  throw new EngineError("config-invalid", `server uws cannot run: ${found.missing}; set server to auto or node`);
}
