/**
 * Where the options of `serve` come from: flags before environment before file before defaults. Reads each source once,
 * names every fault with the place it came from, and passes typed values down; nothing else looks at the environment.
 */
import { readFileSync } from "node:fs";
import { EngineError } from "@sluice/engine";
import { isMap, LineCounter, parseDocument } from "yaml";
import type { Setting } from "./setting.ts";
import { type Config, SETTINGS } from "./settings.ts";

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
    const shown = setting.isSecret ? "its value (not shown)" : `"${text}"`;
    if ("wanted" in parsed) faults.push(`${from}: ${shown} is not ${parsed.wanted}`);
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
