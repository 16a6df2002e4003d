/**
 * Where the options of `serve` come from: flags before environment before file before defaults. Reads each source once,
 * names every fault with the place it came from, and passes typed values down; nothing else looks at the environment.
 */
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { EngineError } from "@sluice/engine";
import { isMap, LineCounter, parseDocument } from "yaml";

export const SYNC_MODES = ["always", "interval", "os"] as const;
export type SyncMode = (typeof SYNC_MODES)[number];
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
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
  /** Besides loopback names, what `Host` may name: `name` or `name:port`. */
  readonly allowedHosts: readonly string[];
  /** Origins whose pages may call, besides the server's own: `https://name[:port]`. */
  readonly allowedOrigins: readonly string[];
}
export type Flags = Partial<Record<keyof Config, string>>;
export interface ConfigSources {
  readonly flags: Flags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Path of a YAML file. */
  readonly file?: string;
}
export interface LoadedConfig {
  readonly config: Config;
  /** What was read and has no effect, one sentence each. */
  readonly notices: readonly string[];
}

/** A parser answers the value, or says what would be right. */
type Parsed<T> = { readonly value: T } | { readonly wanted: string };
interface Setting<T> {
  readonly flag: string;
  /** In order of precedence: our own name before cgcp's. */
  readonly environment: readonly string[];
  readonly fallback: T;
  readonly parse: (text: string) => Parsed<T>;
}
type Settings = { readonly [Key in keyof Config]: Setting<Config[Key]> };

const SETTINGS: Settings = {
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
      isFile(text) ? { value: resolve(text) } : { wanted: "an existing file; make one with `sluice pack build`" },
  },
  sync: { flag: "--sync", environment: ["SLUICE_SYNC"], fallback: "interval", parse: oneOf(SYNC_MODES) },
  logLevel: {
    flag: "--log-level",
    environment: ["SLUICE_LOG_LEVEL", "LOG_LEVEL"],
    fallback: "info",
    parse: (text) => oneOf(LOG_LEVELS)(PYTHON_LEVELS[text.toLowerCase()] ?? text.toLowerCase()),
  },
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
};
/** cgcp runs on Python, whose levels have other names. */
const PYTHON_LEVELS: Readonly<Record<string, string>> = { warning: "warn", critical: "fatal" };
const KEYS = Object.keys(SETTINGS) as (keyof Config)[];
const ENVIRONMENT_NAMES = new Set(KEYS.flatMap((key) => SETTINGS[key].environment));

/** @throws {EngineError} `config-invalid`, its message listing all faults, one a line. */
export function loadConfig({ flags, environment, file }: ConfigSources): LoadedConfig {
  const faults: string[] = [];
  const fromFile = file === undefined ? new Map<string, Candidate>() : readFile(file, faults);
  const config = Object.fromEntries(
    KEYS.map((key) => [key, choose(key, SETTINGS[key] as Setting<unknown>, { flags, environment, fromFile }, faults)]),
  );
  checkNames(environment, faults);
  if (isOn(environment.ENABLE_AUTH)) {
    faults.push(
      "ENABLE_AUTH (environment): authentication is not there yet, so it is refused rather than ignored; unset it and stay on loopback",
    );
  }
  if (faults.length > 0)
    throw new EngineError("config-invalid", ["the configuration is at fault:", ...faults].join("\n  "));
  // Every key was chosen by its own parser or is its own default.
  return { config: config as unknown as Config, notices: noticesOf(environment) };
}

interface Candidate {
  readonly text: string;
  readonly from: string;
}
interface Candidates {
  readonly flags: Flags;
  readonly environment: ConfigSources["environment"];
  readonly fromFile: ReadonlyMap<string, Candidate>;
}

/** Checks every source that names the key, so that a bad value is told even where a better source overrides it. */
function choose(key: keyof Config, setting: Setting<unknown>, sources: Candidates, faults: string[]): unknown {
  const candidates: Candidate[] = [];
  const flag = sources.flags[key];
  if (flag !== undefined) candidates.push({ text: flag, from: `${setting.flag} (flag)` });
  for (const name of setting.environment) {
    const text = sources.environment[name];
    if (text !== undefined && text !== "") candidates.push({ text, from: `${name} (environment)` });
  }
  const inFile = sources.fromFile.get(key);
  if (inFile !== undefined) candidates.push(inFile);
  let chosen: { value: unknown } | undefined;
  for (const { text, from } of candidates) {
    const parsed = setting.parse(text);
    if ("wanted" in parsed) faults.push(`${from}: "${text}" is not ${parsed.wanted}`);
    else chosen ??= parsed;
  }
  return chosen === undefined ? setting.fallback : chosen.value;
}

function readFile(path: string, faults: string[]): Map<string, Candidate> {
  const found = new Map<string, Candidate>();
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    faults.push(`--config: cannot read ${path}: ${(error as Error).message}`);
    return found;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (const error of document.errors)
    faults.push(`${path}:${error.linePos?.[0].line ?? 1}: ${error.message.split("\n")[0]}`);
  if (document.errors.length > 0 || document.contents === null) return found;
  if (!isMap(document.contents)) {
    faults.push(`${path}:1: must be a map of settings`);
    return found;
  }
  for (const { key, value } of document.contents.items) {
    const node = key as { readonly value?: unknown; readonly range?: readonly number[] };
    const from = `${path}:${lines.linePos(node.range?.[0] ?? 0).line}: ${String(node.value)}`;
    const content = (value as { toJSON?(): unknown } | null)?.toJSON?.();
    if (!KEYS.includes(node.value as keyof Config)) faults.push(`${from} is no setting; there are ${KEYS.join(", ")}`);
    else if (Array.isArray(content)) found.set(String(node.value), { text: content.join(","), from });
    else if (content === null || typeof content === "object") faults.push(`${from} must be one value`);
    else found.set(String(node.value), { text: String(content), from });
  }
  return found;
}

function checkNames(environment: ConfigSources["environment"], faults: string[]): void {
  for (const name of Object.keys(environment).sort()) {
    if (name.startsWith("SLUICE_") && !ENVIRONMENT_NAMES.has(name)) {
      faults.push(`${name} (environment) is no setting; there are ${[...ENVIRONMENT_NAMES].join(", ")}`);
    }
  }
}

const noticesOf = (environment: ConfigSources["environment"]): string[] =>
  environment.JWT_SECRET_KEY ? ["JWT_SECRET_KEY is set but not used: authentication is not there yet"] : [];

const isOn = (text: string | undefined) => /^(1|true|yes|on)$/i.test(text ?? "");

export const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

function oneOf<T extends string>(values: readonly T[]): (text: string) => Parsed<T> {
  return (text) => {
    const value = values.find((known) => known === text);
    return value === undefined ? { wanted: `one of ${values.join(", ")}` } : { value };
  };
}

function listOf(form: RegExp, wanted: string): (text: string) => Parsed<readonly string[]> {
  return (text) => {
    const items = text.split(",").map((item) => item.trim().toLowerCase());
    return items.every((item) => form.test(item)) ? { value: items } : { wanted };
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
