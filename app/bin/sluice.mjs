#!/usr/bin/env node
// A committed entry, so that npm can link the command before the first build has made dist/.
import { existsSync } from "node:fs";

const main = new URL("../dist/main.js", import.meta.url);
if (!existsSync(main)) {
  console.error("sluice: not built yet; run `npm run build` in the project's root first");
  process.exit(2);
}
const { runCommandLine } = await import(main.href);
await runCommandLine(process.argv);
