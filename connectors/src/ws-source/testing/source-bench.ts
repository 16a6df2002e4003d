/**
 * Test material: sources at peers, on engines with ledgers, all taken down after each test; and what they said.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine, LogEntry, Rejection } from "@sluice/engine";
import { afterEach, beforeEach, vi } from "vitest";
import { eventOf, recordsOf, type TestLedger, testEngine, testLedger } from "../../server/testing/engine.ts";
import { type WsSource, type WsSourceOptions, wsSource } from "../ws-source.ts";
import { type FeedPeer, type FeedPeerOptions, feedPeer } from "./feed-peer.ts";

export interface Running {
  readonly engine: Engine;
  readonly ledger: TestLedger;
  stop(): Promise<void>;
}
export interface SourceBench {
  /** Of this test. */
  readonly folder: string;
  readonly logged: readonly LogEntry[];
  readonly refused: readonly Rejection[];
  startPeer(options?: FeedPeerOptions): Promise<FeedPeer>;
  sourceOf(url: URL, options?: Partial<WsSourceOptions>): WsSource;
  run(source: WsSource): Promise<Running>;
  /** Called after the test, the last one first. */
  later(close: () => unknown): void;
}

const QUICK = { backoffFirstMs: 10, backoffMaxMs: 50, connectTimeoutMs: 5_000 };

export function sourceBench(): SourceBench {
  let folder = "";
  let closers: (() => unknown)[] = [];
  let logged: LogEntry[] = [];
  let refused: Rejection[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sluice-ws-"));
    closers = [];
    logged = [];
    refused = [];
  });
  afterEach(async () => {
    for (const close of closers.reverse()) await close();
    rmSync(folder, { recursive: true });
  });
  return {
    get folder() {
      return folder;
    },
    get logged() {
      return logged;
    },
    get refused() {
      return refused;
    },
    later: (close) => void closers.push(close),
    async startPeer(options = {}) {
      const peer = await feedPeer(options);
      closers.push(() => peer.kill());
      return peer;
    },
    sourceOf: (url, options = {}) =>
      wsSource({
        url,
        ...QUICK,
        log: (entry) => void logged.push(entry),
        onReject: (rejection) => void refused.push(rejection),
        ...options,
      }),
    async run(source) {
      const running = await runEngine(source);
      closers.push(running.stop);
      return running;
    },
  };
}

async function runEngine(source: WsSource): Promise<Running> {
  const ledger = await testLedger();
  const engine = await testEngine(ledger);
  const attached = engine.attach(source);
  attached.catch(() => {});
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= engine.stop().then(async () => {
      await attached.catch(() => {});
      await source.flush();
      await ledger.close();
    });
    return stopped;
  };
  return { engine, ledger, stop };
}

export const events = (...ids: readonly string[]) => ids.map((id) => eventOf(id));
export const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });
export const totalOf = (engine: Engine) => engine.counters().total;

/** In ledger order. */
export async function recordedIds(ledger: TestLedger): Promise<unknown[]> {
  const records = (await recordsOf(ledger)).filter(({ type }) => type === "decision");
  return records.map(({ json }) => (JSON.parse(json) as { event_id: unknown }).event_id);
}
