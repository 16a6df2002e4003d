/**
 * Unit and whole-system tests of `npm test`; packages resolve to their sources, so no build can go stale under a test.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (name: string) => fileURLToPath(new URL(`./${name}/src/index.ts`, import.meta.url));

export const alias = Object.fromEntries(
  ["core-wasm", "engine", "policy", "connectors", "app"].map((name) => [`@sluice/${name}`, source(name)]),
);

const include = ["*/src/**/*.test.ts", "core-wasm/{training,fuzz}/**/*.test.ts", "test/**/*.test.ts"];
const exclude = ["**/node_modules/**", "**/dist/**"];
/** DuckDB keeps state for the whole process: a second database in it may not come back from a cancelled statement. */
const alone = ["connectors/src/analytics/**/*.test.ts"];

export default defineConfig({
  resolve: { alias },
  test: {
    expect: { poll: { timeout: 15_000 } }, // on two cores that also run a browser and a broker, a second is nothing
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      // No test there changes what a module holds; loading it anew for each file took a third of the time.
      { extends: true, test: { name: "shared", include, exclude: [...exclude, ...alone], isolate: false } },
      { extends: true, test: { name: "alone", include: alone, exclude } },
    ],
  },
});
