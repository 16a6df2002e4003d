import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Decision, LedgerRecord, MetricSample, RecordedDecision } from "@sluice/engine";
import { Subject } from "rxjs";
import { afterEach, describe, expect, test } from "vitest";
import { openNatsOutbox } from "./outbox.ts";
import { openNatsStreams } from "./streams.ts";
import { type NatsRig, natsRig, until } from "./testing/nats-rig.ts";
import { isNatsServerThere, natsSkipNote } from "./testing/nats-server.ts";

const DECISION: Decision = {
  decision_id: "",
  event_id: "",
  revision: 0,
  timestamp: "2026-01-31T12:00:00Z",
  decided_at: "2026-01-31T12:00:00.000Z",
  user_id: "u",
  org_id: "acme",
  surface: "api",
  tier: "general",
  action: "allow",
  severity: "none",
  intervention: "none",
  risk: 0,
  scores: { prompt: {}, completion: {} },
  matches: [],
  asl: null,
  reasons: [],
  released: { prompt: "as_is", completion: "as_is" },
  policy: "sha256:0",
  pack: "sha256:0",
  state_revision: 0,
  latency_us: 1,
  mode: "enforce",
};

/** A ledger in memory whose records are heard of as an engine tells them; it survives what publishes from it. */
class Records {
  readonly recorded$ = new Subject<readonly RecordedDecision[]>();
  readonly records: LedgerRecord[] = [];
  keepsNothing = false;

  constructor(began = "2026") {
    this.add("start", `"at":"${began}"`);
  }
  get lastSeq(): number {
    return this.records.length;
  }
  async *read(fromSeq: number) {
    if (this.keepsNothing) return;
    for (let at = fromSeq - 1; at < this.records.length; at += 100) yield this.records.slice(at, at + 100);
  }
  add(type: LedgerRecord["type"], members: string): number {
    const seq = this.records.length + 1;
    this.records.push({ seq, type, json: `{"seq":${seq},"type":"${type}",${members}}` });
    return seq;
  }
  decide(count: number, changes: Partial<Decision> = {}): void {
    const batch = Array.from({ length: count }, () => {
      const id = this.records.length + 1;
      const decision = { ...DECISION, decision_id: `d${id}`, event_id: `e${id}`, ...changes };
      const json = JSON.stringify(decision);
      return { seq: this.add("decision", json.slice(1, -1)), facts: decision, decision, json };
    });
    this.recorded$.next(batch);
  }
  get ids(): string[] {
    return this.records.filter(({ type }) => type === "decision").map(({ seq }) => `d${seq}`);
  }
}

let rig: NatsRig | undefined;
let folder: string | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
});

async function start() {
  rig = await natsRig();
  const { manager, link } = rig;
  const streams = openNatsStreams(link);
  await streams.ensure();
  const ids = async () => {
    const { first_seq, last_seq } = (await manager.streams.info("SLUICE_DECISIONS")).state;
    const found: string[] = [];
    for (let seq = Math.max(1, first_seq); seq <= last_seq; seq++) {
      const message = await manager.streams.getMessage("SLUICE_DECISIONS", { seq });
      found.push(message.json<Decision>().decision_id);
    }
    return found;
  };
  const count = async () => (await manager.streams.info("SLUICE_DECISIONS")).state.messages;
  return { ...rig, streams, ids, count };
}
const open = (streams: ReturnType<typeof openNatsStreams>, ledger: Records, cursorPath?: string) =>
  openNatsOutbox({ streams, ledger, recorded$: ledger.recorded$, ...(cursorPath === undefined ? {} : { cursorPath }) });

