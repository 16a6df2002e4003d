/**
 * Builds what is stale, in order: kernel (asc), packages (tsc -b), pack blobs (sluice pack build: the default one joins
 * the trained weights, the other has rules alone), dashboard (vite).
 * `--if-stale` skips a step whose inputs are older than its output, so that `npm start` and `npm test` cost nothing
 * twice.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const ifStale = process.argv.includes("--if-stale");
const packages = ["core-wasm", "engine", "policy", "connectors", "app", "bench"];
const bin = (name) => join(root, "node_modules", ".bin", name);
const rules = "core-wasm/packs/default";
const weights = "core-wasm/models/prompt.weights";
const packBuild = (out, ...more) => ["app/bin/sluice.mjs", "pack", "build", rules, "--out", out, ...more];

/** @type {{ name: string, inputs: string[], output: string, command: string, args: string[] }[]} */
const steps = [
  {
    name: "kernel",
    inputs: ["core-wasm/assembly", "asconfig.json"],
    output: "core-wasm/build/kernel.wasm",
    command: bin("asc"),
    args: ["--config", "asconfig.json", "--target", "release"],
  },
  {
    name: "packages",
    inputs: [...packages.flatMap((name) => [`${name}/src`, `${name}/tsconfig.json`]), "tsconfig.base.json"],
    output: "bench/dist/.tsbuildinfo",
    command: bin("tsc"),
    args: ["-b"],
  },
  {
    name: "pack",
    inputs: [rules, weights, "core-wasm/src"],
    output: "core-wasm/build/default.pack",
    command: process.execPath,
    args: packBuild("core-wasm/build/default.pack", "--model", weights),
  },
  {
    name: "pack of rules alone",
    inputs: [rules, "core-wasm/src"],
    output: "core-wasm/build/rules.pack",
    command: process.execPath,
    args: packBuild("core-wasm/build/rules.pack"),
  },
  {
    name: "dashboard",
    inputs: ["dashboard/src", "dashboard/index.html", "dashboard/vite.config.ts"],
    output: "dashboard/dist/index.html",
    command: bin("vite"),
    args: ["build", "dashboard", "--logLevel", "warn"],
  },
];

/** Newest change below a path, tests left out: they are no part of a build. */
function newestMs(path) {
  const full = join(root, path);
  if (!existsSync(full)) return 0;
  const stat = statSync(full);
  if (!stat.isDirectory()) return /\.(test|long)\.ts$/.test(path) ? 0 : stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(full).map((name) => newestMs(join(path, name))));
}

for (const { name, inputs, output, command, args } of steps) {
  const outputPath = join(root, output);
  const isFresh = existsSync(outputPath) && statSync(outputPath).mtimeMs >= Math.max(...inputs.map(newestMs));
  if (ifStale && isFresh) continue;
  mkdirSync(join(outputPath, ".."), { recursive: true });
  process.stderr.write(`build: ${name}\n`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    process.stderr.write(`build: ${name} failed${error ? `: ${error.message}` : ""}\n`);
    process.exit(status ?? 1);
  }
  const now = new Date();
  utimesSync(outputPath, now, now); // tsc leaves its output untouched when an edit changed no meaning
}
