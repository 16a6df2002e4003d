/** Entry of the worker: joins the core to the thread's message port, and tries again when the network is back. */
import { createCore } from "./core.ts";
import type { Command } from "./messages.ts";

const command = createCore((message) => postMessage(message));
addEventListener("message", (event: MessageEvent<Command>) => command(event.data));
addEventListener("online", () => command({ kind: "retry" }));
