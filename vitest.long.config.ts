/** The long suites: kill -9 rounds, millions of random inputs, the page in every state, SQL and doctor as processes. */
import { defineConfig } from "vitest/config";
import { alias } from "./vitest.config.ts";

export default defineConfig({
  resolve: { alias },
  test: {
    include: ["*/src/**/*.long.ts", "core-wasm/{training,fuzz}/**/*.long.ts", "test/**/*.long.ts"],
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 900_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
