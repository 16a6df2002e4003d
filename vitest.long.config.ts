/** The long suites: kill -9 rounds, soak, millions of random inputs. Run by `npm run test:long` and in CI. */
import { defineConfig } from "vitest/config";
import { alias } from "./vitest.config.ts";

export default defineConfig({
  resolve: { alias },
  test: {
    include: ["*/src/**/*.long.ts", "test/**/*.long.ts"],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
