import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseAdapter } from "./adapter-choice.ts";
import { findUws, type Runtime, thisRuntime } from "./uws/find.ts";

const WHOLE = "module.exports = Object.fromEntries(['App','SSLApp','us_listen_socket_close','us_socket_local_port']";
const NATIVE = `${WHOLE}.map((name) => [name, () => {}]));`;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-uws-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A package as it lies on the disk, and a process of Node ABI 115 that looks for it. `.node` files are JavaScript. */
function installed(name: string, files: Readonly<Record<string, string>>): Runtime & { readonly loaded: string[] } {
  const home = mkdtempSync(join(folder, "package-"));
  const all = { "package.json": JSON.stringify({ name, version: "20.1.0" }), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const require = createRequire(import.meta.url);
  const loaded: string[] = [];
  return {
    platform: "linux",
    arch: "x64",
    modules: "115",
    loaded,
    entry: () => join(home, "src", "uws.js"),
    load(path) {
      loaded.push(path.slice(home.length + 1));
      if (!path.endsWith(".node")) return require(path);
      const copy = `${path}.cjs`;
      writeFileSync(copy, all[path.slice(home.length + 1) as keyof typeof all] ?? "");
      return require(copy);
    },
  };
}

const REGISTRY = "@trufflesuite/uws-js-unofficial";
const OFFICIAL = "uWebSockets.js";

describe("uWebSockets.js", () => {
  test("of the registry is run by its binary alone, never by its entry, which may be a substitute", () => {
    const entry = "throw new Error('the substitute was loaded')";
    const runtime = installed(REGISTRY, { "src/uws.js": entry, "binaries/uws_linux_x64_115.node": NATIVE });
    expect(findUws(runtime)).toMatchObject({ from: expect.stringMatching(/registry's uWebSockets\.js 20\.1\.0/) });
    expect(runtime.loaded).toEqual(["binaries/uws_linux_x64_115.node"]);
  });

  test("of the registry without a binary for this Node is as good as absent", () => {
    const runtime = installed(REGISTRY, { "src/uws.js": NATIVE, "binaries/uws_linux_x64_108.node": NATIVE });
    expect(findUws(runtime)).toEqual({ missing: expect.stringMatching(/no binary .*linux x64, Node ABI 115/) });
    expect(runtime.loaded).toEqual([]);
  });

  test("of its own site is loaded as it says", () => {
    const runtime = installed(OFFICIAL, { "src/uws.js": NATIVE, "uws_linux_x64_115.node": "" });
    expect(findUws(runtime)).toMatchObject({ from: expect.stringMatching(/the official uWebSockets\.js/) });
    expect(runtime.loaded).toEqual(["src/uws.js"]);
  });

  test("that does not load, or is no native build, is absent, and it is said why", () => {
    const broken = installed(OFFICIAL, { "src/uws.js": "throw new Error('GLIBC_2.38')", "uws_linux_x64_115.node": "" });
    expect(findUws(broken)).toEqual({ missing: expect.stringMatching(/does not load here: GLIBC_2\.38/) });
    const substitute = installed(OFFICIAL, { "src/uws.js": "exports.App = () => {}", "uws_linux_x64_115.node": "" });
    expect(findUws(substitute)).toEqual({ missing: expect.stringMatching(/no SSLApp/) });
  });
});

describe("the choice", () => {
  const absent: Runtime = { ...thisRuntime(), entry: () => undefined };
  const present = () => installed(REGISTRY, { "binaries/uws_linux_x64_115.node": NATIVE });

  test("is what the operator set", () => {
    expect(chooseAdapter("node", present())).toMatchObject({ name: "node", reason: "set by the operator" });
    expect(chooseAdapter("uws", present())).toMatchObject({ name: "uws", reason: expect.stringMatching(/^set by/) });
  });

  test("falls on uWebSockets.js where it can run, else on node, and says why", () => {
    expect(chooseAdapter("auto", present())).toMatchObject({ name: "uws", reason: expect.stringMatching(/runs here/) });
    expect(chooseAdapter("auto", absent)).toMatchObject({ name: "node", reason: "uWebSockets.js is not installed" });
  });

  test("is refused when uws is set and cannot run", () => {
    expect(() => chooseAdapter("uws", absent)).toThrow(/server uws cannot run: uWebSockets\.js is not installed/);
  });

  test("on this machine is uws where the registry's package has a binary for this Node, and node elsewhere", () => {
    const { entry, modules } = thisRuntime();
    const isInstalled = entry() !== undefined;
    const hasBinary = ["93", "108", "115"].includes(modules);
    const { name, reason } = chooseAdapter("auto");
    expect(`${name}: ${reason}`).toMatch(isInstalled && hasBinary ? /^uws: .*Node ABI/ : /^node: /);
  });
});
