/** `sluice doctor` on a server that is bent in one point at a time: each check is made to fail and names the fault. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSluice, type DoctorOptions, type Sluice } from "@sluice/app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { type Bend, bentServer } from "./support/bent-server.ts";
import { type Diagnosis, diagnose, NOWHERE } from "./support/diagnosis.ts";

const dataDir = mkdtempSync(join(tmpdir(), "sluice-doctor-server-"));
let sluice: Sluice;
let server: URL;
beforeAll(async () => {
  sluice = await createSluice({ dataDir, analytics: "off" }); // doctor-process.long.ts has it on
  server = await sluice.listen({ port: 0 });
});
afterAll(async () => {
  await sluice.close();
  rmSync(dataDir, { recursive: true, force: true });
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
    const { of } = await diagnose({ dataDir, server: url, limitMs: 1_500, only: ["health"] });
    for (const socket of sockets) socket.destroy();
    hung.close();
    expect(of("health")).toMatchObject({ state: "fail", detail: "no answer within 1500 ms" });
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
    const reading = (body: Record<string, unknown>) => ({
      ...body,
      parts: { ...(body.parts as object), analytics: { state: "starting", detail: "has read 1 of 9 records" } },
    });
    expect((await bent(["analytics"], bentJson("/ready", reading))).named("warn")).toEqual([]);
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

  test("an ASL trigger that is not told", async () => {
    const { of } = await bent(
      ["rules-in-force", "check"],
      bentJson("/check", (body) => ({ ...body, asl: null })),
    );
    expect(of("check")).toMatchObject({ state: "fail", detail: expect.stringContaining("asl null and not") });
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
    const silent = await bent(["live"], { upgrade: () => true }, { limitMs: 2_000 });
    expect(silent.of("live")).toMatchObject({ state: "fail", detail: "no answer within 2000 ms" });
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

  test("a search that finds nothing, one that is behind, and one that is refused", async () => {
    const withAnalytics = (path: string, body: string, found: { readonly status: number; readonly body: string }) => {
      if (path.startsWith("/decisions?")) return found;
      if (path !== "/ready") return undefined;
      const ready = JSON.parse(body) as { parts: object };
      const parts = { ...ready.parts, analytics: { state: "ready", detail: "9 rows" } };
      return { status: 200, body: JSON.stringify({ ...ready, parts }) };
    };
    const searched = (found: object, status = 200) =>
      bent(
        ["search"],
        { answer: (path, body) => withAnalytics(path, body, { status, body: JSON.stringify(found) }) },
        { isWriting },
      );
    const none = await searched({ decisions: [], searched: { complete: true, to_seq: 1e6 } });
    expect(none.of("search")).toMatchObject({ state: "warn", detail: expect.stringContaining("misses 3 of 3") });
    const behind = await searched({ decisions: [], searched: { complete: false, to_seq: 0 } });
    expect(behind.of("search")).toMatchObject({ state: "warn", detail: expect.stringContaining("up to 0 so far") });
    const refused = await searched({ error: "the worker ended" }, 503);
    expect(refused.of("search")).toMatchObject({ state: "warn", detail: expect.stringContaining("the worker ended") });
  });

  test("a record that is not found", async () => {
    const lost = (asked: string) =>
      asked.startsWith("/decisions/") ? { status: 404, body: '{"error":"no decision of this event"}' } : undefined;
    const { of } = await bent(["ledger-record"], { answer: lost }, { isWriting });
    expect(of("record")).toMatchObject({ state: "fail", detail: expect.stringContaining("no decision of this event") });
    expect(of("ledger-record").state).toBe("skip");
  });

  test("a server that writes to another folder", async () => {
    const { of } = await diagnose({ dataDir: join(dataDir, "elsewhere"), server, isWriting, only: ["ledger-record"] });
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
