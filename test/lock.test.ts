import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

interface LockedPackage {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")) as {
  packages: Readonly<Record<string, LockedPackage>>;
};
const entries = Object.entries(lock.packages);

describe("the lock file", () => {
  test("holds every optional binary that a locked package names, else `npm ci` refuses it", () => {
    const missing = entries.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  test("names no address to download from, and no dependency outside of a registry", () => {
    const addressed = entries.filter(([, { resolved, link }]) => resolved !== undefined && link !== true);
    expect(addressed.map(([path]) => path)).toEqual([]);
    const versions = entries.flatMap(([, entry]) =>
      Object.values({ ...entry.dependencies, ...entry.devDependencies, ...entry.optionalDependencies }),
    );
    expect(versions.filter((version) => /[/:]/.test(version) && !version.startsWith("npm:"))).toEqual([]);
  });

  test("pins what the project itself asks for to the exact version", () => {
    const own = entries.filter(([path]) => !path.includes("node_modules"));
    const asked = own.flatMap(([, { dependencies = {}, devDependencies = {} }]) =>
      Object.entries({ ...dependencies, ...devDependencies }),
    );
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
