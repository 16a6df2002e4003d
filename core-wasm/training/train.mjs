/** Compiles the trainer where it is stale and runs it: `npm run train -- --help`. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const tsc = join(here, "..", "..", "node_modules", ".bin", "tsc");
const { status, error } = spawnSync(tsc, ["-p", here], { stdio: "inherit" });
if (status !== 0) {
  process.stderr.write(`train: the trainer does not compile${error ? `: ${error.message}` : ""}\n`);
  process.exit(status ?? 1);
}
const { main } = await import(new URL("dist/training/main.js", import.meta.url).href);
process.exitCode = await main(process.argv.slice(2), process.stdout, process.stderr);
