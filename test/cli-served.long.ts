/** `sluice serve` as a process: what it tells of, what it refuses, and what a demonstration leaves behind. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { presetPath } from "@sluice/policy";
import { afterAll, afterEach, expect, test } from "vitest";
import { runCommand } from "../app/src/testing/run-command.ts";
import { jsonLines, type Running, readyAt, runProcess, start } from "./sluice-process.ts";
import { serve } from "./support/served.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-served-"));
const file = (name: string) => join(folder, name);
const running: Running[] = [];
const kept = (process: Running) => {
  running.push(process);
  return process;
};

async function served(args: readonly string[] = []) {
  const one = await serve(mkdtempSync(join(folder, "data-")), args);
  kept(one.process);
  return one;
}

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("watch filters by action, and resumes after a sequence", async () => {
  const { url } = await served();
  const simulated = await runCommand(["simulate", "--events", "400"]);
  await runCommand(["publish", "-", "--http", url.origin], { input: simulated.stdout });
  const watching = kept(start(["watch", "--http", url.origin, "--action", "block", "--since", "0"]));
  await watching.shown('"action":"block"');
  watching.child.kill("SIGINT");
  const { code, stdout } = await watching.ended;
  expect(code).toBe(0);
  expect(new Set(jsonLines(stdout).map(({ action }) => action))).toEqual(new Set(["block"]));
});

test("a faulty edit of the policy is refused and a sound one taken, both said aloud", async () => {
  const policy = file("hot.yaml");
  copyFileSync(presetPath("default"), policy);
  const sound = readFileSync(policy, "utf8");
  const { process, url } = await served(["--policy", policy]);
  const policyHash = async () =>
    ((await (await fetch(new URL("/ready", url))).text()).match(/sha256:[0-9a-f]{64}/g) ?? []).join(" ");
  const before = await policyHash();
  expect(before).not.toBe("");
  writeFileSync(policy, sound.replace(/^base_rate:.*$/m, "base_rate: lots"));
  await process.shown("the changed policy was refused");
  expect(await policyHash()).toBe(before);
  writeFileSync(policy, sound.replace(/^base_rate:.*$/m, "base_rate: 0.05"));
  await process.shown("the changed policy is in force");
  expect(await policyHash()).not.toBe(before);
});

test("a port in use and a ledger in use are told, exit 1", async () => {
  const { url, data } = await served();
  const { port } = url;
  const taken = await runProcess(["serve", "--port", port, "--data", file("other")]);
  expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining("another program listens there") });
  const locked = await runProcess(["serve", "--port", "0", "--data", data]);
  expect(locked).toMatchObject({ code: 1, stderr: expect.stringContaining("in use by process") });
});

test("--demo decides synthetic traffic, marked as such, and leaves no folder behind", async () => {
  const demo = kept(start(["serve", "--demo", "--port", "0"], { cwd: folder, environment: { TMPDIR: folder } }));
  const url = await readyAt(demo);
  const watching = kept(start(["watch", "--http", url]));
  await watching.shown('"synthetic":true');
  demo.child.kill("SIGTERM");
  expect((await demo.ended).code).toBe(0);
  const data = /"data":"([^"]+)"/.exec(demo.stderr())?.[1] ?? "";
  expect(data).toContain("sluice-demo-");
  expect(existsSync(data)).toBe(false);
  expect(existsSync(join(folder, ".sluice"))).toBe(false);
});