describe.skipIf(!isNatsServerThere())(`the outbox${natsSkipNote}`, () => {
  test("puts each decision under its action and organisation, as it was recorded, with its id", async () => {
    const { streams, manager } = await start();
    const ledger = new Records();
    const outbox = open(streams, ledger);
    ledger.decide(1, { action: "block", org_id: "a.b *" });
    expect(await outbox.drained(5_000)).toBe(true);
    const message = await manager.streams.getMessage("SLUICE_DECISIONS", { seq: 1 });
    expect(message.subject).toBe("sluice.decisions.block.a%2Eb%20%2A");
    expect(message.header.get("Nats-Msg-Id")).toBe("d2");
    expect(message.header.get("Sluice-Seq")).toBe("2");
    expect(message.string()).toBe(`{${ledger.records[1]?.json.slice('{"seq":2,"type":"decision",'.length)}`);
    await outbox.close();
  });

  test("keeps the order of the ledger through what was there, what comes meanwhile and what comes after", async () => {
    const { streams, ids } = await start();
    const ledger = new Records();
    ledger.decide(2_100);
    const outbox = open(streams, ledger);
    for (let more = 0; more < 20; more++) {
      ledger.decide(50);
      if (more % 5 === 0) ledger.add("policy", '"old":"a"');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await outbox.drained(10_000)).toBe(true);
    ledger.decide(10);
    expect(await outbox.drained(5_000)).toBe(true);
    expect(outbox.publishedSeq).toBe(ledger.lastSeq);
    expect(await ids()).toEqual(ledger.ids);
    await outbox.close();
  });

  test("goes on where the stream ends, by the next process, and says nothing twice", async () => {
    const { streams, count, ids, manager } = await start();
    const ledger = new Records();
    for (let run = 0; run < 3; run++) {
      const outbox = open(streams, ledger);
      ledger.decide(100);
      await outbox.drained(5_000);
      await outbox.close();
      ledger.decide(100); // while nobody publishes
      const { duplicate_window } = (await manager.streams.info("SLUICE_DECISIONS")).config;
      expect(duplicate_window).toBeGreaterThanOrEqual(100_000 * 1e6);
    }
    const outbox = open(streams, ledger);
    await outbox.drained(5_000);
    expect(await count()).toBe(600);
    expect(await ids()).toEqual(ledger.ids);
    await outbox.close();
  });

  test("loses nothing when the server is killed again and again, and keeps the order", async () => {
    const { streams, server, ids, back } = await start();
    const ledger = new Records();
    const outbox = open(streams, ledger);
    for (let kill = 0; kill < 3; kill++) {
      for (let more = 0; more < 10; more++) {
        ledger.decide(40);
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
      await server.kill();
      ledger.decide(40);
      await server.restart();
    }
    expect(await outbox.drained(20_000)).toBe(true);
    await back();
    expect(await ids()).toEqual(ledger.ids);
    await outbox.close();
  });

  test("goes by its cursor where the stream is empty, and by neither where they are of another ledger", async () => {
    folder = mkdtempSync(join(tmpdir(), "sluice-outbox-"));
    const cursorPath = join(folder, "cursor.json");
    const { streams, count, manager } = await start();
    const ledger = new Records();
    ledger.decide(5);
    const first = open(streams, ledger, cursorPath);
    await first.drained(5_000);
    await first.close();
    expect(JSON.parse(readFileSync(cursorPath, "utf8"))).toMatchObject({ seq: 6 });
    await manager.streams.purge("SLUICE_DECISIONS");
    ledger.decide(2);
    const second = open(streams, ledger, cursorPath);
    await second.drained(5_000);
    await second.close();
    expect(await count()).toBe(2);

    const other = new Records("2027");
    other.decide(3, { decision_id: "other" });
    const third = open(streams, other, cursorPath);
    await third.drained(5_000);
    await third.close();
    expect(await count()).toBe(3); // its three have one id
  });

  test("publishes the new records of a ledger that lost its end, under the same numbers", async () => {
    const { streams, ids } = await start();
    const ledger = new Records();
    ledger.decide(10);
    const first = open(streams, ledger);
    await first.drained(5_000);
    await first.close();
    ledger.records.length = 6; // a power loss
    const second = open(streams, ledger);
    ledger.decide(3, { decision_id: "new" });
    await second.drained(5_000);
    await second.close();
    expect((await ids()).at(-1)).toBe("new");
  });

  test("waits in the ledger, and says why, while the stream takes nothing", async () => {
    const { streams, manager, ids } = await start();
    const ledger = new Records();
    const outbox = open(streams, ledger);
    ledger.decide(1);
    await outbox.drained(5_000);
    const { config } = await manager.streams.info("SLUICE_DECISIONS");
    await manager.streams.update("SLUICE_DECISIONS", { ...config, max_msgs: 1, discard: "new" as never });
    ledger.decide(5);
    await until(() => outbox.report.state().state === "failed");
    expect(outbox.report.state().detail).toMatch(/maximum messages|discard/);
    expect(await outbox.drained(50)).toBe(false);
    await manager.streams.update("SLUICE_DECISIONS", { ...config, max_msgs: -1, discard: "old" as never });
    expect(await outbox.drained(20_000)).toBe(true);
    expect(await ids()).toEqual(ledger.ids);
    expect(outbox.report.state().state).toBe("ready");
    await outbox.close();
  });

  test("holds a bounded number at a time, and catches up from the ledger with the rest", async () => {
    const { streams, count, server } = await start();
    const ledger = new Records();
    const outbox = openNatsOutbox({ streams, ledger, recorded$: ledger.recorded$, inFlightMax: 16 });
    await outbox.drained(5_000);
    server.pause();
    ledger.decide(20_000);
    server.resume();
    expect(await outbox.drained(20_000)).toBe(true);
    expect(await count()).toBe(20_000);
    await outbox.close();
  });

  describe("of a ledger that keeps nothing", () => {
    const skipped = (outbox: ReturnType<typeof open>) => {
      const metric = outbox.report.metrics?.().find(({ name }) => name === "sluice_nats_decisions_skipped_total");
      return (metric?.samples[0] as MetricSample | undefined)?.value;
    };
    const volatile = () => Object.assign(new Records(), { keepsNothing: true });

    test("what is decided before the stream is ready is published once it is", async () => {
      const { streams, ids } = await start();
      const ledger = volatile();
      const outbox = open(streams, ledger);
      ledger.decide(5);
      expect(await outbox.drained(5_000)).toBe(true);
      ledger.decide(5);
      expect(await outbox.drained(5_000)).toBe(true);
      expect(await ids()).toEqual(ledger.ids);
      expect(skipped(outbox)).toBe(0);
      await outbox.close();
    });

    test("what is decided while the server is away is published when it is back", async () => {
      const { streams, ids, server, back } = await start();
      const ledger = volatile();
      const outbox = open(streams, ledger);
      ledger.decide(5);
      expect(await outbox.drained(5_000)).toBe(true);
      await server.kill();
      await until(() => outbox.report.state().state === "failed");
      ledger.decide(2_500);
      await server.restart();
      expect(await outbox.drained(20_000)).toBe(true);
      await back();
      expect(await ids()).toEqual(ledger.ids);
      expect(skipped(outbox)).toBe(0);
      await outbox.close();
    });

    test("past the bound of what waits it counts what it lost and goes on with what comes next", async () => {
      const { streams, count, server } = await start();
      const ledger = volatile();
      const outbox = open(streams, ledger);
      expect(await outbox.drained(5_000)).toBe(true);
      await server.kill();
      await until(() => outbox.report.state().state === "failed");
      ledger.decide(20_000); // 16,384 wait; the one after them makes it let go of all
      await server.restart();
      expect(await outbox.drained(20_000)).toBe(true);
      expect(skipped(outbox)).toBe(16_385);
      expect(await count()).toBe(20_000 - 16_385);
      await outbox.close();
    });
  });
});
