/**
 * The settings of `serve`: what each is called by flag, environment and file, its default, and what values it takes.
 */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { isLoopback, ROWS_MAX_RANGE, SERVER_SETTINGS, type ServerSetting, type SyncMode } from "@sluice/connectors";
import { natsUrl } from "./nats/nats-url.ts";
import { OPINION_SETTINGS, type OpinionConfig } from "./opinion-settings.ts";
import { listOf, oneOf, type Parsed, type Setting, wholeNumber } from "./setting.ts";

const SYNC_MODES = ["always", "interval", "os"] as const satisfies readonly SyncMode[];
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
const ANALYTICS_MODES = ["auto", "on", "off"] as const;
export type AnalyticsMode = (typeof ANALYTICS_MODES)[number];

export interface Config extends OpinionConfig {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** A preset's name or the path of a file. */
  readonly policy: string;
  /** Path of a compiled pack; undefined for the default pack. */
  readonly pack: string | undefined;
  readonly sync: SyncMode;
  readonly logLevel: LogLevel;
  /** What carries the server: uWebSockets.js, node:http, or the first where it can run. */
  readonly server: ServerSetting;
  /** When search and SQL read the ledger: at the first question, at the start, or never. */
  readonly analytics: AnalyticsMode;
  /** Decisions they hold as single rows; older ones are counted by the hour. */
  readonly analyticsRowsMax: number;
  /** Besides loopback names, what `Host` may name: `name` or `name:port`. */
  readonly allowedHosts: readonly string[];
  /** Origins whose pages may call, besides the server's own: `https://name[:port]`. */
  readonly allowedOrigins: readonly string[];
  /** Feed of events to pull from, `ws:` or `wss:`; undefined for none. */
  readonly wsSource: URL | undefined;
  /** Bearer token for it. */
  readonly wsSourceToken: string | undefined;
  /** Address of the NATS server, credentials included; undefined for none. */
  readonly nats: string | undefined;
}
type Settings = { readonly [Key in keyof Config]: Setting<Config[Key]> };

/** Keys as in the file. */
export const SETTINGS: Settings = {
  host: {
    flag: "--host",
    environment: ["SLUICE_HOST", "API_HOST"],
    fallback: "127.0.0.1",
    parse: (text) =>
      isLoopback(text)
        ? { value: text }
        : {
            wanted:
              "a loopback address (127.0.0.1, ::1 or localhost): any other needs authentication, which is not there yet",
          },
  },
  port: {
    flag: "--port",
    environment: ["SLUICE_PORT", "API_PORT"],
    fallback: 8080,
    parse: (text) =>
      /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? { value: Number(text) } : { wanted: "0 to 65535" },
  },
  dataDir: {
    flag: "--data",
    environment: ["SLUICE_DATA", "DATABASE_PATH"],
    fallback: resolve(".sluice"),
    parse: (text) =>
      text === "" || isFile(text)
        ? { wanted: "a folder (it is made when missing), not a file" }
        : { value: resolve(text) },
  },
  policy: {
    flag: "--policy",
    environment: ["SLUICE_POLICY"],
    fallback: "default",
    parse: (text) => (text === "" ? { wanted: "a preset or a file" } : { value: text }),
  },
  pack: {
    flag: "--pack",
    environment: ["SLUICE_PACK"],
    fallback: undefined,
    parse: (text) =>
      text === "rules" || text === "default"
        ? { value: text }
        : isFile(text)
          ? { value: resolve(text) }
          : { wanted: "an existing file, or `rules`; make one with `sluice pack build`" },
  },
  sync: { flag: "--sync", environment: ["SLUICE_SYNC"], fallback: "interval", parse: oneOf(SYNC_MODES) },
  logLevel: {
    flag: "--log-level",
    environment: ["SLUICE_LOG_LEVEL", "LOG_LEVEL"],
    fallback: "info",
    parse: (text) => oneOf(LOG_LEVELS)(PYTHON_LEVELS[text.toLowerCase()] ?? text.toLowerCase()),
  },
  analytics: {
    flag: "--analytics",
    environment: ["SLUICE_ANALYTICS"],
    fallback: "auto",
    parse: oneOf(ANALYTICS_MODES),
  },
  analyticsRowsMax: {
    flag: "--analytics-rows-max",
    environment: ["SLUICE_ANALYTICS_ROWS_MAX"],
    fallback: 1_000_000,
    parse: wholeNumber(ROWS_MAX_RANGE.min, ROWS_MAX_RANGE.max),
  },
  server: { flag: "--server", environment: ["SLUICE_SERVER"], fallback: "auto", parse: oneOf(SERVER_SETTINGS) },
  allowedHosts: {
    flag: "--allow-host",
    environment: ["SLUICE_ALLOWED_HOSTS"],
    fallback: [],
    parse: listOf(/^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/i, "names like app.example:8080, separated by commas"),
  },
  allowedOrigins: {
    flag: "--allow-origin",
    environment: ["SLUICE_ALLOWED_ORIGINS"],
    fallback: [],
    parse: listOf(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/i, "origins like https://app.example, separated by commas"),
  },
  wsSource: {
    flag: "--ws-source",
    environment: ["SLUICE_WS_SOURCE"],
    fallback: undefined,
    isSecret: true, // a query may hold a key
    parse: socketUrl,
  },
  wsSourceToken: {
    flag: "wsSourceToken", // no flag: everybody on the machine can read the arguments of a process
    environment: ["SLUICE_WS_SOURCE_TOKEN"],
    fallback: undefined,
    isSecret: true,
    parse: (text) =>
      /^[\x21-\x7e]{1,4096}$/.test(text) ? { value: text } : { wanted: "visible ASCII without blanks" },
  },
  nats: {
    flag: "--nats",
    environment: ["SLUICE_NATS"],
    fallback: undefined,
    isSecret: true, // it may hold a password
    parse: natsUrl,
  },
  ...OPINION_SETTINGS,
};
/** cgcp runs on Python, whose levels have other names. */
const PYTHON_LEVELS: Readonly<Record<string, string>> = { warning: "warn", critical: "fatal" };

function socketUrl(text: string): Parsed<URL> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSocket = url?.protocol === "ws:" || url?.protocol === "wss:";
  if (isSocket && url.username === "" && url.password === "") return { value: url };
  return { wanted: "an address like wss://host/feed, without user name and password (set SLUICE_WS_SOURCE_TOKEN)" };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
