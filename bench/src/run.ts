/** `npm run bench -- [suite …]`: runs the suites, prints their figures and writes one record. */
import { machineNoise } from "./machine-noise.ts";
import { type SuiteResult, writeRecord } from "./record.ts";
import { detectorSuite } from "./suites/detector.ts";
import { embeddedSuite } from "./suites/embedded.ts";
import { engineSuite } from "./suites/engine.ts";
import { hostileSuite } from "./suites/hostile.ts";
import { kernelSuite } from "./suites/kernel.ts";
import { nativeSuite } from "./suites/native.ts";
import { peersSuite } from "./suites/peers.ts";
import { phrasesSuite } from "./suites/phrases.ts";
import { policySuite } from "./suites/policy.ts";
import { serverSuite, soakSuite } from "./suites/server.ts";
import { transportHttpSuite } from "./suites/transport-http.ts";
import { transportNatsSuite } from "./suites/transport-nats.ts";
import { transportWsSuite } from "./suites/transport-ws.ts";

const SUITES: Readonly<Record<string, () => Promise<SuiteResult>>> = {
  kernel: kernelSuite,
  hostile: hostileSuite,
  engine: engineSuite,
  detector: detectorSuite,
  policy: policySuite,
  native: nativeSuite,
  phrases: phrasesSuite,
  peers: peersSuite,
  server: serverSuite,
  "transport-http": transportHttpSuite,
  "transport-ws": transportWsSuite,
  "transport-nats": transportNatsSuite,
  embedded: embeddedSuite,
  soak: soakSuite,
};
/** Eleven minutes: only when it is asked for. */
const ONLY_BY_NAME = new Set(["soak"]);
/** Names for several suites: whole servers, each beside the same transport and nothing else. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "end-to-end": ["server", "transport-http", "transport-ws", "transport-nats", "embedded"],
};

async function main(asked: readonly string[]): Promise<number> {
  const names = asked.flatMap((name) => GROUPS[name] ?? [name]);
  const unknown = names.filter((name) => !(name in SUITES));
  if (unknown.length > 0 || names.includes("--help")) {
    console.error(
      `bench: suites are ${Object.keys(SUITES).join(", ")}; soak runs only by name; end-to-end is ${GROUPS["end-to-end"]?.join(", ")}. Example: npm run bench -- kernel engine`,
    );
    return names.includes("--help") ? 0 : 2;
  }
  const results: SuiteResult[] = [];
  let failed = 0;
  const before = machineNoise();
  for (const [name, run] of Object.entries(SUITES)) {
    if (names.length > 0 ? !names.includes(name) : ONLY_BY_NAME.has(name)) continue;
    const result = await run().catch((error: unknown) => error as Error);
    if (result instanceof Error) {
      console.error(`\n${name}: failed: ${result.stack}`); // what the others measured is recorded all the same
      failed = 1;
      continue;
    }
    results.push(result);
    console.log(`\n${result.suite}: checked: ${result.checked}`);
    for (const { name: figure, value, unit } of result.figures) console.log(`  ${figure}: ${value} ${unit}`);
  }
  const after = machineNoise();
  console.log("\nthe machine: a random read, fastest, median and slowest spell");
  for (const [when, stretches] of Object.entries({ before, after })) {
    const told = stretches.map(
      ({ within, fastest, median, slowest }) => `${within} ${fastest}, ${median}, ${slowest} ns`,
    );
    console.log(`  ${when}: ${told.join("; ")}`);
  }
  if (results.length > 0) console.log(`\nrecorded in ${writeRecord(results, { before, after })}`);
  return failed;
}

process.exitCode = await main(process.argv.slice(2));
