/** `sluice doctor`: each check passes on a healthy system; those of machine, rules and data are made to fail. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSluice, type DoctorOptions, type Sluice } from "@sluice/app";
import { createDetector, type Detector } from "@sluice/core-wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diagnose } from "./support/diagnosis.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-doctor-test-"));
const DEFAULT_PACK_PATH = fileURLToPath(new URL("../core-wasm/build/default.pack", import.meta.url));
const path = (name: string) => join(folder, name);
const dataDir = path("data");
let sluice: Sluice;
let server: URL;
beforeAll(async () => {
  sluice = await createSluice({ dataDir, analytics: "off" }); // doctor-process.long.ts has it on
  server = await sluice.listen({ port: 0 });
});
afterAll(async () => {
  await sluice.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a healthy system passes every check, with what it records and without", async () => {
  const looked = await diagnose({ dataDir, server });
  expect(looked.results.filter(({ state }) => state === "fail" || state === "warn")).toEqual([]);
  expect(looked.of("ready").detail).toContain("adapter ");
  expect(looked.of("writing")).toMatchObject({ state: "skip", detail: expect.stringContaining("--write") });
  const before = sluice.engine.counters().total;

  const wrote = await diagnose({ dataDir, server, isWriting: true, isFull: true });
  expect(wrote.results.filter(({ state }) => state === "fail" || state === "warn")).toEqual([]);
  const written = ["ingest", "counters", "repeat", "record", "ledger-record", "live-decision"];
  for (const check of written) expect(wrote.of(check)).toMatchObject({ state: "pass" });
  expect(sluice.engine.counters()).toMatchObject({ total: before + 4, byOrganisation: { "sluice-doctor": 4 } });
});

test("every fault says what to do", async () => {
  const { results } = await diagnose({ dataDir: path("none"), policy: "no such policy", pack: path("no.pack") });
  for (const { state, advice } of results) {
    if (state === "fail" || state === "warn") expect(advice).toMatch(/\w+/);
  }
});

test("only what is asked for is looked at, and what it builds on", async () => {
  const { results } = await diagnose({ dataDir, server, only: ["live"] });
  expect(results.map(({ check }) => check)).toEqual(["port", "health", "live"]);
  await expect(diagnose({ dataDir, only: ["liver"] })).rejects.toThrow('no check "liver"');
});

describe("on this machine doctor names", () => {
  const probed = (probes: DoctorOptions["probes"]) =>
    diagnose({ dataDir, probes: probes ?? {}, only: ["node", "memory", "kernel", "pack"] });

  test("a Node that is too old", async () => {
    const { detail, state } = (await probed({ nodeVersion: "20.18.3" })).of("node");
    expect({ state, detail }).toEqual({ state: "fail", detail: "Node 20.18.3 is older than 20.19" });
    expect((await probed({ nodeVersion: "24.0.0" })).of("node").state).toBe("pass");
  });

  test("memory that runs out, and memory that is gone", async () => {
    expect((await probed({ freeMemoryBytes: () => 300 * 2 ** 20 })).of("memory").state).toBe("warn");
    expect((await probed({ freeMemoryBytes: () => 60 * 2 ** 20 })).of("memory").state).toBe("fail");
  });

  test("a kernel that scores wrongly, and one that does not load", async () => {
    const scoresNothing = (blob: Uint8Array): Detector => {
      const detector = createDetector(blob);
      return { ...detector, open: () => detector.open(Buffer.from("{}")) };
    };
    const wrong = await probed({ makeDetector: scoresNothing });
    expect(wrong.of("kernel")).toMatchObject({ state: "fail", detail: expect.stringContaining("a known text gave") });
    expect(wrong.of("pack")).toMatchObject({ state: "skip", detail: expect.stringContaining("kernel") });
    const broken = await probed({
      makeDetector: () => {
        throw new Error("the module is cut off");
      },
    });
    expect(broken.of("kernel")).toMatchObject({ state: "fail", detail: "the module is cut off" });
  });

  test("settings that serve would refuse", async () => {
    const { of } = await diagnose({
      dataDir,
      only: ["configuration"],
      configFault: 'SLUICE_PORT (environment): "no" is not 0 to 65535',
    });
    expect(of("configuration")).toMatchObject({ state: "fail", detail: expect.stringContaining("SLUICE_PORT") });
  });
});

describe("of the rules doctor names", () => {
  test("a pack that is none, one that is cut off, and one that is not there", async () => {
    writeFileSync(path("garbage.pack"), "not a pack at all");
    writeFileSync(path("cut.pack"), readFileSync(DEFAULT_PACK_PATH).subarray(0, 10_000));
    for (const [name, said] of [
      ["garbage.pack", "garbage.pack"],
      ["cut.pack", "cut.pack"],
      ["no.pack", "cannot read the pack"],
    ] as const) {
      const { of } = await diagnose({ dataDir, pack: path(name), only: ["pack"] });
      expect(of("pack")).toMatchObject({ state: "fail", detail: expect.stringContaining(said) });
    }
  });

  test("a policy that is broken, one that is not there, and one at odds with itself", async () => {
    writeFileSync(path("broken.yaml"), "version: 1\nname: broken\nthresholds: [\n");
    for (const [policy, said] of [
      [path("broken.yaml"), "broken.yaml"],
      ["strict", "the presets are"],
    ] as const) {
      const { of } = await diagnose({ dataDir, policy, only: ["policy"] });
      expect(of("policy")).toMatchObject({ state: "fail", detail: expect.stringContaining(said) });
    }
    const linted = (await diagnose({ dataDir, policy: "cgcp", only: ["policy"] })).of("policy");
    expect(linted).toMatchObject({ state: "warn", advice: "sluice policy lint cgcp" });
  });

  test("a server that uses other rules: a fault where they were named, else a warning", async () => {
    const named = await diagnose({
      dataDir,
      server,
      policy: "cgcp",
      isPolicyGiven: true,
      only: ["rules-in-force", "check"],
    });
    expect(named.of("rules-in-force")).toMatchObject({ state: "fail", detail: expect.stringContaining("policy") });
    expect(named.of("check")).toMatchObject({ state: "pass", detail: expect.stringContaining("rules of its own") });
    const defaulted = await diagnose({ dataDir, server, policy: "cgcp", only: ["rules-in-force"] });
    expect(defaulted.of("rules-in-force").state).toBe("warn");
  });

  test("a server with another pack", async () => {
    const bytes = readFileSync(DEFAULT_PACK_PATH);
    const at = bytes.indexOf('"version":"1.0.0"');
    bytes.write('"version":"9.0.0"', at);
    writeFileSync(path("other.pack"), bytes);
    const { of } = await diagnose({ dataDir, server, pack: path("other.pack"), only: ["rules-in-force"] });
    expect(of("pack")).toMatchObject({ state: "pass", detail: expect.stringContaining("9.0.0") });
    expect(of("rules-in-force")).toMatchObject({ state: "fail", detail: expect.stringContaining("uses pack") });
  });
});

describe("of the data folder doctor names", () => {
  test("a file in its place, and a folder that is not there", async () => {
    writeFileSync(path("file"), "");
    const file = (await diagnose({ dataDir: path("file"), only: ["data-folder"] })).of("data-folder");
    expect(file).toMatchObject({ state: "fail", detail: expect.stringContaining("is no folder") });
    const missing = (await diagnose({ dataDir: path("missing"), only: ["data-folder"] })).of("data-folder");
    expect(missing).toMatchObject({ state: "warn", detail: expect.stringContaining("does not exist yet") });
    expect(readdirSync(folder)).not.toContain("missing"); // looked at, not made
  });

  test("a disk that fills up, and one that is full", async () => {
    const free = async (freeBytes: number) => {
      const freeSpace = async () => ({ freeBytes, totalBytes: 100 * 2 ** 30 });
      return (await diagnose({ dataDir, probes: { freeSpace }, only: ["disk-space"] })).of("disk-space");
    };
    expect(await free(1024 * 2 ** 20)).toMatchObject({ state: "warn", detail: expect.stringContaining("1024 MiB") });
    expect(await free(0)).toMatchObject({ state: "fail", detail: expect.stringContaining("0 MiB free") });
    expect((await free(50 * 2 ** 30)).state).toBe("pass");
  });

  test("a lock that a killed process left, and one that names nobody", async () => {
    const data = mkdtempSync(path("lock-"));
    writeFileSync(join(data, "lock"), JSON.stringify({ pid: process.pid, startedAt: "1", boot: "an earlier one" }));
    const stale = (await diagnose({ dataDir: data, only: ["lock"] })).of("lock");
    expect(stale).toMatchObject({
      state: "warn",
      detail: expect.stringContaining(`process ${process.pid}, which is gone`),
    });
    writeFileSync(join(data, "lock"), "garbage");
    expect((await diagnose({ dataDir: data, only: ["lock"] })).of("lock").detail).toContain("names no process");
    expect((await diagnose({ dataDir, only: ["lock"] })).of("lock").detail).toContain("holds the ledger, and lives");
  });

  test("one changed byte of the ledger, by the record that it is in", async () => {
    const data = path("tampered");
    const written = await createSluice({ dataDir: data });
    await written.ingest(Buffer.from(JSON.stringify(event("tampered-1"))));
    await written.ingest(Buffer.from(JSON.stringify(event("tampered-2"))));
    await written.close();
    expect((await diagnose({ dataDir: data, only: ["ledger"] })).of("ledger").state).toBe("pass");
    const segment = join(
      data,
      "ledger",
      readdirSync(join(data, "ledger")).find((name) => name.endsWith(".segment")) ?? "",
    );
    const bytes = readFileSync(segment);
    const at = bytes.indexOf("tampered-2");
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(segment, bytes);
    const { state, detail } = (await diagnose({ dataDir: data, only: ["ledger"] })).of("ledger");
    expect({ state, detail }).toEqual({ state: "fail", detail: expect.stringMatching(/broken at record \d.*byte \d/) });
  });
});

function event(id: string) {
  const caller = { user_id: "u", org_id: "o", surface: "api", tier: "general" };
  return { event_id: id, timestamp: new Date().toISOString(), ...caller, prompt: "What a fine day" };
}
