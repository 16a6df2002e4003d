/** `npm run bench -- [suite …]`: runs the suites, prints their figures and writes one record. */

import { type SuiteResult, writeRecord } from "./record.ts";
import { engineSuite } from "./suites/engine.ts";
import { hostileSuite } from "./suites/hostile.ts";
import { kernelSuite } from "./suites/kernel.ts";
import { policySuite } from "./suites/policy.ts";
import { serverSuite, soakSuite } from "./suites/server.ts";
import { transportHttpSuite } from "./suites/transport-http.ts";
import { transportWsSuite } from "./suites/transport-ws.ts";

const SUITES: Readonly<Record<string, () => Promise<SuiteResult>>> = {
  kernel: kernelSuite,
  hostile: hostileSuite,
  engine: engineSuite,
  policy: policySuite,
  server: serverSuite,
  "transport-http": transportHttpSuite,
  "transport-ws": transportWsSuite,
  soak: soakSuite,
};
/** Eleven minutes: only when it is asked for. */
const ONLY_BY_NAME = new Set(["soak"]);

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !(name in SUITES));
  if (unknown.length > 0 || names.includes("--help")) {
    console.error(
      `bench: suites are ${Object.keys(SUITES).join(", ")}; soak runs only by name. Example: npm run bench -- kernel engine`,
    );
    return names.includes("--help") ? 0 : 2;
  }
  const results: SuiteResult[] = [];
  for (const [name, run] of Object.entries(SUITES)) {
    if (names.length > 0 ? !names.includes(name) : ONLY_BY_NAME.has(name)) continue;
    const result = await run();
    results.push(result);
    console.log(`\n${result.suite}: checked: ${result.checked}`);
    for (const { name: figure, value, unit } of result.figures) console.log(`  ${figure}: ${value} ${unit}`);
  }
  console.log(`\nrecorded in ${writeRecord(results)}`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
