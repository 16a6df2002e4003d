/**
 * Finds uWebSockets.js where it can run, and says why where it cannot. Two packages go by that name: the official one,
 * which an operator may install from its own site, and the registry's, which has binaries for a few Node versions.
 * Invariant: the registry package's substitute in JavaScript is never run. It prints, and fails in ways of its own
 * (upgrades hang, topics do nothing), so the binary is looked for and loaded itself.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { NativeUws } from "./native.ts";

export type FoundUws =
  /** `version` of the package, and of what platform and Node its binary is. */
  { readonly uws: NativeUws; readonly from: string } | { readonly missing: string };

/** What the search asks of the process. */
export interface Runtime {
  readonly platform: string;
  readonly arch: string;
  /** Version of the interface that native code is built for: 115 is Node 20. */
  readonly modules: string;
  /** Entry file of the package; undefined when it is not installed. */
  entry(): string | undefined;
  load(path: string): unknown;
}

const PACKAGE = "uWebSockets.js";
const OFFICIAL_NAME = "uWebSockets.js";

export function thisRuntime(): Runtime {
  const require = createRequire(import.meta.url);
  return {
    platform: process.platform,
    arch: process.arch,
    modules: process.versions.modules,
    entry() {
      try {
        return require.resolve(PACKAGE);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
        throw error;
      }
    },
    load: require,
  };
}

export function findUws(runtime: Runtime): FoundUws {
  const entry = runtime.entry();
  if (entry === undefined) return { missing: "uWebSockets.js is not installed" };
  const { folder, name, version } = packageOf(entry);
  const { platform, arch, modules } = runtime;
  const isOfficial = name === OFFICIAL_NAME;
  const binary = join(folder, isOfficial ? "" : "binaries", `uws_${platform}_${arch}_${modules}.node`);
  const build = `${platform} ${arch}, Node ABI ${modules}`;
  if (!existsSync(binary)) return { missing: `uWebSockets.js ${version} has no binary for this Node (${build})` };
  let uws: unknown;
  try {
    uws = runtime.load(isOfficial ? entry : binary);
  } catch (error) {
    const [reason] = (error as Error).message.trim().split("\n");
    return { missing: `the binary of uWebSockets.js ${version} does not load here: ${reason}` };
  }
  if (!isWhole(uws)) return { missing: `uWebSockets.js ${version} is no native build: it has no SSLApp` };
  return { uws, from: `${isOfficial ? "the official" : "the registry's"} uWebSockets.js ${version} (${build})` };
}

/** What a substitute lacks is the sign of one. */
function isWhole(uws: unknown): uws is NativeUws {
  const wanted = ["App", "SSLApp", "us_listen_socket_close", "us_socket_local_port"] as const;
  return wanted.every((name) => typeof (uws as Partial<NativeUws> | undefined)?.[name] === "function");
}

function packageOf(entry: string): { readonly folder: string; readonly name: string; readonly version: string } {
  let folder = dirname(entry);
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
  const { name = "", version = "" } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly name?: string;
    readonly version?: string;
  };
  return { folder, name, version };
}
