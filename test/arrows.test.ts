/** Imports run one way: core-wasm ◄ engine ◄ policy, connectors ◄ app; packages know each other by name alone. */
import { join } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { PACKAGES, projectFiles, skipNote, sources } from "./support/project-files.ts";

type Package = (typeof PACKAGES)[number];

/** What each package may import of the others. The app takes the dashboard as built files, not as code. */
const ARROWS: Readonly<Record<Package, readonly Package[]>> = {
  "core-wasm": [],
  engine: ["core-wasm"],
  policy: ["core-wasm", "engine"],
  connectors: ["core-wasm", "engine"],
  app: ["core-wasm", "engine", "policy", "connectors"],
  dashboard: ["engine"],
  bench: ["core-wasm", "engine", "policy", "connectors", "app"],
};
/** Of the root's own packages, for tests and configuration alone. */
const ROOT_TOOLS = /\.(test|long|config)\.ts$|\/(testing|fuzz)\/|^(test|scripts|examples)\/|arbitrary\.ts$/;

interface Import {
  readonly file: string;
  readonly home: string;
  readonly target: string;
  readonly isTypeOnly: boolean;
  /** Written as a call, so that what is not installed can be done without. */
  readonly isCall: boolean;
}

const imports: readonly Import[] = sources.flatMap(({ path, text }) => importsOf(path, text));

function importsOf(file: string, text: string): Import[] {
  const home = file.split("/")[0] ?? "";
  const statements = text.matchAll(/^(?:import|export)\s(?:[^;"]*?\sfrom\s)?"([^"]+)"/gm);
  const calls = text.matchAll(/\bimport\("([^"]+)"\)(\.\w+)?/g);
  return [
    ...[...statements].map(([statement, target = ""]) => {
      return { file, home, target, isTypeOnly: isTypeOnly(statement), isCall: false };
    }),
    ...[...calls].map(([, target = "", member]) => {
      return { file, home, target, isTypeOnly: member !== undefined, isCall: true };
    }),
  ];
}

function isTypeOnly(statement: string): boolean {
  if (/^(import|export) type\s/.test(statement)) return true;
  const names = /\{([^}]*)\}/
    .exec(statement)?.[1]
    ?.split(",")
    .map((name) => name.trim());
  return names?.every((name) => name === "" || name.startsWith("type ")) ?? false;
}

const packageOf = (target: string) => /^@sluice\/([^/]+)/.exec(target)?.[1];
const told = (wrong: readonly Import[]) => wrong.map(({ file, target }) => `${file} imports ${target}`);
const isPackage = (name: string): name is Package => (PACKAGES as readonly string[]).includes(name);

describe.skipIf(skipNote !== "")(`imports${skipNote}`, () => {
  test("are found, so that the rules below have something to hold", () => {
    expect(imports.some(({ home, target }) => home === "engine" && target === "@sluice/core-wasm")).toBe(true);
    expect(imports.some(({ home, target }) => home === "app" && target === "@sluice/connectors")).toBe(true);
  });

  test.each(PACKAGES)("of %s follow the arrows", (name) => {
    const wrong = imports
      .filter(({ home }) => home === name)
      .filter(({ target }) => packageOf(target) !== undefined)
      .filter(({ target }) => !ARROWS[name].includes(packageOf(target) as Package));
    expect(told(wrong)).toEqual([]);
  });

  test("of the dashboard take types alone from the engine", () => {
    const wrong = imports.filter(({ home, target, isTypeOnly: isType }) => {
      return home === "dashboard" && packageOf(target) !== undefined && !isType;
    });
    expect(told(wrong)).toEqual([]);
  });

  test("name a package, and never reach into one", () => {
    const deep = imports.filter(({ target }) => /^@sluice\/[^/]+\//.test(target));
    expect(told(deep)).toEqual([]);
    const reaching = imports.filter(({ file, home, target }) => {
      if (!target.startsWith(".")) return false;
      const path = join(file, "..", target);
      const top = path.split("/")[0] ?? "";
      const isTestMaterial = home === "test" && /\/src\/([\w-]+\/)?testing\//.test(path);
      return top !== home && !isTestMaterial && (isPackage(top) || top === "test" || top === "..");
    });
    expect(told(reaching)).toEqual([]);
  });

  test("of relative files name them with their ending, never an index of a folder above", () => {
    const wrong = imports.filter(({ file, target }) => {
      return target.startsWith(".") && !file.includes("/assembly/") && !/\.(ts|tsx|mjs|json|css)$/.test(target);
    });
    expect(told(wrong)).toEqual([]);
  });

  test.each(PACKAGES)("of %s are declared in its package.json", (name) => {
    const text = projectFiles.find(({ path }) => path === `${name}/package.json`)?.text ?? "{}";
    const manifest = JSON.parse(text) as Record<string, Record<string, string>>;
    const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = manifest;
    const declared = { ...devDependencies, ...dependencies };
    const undeclared = imports.filter(({ file, home, target, isTypeOnly: isType, isCall }) => {
      if (home !== name || /^(\.|node:)/.test(target) || ROOT_TOOLS.test(file)) return false;
      const module = /^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;
      if (module in optionalDependencies && (isType || isCall)) return false;
      return !(module in declared) && !(isType && packageOf(target) !== undefined);
    });
    expect(told(undeclared)).toEqual([]);
    const needed = Object.keys(declared).map(packageOf);
    const allowed = [...ARROWS[name], ...(name === "app" ? ["dashboard"] : [])];
    expect(needed.filter((other) => other !== undefined && !allowed.includes(other))).toEqual([]);
  });
});
