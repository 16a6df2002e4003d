/** `sluice doctor` as a command, on real `sluice serve` processes, one of them on a disk that is really full. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { CheckResult } from "@sluice/app";
import { afterAll, describe, expect, test } from "vitest";
import { jsonLines, runProcess } from "./sluice-process.ts";
import { diagnose } from "./support/diagnosis.ts";
import { JSON_TYPE, send } from "./support/requests.ts";
import { sampleEvent } from "./support/sample-event.ts";
import { exportedDecisions, serve, verifyLedger } from "./support/served.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-doctor-process-"));
const mounted: string[] = [];
afterAll(() => {
  for (const path of mounted) spawnSync("umount", ["-l", path]);
  rmSync(folder, { recursive: true, force: true });
});

async function doctor(args: readonly string[]) {
  const { code, stdout, stderr } = await runProcess(["doctor", ...args]);
  const results = jsonLines(stdout) as unknown as CheckResult[];
  return { code, stderr, results, of: (check: string) => results.find((result) => result.check === check) };
}
const faults = (results: readonly CheckResult[]) => results.filter(({ state }) => state === "fail");

/** A file system of its own, as small as it is asked to be. */
function mount(name: string, options: string): { readonly path: string; readonly isMounted: boolean } {
  const path = join(folder, name);
  mkdirSync(path);
  const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]).status === 0;
  if (isMounted) mounted.push(path);
  return { path, isMounted };
}
const full = mount("full", "size=4m");
const readOnly = mount("read-only", "ro");
const skipNote = full.isMounted && readOnly.isMounted ? "" : " (skipped: mounting a tmpfs is not allowed here)";

test("a healthy server passes; killed, its lock and its silence are named; hung, it is no hang", async () => {
  const served = await serve(join(folder, "healthy"));
  const at = ["--http", served.url.origin, "--data", served.data];
  const healthy = await doctor([...at, "--write", "--full"]);
  expect({ code: healthy.code, stderr: healthy.stderr, faults: faults(healthy.results) }).toEqual({
    code: 0,
    stderr: "",
    faults: [],
  });
  expect(await exportedDecisions(served.data)).toHaveLength(4);
  const parts = JSON.parse((await send(served.url, "/ready")).text) as { parts: { analytics?: { state: string } } };
  const isThere = parts.parts.analytics?.state === "ready"; // it comes with an optional package
  expect(healthy.of("search")?.state).toBe(isThere ? "pass" : healthy.of("analytics")?.state);

  served.process.child.kill("SIGSTOP");
  const look = { dataDir: served.data, server: served.url };
  const hung = await diagnose({ ...look, limitMs: 2_000, only: ["health", "lock"] });
  expect(hung.of("health")).toMatchObject({ state: "fail", detail: "no answer within 2000 ms" });
  expect(hung.of("lock").state).toBe("pass");
  served.process.child.kill("SIGCONT");

  await served.kill();
  const killed = await diagnose({ ...look, only: ["lock", "ledger", "port"] });
  expect(killed.of("port").state).toBe("fail");
  expect(killed.of("lock")).toMatchObject({ state: "warn", detail: expect.stringContaining("is gone") });
  expect(killed.of("ledger").state).toBe("pass");
  expect((await doctor([...at, "--only", "lock", "--strict"])).code).toBe(1);
}, 120_000); // analytics takes its time to start where many tests run

describe.skipIf(skipNote !== "")(`disks${skipNote}`, () => {
  test("one that is read-only is named, with what to do", async () => {
    const { of } = await diagnose({ dataDir: readOnly.path, only: ["data-folder"] });
    expect(of("data-folder")).toMatchObject({ detail: expect.stringContaining("read-only"), state: "fail" });
  });

  test("one that is full is named; serve acknowledges nothing it cannot keep, and goes on when there is room", async () => {
    const served = await serve(full.path);
    const at = ["--http", served.url.origin, "--data", full.path];
    const look = { dataDir: full.path, server: served.url };
    const acknowledged: string[] = [];
    const post = async (id: string) => {
      const body = JSON.stringify(sampleEvent({ event_id: id }));
      const answer = await send(served.url, "/ingest", { headers: JSON_TYPE, body });
      if (answer.status === 200) acknowledged.push(id);
      return answer;
    };
    try {
      expect((await post("before")).status).toBe(200);
      expect((await diagnose({ ...look, only: ["data-folder", "ready"] })).named("fail")).toEqual([]);

      const filler = join(full.path, "filler");
      expect(() => writeFileSync(filler, Buffer.alloc(8 * 2 ** 20))).toThrow("ENOSPC");
      // What is left of the last page of a file still takes some records.
      const refused: string[] = [];
      for (let at = 0; refused.length < 3; at += 1) {
        const { status } = await post(`during-${at}`);
        if (status !== 200) refused.push(`during-${at} ${status}`);
      }
      expect(refused.every((one) => one.endsWith(" 503"))).toBe(true);
      expect((await send(served.url, "/health")).status).toBe(200);
      const { code, results, of } = await doctor(at);
      expect(code).toBe(1);
      expect(of("data-folder")).toMatchObject({ state: "fail", detail: expect.stringContaining("the disk is full") });
      expect(of("disk-space")).toMatchObject({ state: "fail", detail: expect.stringContaining("0 MiB free") });
      expect(of("ready")).toMatchObject({ state: "fail", detail: expect.stringContaining("ledger is failed") });
      expect(faults(results).map(({ check }) => check)).toEqual(["data-folder", "disk-space", "ready"]);

      rmSync(filler);
      while ((await post("after")).status !== 200) await setTimeout(50);
      expect((await send(served.url, "/ready")).status).toBe(200);
      expect((await post("once more")).status).toBe(200);
      expect((await diagnose({ ...look, only: ["data-folder", "ready", "ledger"] })).named("fail")).toEqual([]);
    } finally {
      await served.stop();
    }
    expect(await verifyLedger(full.path)).toMatchObject({ code: 0, report: { ok: true } });
    expect((await exportedDecisions(full.path)).map(({ event_id }) => event_id)).toEqual(acknowledged);
  }, 60_000);
});
