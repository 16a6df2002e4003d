import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PolicyWatch, watchPolicy } from "./watch.ts";

const policy = (block: number, comment = "") =>
  `# ${comment}\nversion: 1\nname: watched\nbase_rate: 0.02\ntiers: { general: {} }\nthresholds: { cbrn: { general: { block: ${block} } } }\n`;

let folder: string;
let path: string;
let watch: PolicyWatch | undefined;
let told: string[];

/** Polls by hand: the timer is set far off, so that tests wait for no clock. */
function start(onAccepted?: () => void): void {
  told = [];
  watch = watchPolicy(path, {
    pack: { categories: ["cbrn"] },
    intervalMs: 1_000_000,
    onAccepted: (accepted) => {
      onAccepted?.();
      told.push(`accepted ${JSON.stringify(accepted.thresholds.cbrn!.general)}`);
    },
    onRefused: (error, faults) =>
      told.push(`refused ${error.code} ${faults.map(({ line, path }) => `${line} ${path}`)}`),
  });
}
async function polls(count: number): Promise<string[]> {
  for (let index = 0; index < count; index++) await watch!.poll();
  return told.splice(0);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-policy-"));
  path = join(folder, "policy.yaml");
  writeFileSync(path, policy(0.5));
});
afterEach(async () => {
  await watch?.stop();
  rmSync(folder, { recursive: true });
});

test("an edit is accepted once it stands still for one poll", async () => {
  start();
  expect(await polls(2)).toEqual(['accepted {"block":0.5}']);
  writeFileSync(path, policy(0.61));
  expect(await polls(1)).toEqual([]);
  expect(await polls(3)).toEqual(['accepted {"block":0.61}']);
});

test("a half-written file is not judged", async () => {
  start();
  await polls(3);
  writeFileSync(path, policy(0.7).slice(0, 40));
  expect(await polls(1)).toEqual([]);
  writeFileSync(path, policy(0.7));
  expect(await polls(3)).toEqual(['accepted {"block":0.7}']);
});

test("a faulty edit is refused once with its faults, and the correction is accepted", async () => {
  start();
  await polls(3);
  writeFileSync(path, policy(5));
  expect(await polls(4)).toEqual(["refused policy-invalid 6 thresholds.cbrn.general.block"]);
  writeFileSync(path, policy(0.8));
  expect(await polls(3)).toEqual(['accepted {"block":0.8}']);
});

test("going back to the policy in force after a faulty edit is no news", async () => {
  start();
  await polls(3);
  writeFileSync(path, policy(5));
  await polls(3);
  writeFileSync(path, policy(0.5));
  expect(await polls(3)).toEqual([]);
});

test("an edit that changes no meaning is no news", async () => {
  start();
  await polls(3);
  writeFileSync(path, policy(0.5, "said differently"));
  expect(await polls(3)).toEqual([]);
});

test("a file replaced by renaming is seen", async () => {
  start();
  await polls(3);
  writeFileSync(`${path}.new`, policy(0.9));
  renameSync(`${path}.new`, path);
  expect(await polls(3)).toEqual(['accepted {"block":0.9}']);
});

test("a file that is gone is told once, and its return is judged anew", async () => {
  start();
  await polls(3);
  rmSync(path);
  expect(await polls(3)).toEqual(["refused not-found "]);
  writeFileSync(path, policy(0.4));
  expect(await polls(3)).toEqual(['accepted {"block":0.4}']);
});

test("a policy that the engine cannot take over is refused, and stays to be tried again", async () => {
  let fails = true;
  start(() => {
    if (fails) throw new Error("ledger cannot write");
  });
  expect(await polls(3)).toEqual(["refused policy-invalid "]);
  fails = false;
  writeFileSync(path, policy(0.5, "again"));
  expect(await polls(3)).toEqual(['accepted {"block":0.5}']);
});

test("nothing is told after it stopped", async () => {
  start();
  await watch!.stop();
  expect(await polls(3)).toEqual([]);
});
