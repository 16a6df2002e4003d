/**
 * Unit and whole-system tests of `npm test`; packages resolve to their sources, so no build can go stale under a test.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (name: string) => fileURLToPath(new URL(`./${name}/src/index.ts`, import.meta.url));

export const alias = Object.fromEntries(
  ["core-wasm", "engine", "policy", "connectors", "app"].map((name) => [`@sluice/${name}`, source(name)]),
);

export default defineConfig({
  resolve: { alias },
  test: {
    expect: { poll: { timeout: 15_000 } }, // on two cores that also run a browser and a broker, a second is nothing
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    isolate: false, // no test changes what a module holds; loading all anew for each file took a third of the time
    include: ["*/src/**/*.test.ts", "core-wasm/{training,fuzz}/**/*.test.ts", "test/**/*.test.ts"],
  },
});
