/** `sluice doctor`: each check passes on a healthy system, and each is made to fail and names the fault. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSluice, type Sluice } from "@sluice/app";
import { createDetector, type Detector } from "@sluice/core-wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import type { DoctorOptions } from "../app/src/doctor/doctor.ts";
import { DEFAULT_PACK_PATH } from "../app/src/pack.ts";
import { type Bend, bentServer } from "./support/bent-server.ts";
import { type Diagnosis, diagnose, NOWHERE } from "./support/diagnosis.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-doctor-test-"));
const path = (name: string) => join(folder, name);
const dataDir = path("data");
let sluice: Sluice;
let server: URL;
beforeAll(async () => {
  sluice = await createSluice({ dataDir });
  server = await sluice.listen({ port: 0 });
});
afterAll(async () => {
  await sluice.close();
  rmSync(folder, { recursive: true, force: true });
});

/** With the real server behind a proxy that bends it. */
async function bent(only: readonly string[], bend: Bend, options: Partial<DoctorOptions> = {}): Promise<Diagnosis> {
  const proxy = await bentServer(server, bend);
  try {
    return await diagnose({ dataDir, server: proxy.url, only, ...options });
  } finally {
    await proxy.close();
  }
}
/** Bends the JSON answers of one path. */
const bentJson = (wanted: string, change: (body: Record<string, unknown>, count: number) => object, status = 200) => {
  let count = 0;
  return {
    answer: (asked: string, body: string) => {
      if (asked !== wanted) return undefined;
      count += 1;
      return { status, body: JSON.stringify(change(JSON.parse(body) as Record<string, unknown>, count)) };
    },
  };
};

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
        throw new WebAssembly.CompileError("the module is cut off");
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

