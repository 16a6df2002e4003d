/** Runs the fuzzer from its sources, so that it and the tests read the same files: `npm run fuzz -- --help`. */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const { module } = await runnerImport(fileURLToPath(new URL("main.ts", import.meta.url)), {
  root: fileURLToPath(new URL(".", import.meta.url)),
  configFile: false,
});
process.exitCode = module.main(process.argv.slice(2), process.stdout, process.stderr);