describe("of the server doctor names", () => {
  test("that nothing listens, and skips what cannot be asked", async () => {
    const { of } = await diagnose({ dataDir, server: NOWHERE, only: ["ready", "page", "live"] });
    expect(of("port")).toMatchObject({ state: "fail", detail: "nothing listens on 127.0.0.1:1" });
    for (const check of ["health", "ready", "page", "live"]) expect(of(check).state).toBe("skip");
  });

  test("another program on its port", async () => {
    const other = createHttpServer((_request, response) => response.end("<h1>It works!</h1>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = new URL(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    const { of } = await diagnose({ dataDir, server: url, only: ["health"] });
    other.close();
    expect(of("port").state).toBe("pass");
    expect(of("health")).toMatchObject({ state: "fail", advice: expect.stringContaining("another program") });
  });

  test("a server that hangs: a finding, and not a hang", async () => {
    const sockets: { destroy(): void }[] = [];
    const hung = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => hung.listen(0, "127.0.0.1", resolve));
    const url = new URL(`http://127.0.0.1:${(hung.address() as AddressInfo).port}`);
    const { of } = await diagnose({ dataDir, server: url, limitMs: 300, only: ["health"] });
    for (const socket of sockets) socket.destroy();
    hung.close();
    expect(of("health")).toMatchObject({ state: "fail", detail: "no answer within 300 ms" });
  });

  test("a part that failed, and says what mends it", async () => {
    const failed = (body: Record<string, unknown>) => ({
      ...body,
      status: "not_ready",
      parts: { ...(body.parts as object), ledger: { state: "failed", detail: "no space left" } },
    });
    const { of } = await bent(["ready"], bentJson("/ready", failed, 503));
    expect(of("ready")).toMatchObject({
      state: "fail",
      detail: expect.stringContaining("ledger is failed (no space left)"),
      advice: expect.stringContaining("free disk space"),
    });
  });

  test("analytics that is not there, without calling the server ill", async () => {
    const starting = (body: Record<string, unknown>) => ({
      ...body,
      parts: { ...(body.parts as object), analytics: { state: "failed", detail: "the worker ended" } },
    });
    const { of } = await bent(["analytics"], bentJson("/ready", starting));
    expect(of("analytics")).toMatchObject({ state: "warn", detail: expect.stringContaining("the worker ended") });
    expect(of("ready").state).toBe("warn");
  });

  test("a clock that is off", async () => {
    const { of } = await diagnose({
      dataDir,
      server,
      probes: { nowMs: () => Date.now() + 10 * 60_000 },
      only: ["clock"],
    });
    expect(of("clock")).toMatchObject({ state: "fail", detail: expect.stringMatching(/\d+ ms behind this one/) });
    const early = await diagnose({ dataDir, server, probes: { nowMs: () => Date.now() - 10_000 }, only: ["clock"] });
    expect(early.of("clock")).toMatchObject({ state: "warn", detail: expect.stringContaining("ahead of") });
  });

  test("a page that is missing, and a page without its script", async () => {
    const noPage = await bent(["page"], {
      answer: (asked) => (asked === "/" ? { status: 404, body: "{}" } : undefined),
    });
    expect(noPage.of("page")).toMatchObject({ state: "fail", advice: expect.stringContaining("npm run build") });
    const noScript = await bent(["page"], {
      answer: (asked) => (asked.endsWith(".js") ? { status: 404, body: "{}" } : undefined),
    });
    expect(noScript.of("page").detail).toMatch(/\.js answered 404/);
  });

  test("a decision that is not what the rules say", async () => {
    const { of } = await bent(
      ["rules-in-force", "check"],
      bentJson("/check", (body) => ({ ...body, action: "allow", reasons: [] })),
    );
    expect(of("check")).toMatchObject({
      state: "fail",
      detail: expect.stringContaining('action "allow" and not "block"'),
    });
  });

  test("a /check that counts", async () => {
    const counting = (body: Record<string, unknown>, count: number) => ({
      ...body,
      events_by_organisation: { "sluice-doctor": count },
    });
    const { of } = await bent(["check-records-nothing"], bentJson("/metrics", counting));
    expect(of("check-records-nothing").state).toBe("fail");
  });

  test("a live feed that is cut, and one that stays silent", async () => {
    const cut = await bent(["live"], {
      upgrade: (_request, socket) => {
        socket.destroy();
        return true;
      },
    });
    expect(cut.of("live")).toMatchObject({ state: "fail", detail: expect.stringContaining("/live ended before") });
    const silent = await bent(["live"], { upgrade: () => true }, { limitMs: 1_000 });
    expect(silent.of("live")).toMatchObject({ state: "fail", detail: "no answer within 1000 ms" });
  });
});

describe("of the way of an event doctor names", () => {
  const isWriting = true;

  test("that it is not taken", async () => {
    const { of } = await bent(
      ["counters", "repeat", "record", "live-decision"],
      bentJson("/ingest", () => ({ error: "the ledger cannot be written" }), 503),
      { isWriting },
    );
    expect(of("ingest")).toMatchObject({ state: "fail", detail: expect.stringContaining("ledger cannot be written") });
    for (const check of ["counters", "repeat", "record", "live-decision"]) expect(of(check).state).toBe("skip");
  });

  test("counters that do not move", async () => {
    const still = (body: Record<string, unknown>) => ({ ...body, events_by_organisation: { "sluice-doctor": 7 } });
    const { of } = await bent(["counters"], bentJson("/metrics", still), { isWriting });
    expect(of("counters")).toMatchObject({ state: "fail", detail: expect.stringContaining("moved by 0") });
  });

  test("a repeat that is not known", async () => {
    const forgetful = (body: Record<string, unknown>) => ({ ...body, duplicates: 0 });
    const { of } = await bent(["repeat"], bentJson("/ingest", forgetful), { isWriting });
    expect(of("repeat")).toMatchObject({ state: "fail", detail: expect.stringContaining("0 were known") });
  });

  test("a record that is not found", async () => {
    const lost = (asked: string) =>
      asked.startsWith("/decisions/") ? { status: 404, body: '{"error":"no decision of this event"}' } : undefined;
    const { of } = await bent(["ledger-record"], { answer: lost }, { isWriting });
    expect(of("record")).toMatchObject({ state: "fail", detail: expect.stringContaining("no decision of this event") });
    expect(of("ledger-record").state).toBe("skip");
  });

  test("a server that writes to another folder", async () => {
    const { of } = await diagnose({ dataDir: path("elsewhere"), server, isWriting, only: ["ledger-record"] });
    expect(of("ledger-record")).toMatchObject({ state: "warn", detail: expect.stringContaining("no ledger in") });
  });

  test("a decision that never comes on the live feed", async () => {
    const sockets = new WebSocketServer({ noServer: true });
    const snapshotOnly: Bend = {
      upgrade(request, socket, head) {
        sockets.handleUpgrade(request, socket, head, (client) =>
          client.send(JSON.stringify({ type: "snapshot", seq: 1, counters: { total: 0 } })),
        );
        return true;
      },
    };
    const { of } = await bent(["live-decision"], snapshotOnly, { isWriting });
    expect(of("live").state).toBe("pass");
    expect(of("live-decision")).toMatchObject({
      state: "fail",
      detail: expect.stringContaining("did not come on /live"),
    });
  });
});

function event(id: string) {
  const caller = { user_id: "u", org_id: "o", surface: "api", tier: "general" };
  return { event_id: id, timestamp: new Date().toISOString(), ...caller, prompt: "What a fine day" };
}
