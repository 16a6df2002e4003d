/**
 * What every source must do, as one list of cases: each source's own tests run it against a `SourceKind`, so that a promise
 * of the contract is worded and checked in one place. Free of any test runner. A case that a kind cannot meet by its
 * nature (no connection to lose, nothing to bring again) is not run for it, and the kind says so.
 */
import assert from "node:assert/strict";
import type { Delivery, IngestOutcome, Source } from "@sluice/engine";

export interface SourceSetup {
  /** What is there to be read, in order; the peer offers all of it, as fast as the source takes it. */
  readonly payloads: readonly string[];
  /** Unsettled deliveries at most. */
  readonly inFlightMax: number;
}
export interface SourceUnderTest {
  readonly source: Source<Uint8Array>;
  /** Breaks the connection under the reader, and brings the peer back. */
  interrupt?(): Promise<void>;
  /** Lets go of the peer; the reading has ended. */
  close(): Promise<void>;
}
export interface SourceKind {
  make(setup: SourceSetup): Promise<SourceUnderTest>;
  /** The input ends, and the reading with it. */
  readonly ends: boolean;
  /** What is retried comes again from the source itself; otherwise its sender is told. */
  readonly bringsAgain: boolean;
  /** There is a connection that can be lost: `interrupt` is there. */
  readonly hasConnection: boolean;
}
export interface SourceCase {
  readonly name: string;
  readonly isFor: (kind: SourceKind) => boolean;
  run(kind: SourceKind): Promise<void>;
}

const BATCH_MAX = 256;
const DEADLINE_MS = 20_000;
const QUIET_MS = 400;
const RETRY_MS = 60;
const OUTCOME: IngestOutcome = {
  processed: 1,
  actions: { allow: 1, warn: 0, redact: 0, escalate: 0, block: 0 },
  asl_triggers: 0,
  duplicates: 0,
  decisions: [],
  rejected: [],
};
const always = () => true;
const textOf = ({ value }: Delivery<Uint8Array>) => Buffer.from(value).toString();
/** JSON, because some peers frame by it. */
const payloadsUpTo = (count: number) => Array.from({ length: count }, (_, at) => `{"at":${at}}`);

export const SOURCE_CASES: readonly SourceCase[] = [
  { name: "brings what is there in order, each once, in batches of 1 to 256", isFor: always, run: bringsInOrder },
  { name: "holds no more unsettled than it may, and goes on as they are settled", isFor: always, run: holdsBack },
  { name: "brings a retry again, not before its delay", isFor: (kind) => kind.bringsAgain, run: bringsAgain },
  { name: "never brings again what was acknowledged or rejected", isFor: always, run: settlesForGood },
  { name: "ends with its input, after the last is settled", isFor: (kind) => kind.ends, run: endsWithInput },
  { name: "ends when the signal aborts, also while it waits", isFor: always, run: endsOnAbort },
  { name: "brings nothing when the signal has aborted before", isFor: always, run: staysClosed },
  { name: "lets what it brought be settled after its end", isFor: always, run: settlesAfterEnd },
  { name: "brings everything although the connection is lost", isFor: (kind) => kind.hasConnection, run: comesBack },
];

/** A reading under way: pulled from one batch at a time, so that nothing is asked for in between. */
class Reading {
  readonly #controller = new AbortController();
  readonly #batches: AsyncIterator<readonly Delivery<Uint8Array>[]>;
  #pending: Promise<IteratorResult<readonly Delivery<Uint8Array>[]>> | undefined;

  constructor(source: Source<Uint8Array>) {
    this.#batches = source.read(this.#controller.signal)[Symbol.asyncIterator]();
  }

  /** The next batch; undefined at the end, "nothing" when none comes within `patienceMs`. */
  async next(patienceMs = DEADLINE_MS): Promise<readonly Delivery<Uint8Array>[] | undefined | "nothing"> {
    this.#pending ??= this.#batches.next();
    const result = await Promise.race([this.#pending, after(patienceMs)]);
    if (result === undefined) return "nothing";
    this.#pending = undefined;
    if (result.done) return undefined;
    assert.ok(result.value.length >= 1 && result.value.length <= BATCH_MAX, `a batch has ${result.value.length}`);
    return result.value;
  }

  /** Hands over deliveries until `isEnough` or the end. */
  async each(take: (delivery: Delivery<Uint8Array>) => void, isEnough: () => boolean): Promise<void> {
    const endMs = performance.now() + DEADLINE_MS;
    while (!isEnough()) {
      const batch = await this.next(Math.max(1, endMs - performance.now()));
      assert.notEqual(batch, "nothing", "deliveries are missing");
      if (batch === undefined) return;
      for (const delivery of batch as readonly Delivery<Uint8Array>[]) take(delivery);
    }
  }

  abort(): void {
    this.#controller.abort();
  }

  /** Aborts, and expects the end. What still comes is given back. */
  async end(): Promise<void> {
    this.abort();
    for (let batch = await this.next(); batch !== undefined; batch = await this.next()) {
      assert.notEqual(batch, "nothing", "the reading does not end");
      for (const delivery of batch as readonly Delivery<Uint8Array>[]) delivery.retry(0);
    }
  }
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms).unref());
}

async function withSource(
  kind: SourceKind,
  setup: SourceSetup,
  run: (reading: Reading, made: SourceUnderTest) => Promise<void>,
): Promise<void> {
  const made = await kind.make(setup);
  const reading = new Reading(made.source);
  try {
    await run(reading, made);
    await reading.end();
  } finally {
    reading.abort();
    await made.close();
  }
}

function bringsInOrder(kind: SourceKind): Promise<void> {
  const payloads = payloadsUpTo(700);
  return withSource(kind, { payloads, inFlightMax: 300 }, async (reading) => {
    const seen: string[] = [];
    const take = (delivery: Delivery<Uint8Array>) => {
      seen.push(textOf(delivery));
      delivery.ack(OUTCOME);
    };
    await reading.each(take, () => seen.length >= payloads.length);
    assert.deepEqual(seen, payloads);
  });
}

function holdsBack(kind: SourceKind): Promise<void> {
  const inFlightMax = 8;
  const payloads = payloadsUpTo(40);
  return withSource(kind, { payloads, inFlightMax }, async (reading) => {
    const held: Delivery<Uint8Array>[] = [];
    for (let batch = await reading.next(); Array.isArray(batch); batch = await reading.next(QUIET_MS)) {
      held.push(...batch);
      assert.ok(held.length <= inFlightMax, `${held.length} are in flight`);
    }
    assert.ok(held.length >= 1, "something comes");
    const seen = held.map(textOf);
    for (const delivery of held) delivery.ack(OUTCOME);
    const take = (delivery: Delivery<Uint8Array>) => {
      seen.push(textOf(delivery));
      delivery.ack(OUTCOME);
    };
    await reading.each(take, () => seen.length >= payloads.length);
    assert.deepEqual(seen, payloads);
  });
}

function bringsAgain(kind: SourceKind): Promise<void> {
  const payloads = payloadsUpTo(5);
  return withSource(kind, { payloads, inFlightMax: 5 }, async (reading) => {
    const seen = new Map<string, number>();
    let retriedMs = Number.NaN;
    let againMs = Number.NaN;
    const take = (delivery: Delivery<Uint8Array>) => {
      const text = textOf(delivery);
      const times = (seen.get(text) ?? 0) + 1;
      seen.set(text, times);
      if (text !== payloads[2]) delivery.ack(OUTCOME);
      else if (times === 1) {
        retriedMs = performance.now();
        delivery.retry(RETRY_MS);
      } else {
        againMs = performance.now();
        delivery.ack(OUTCOME);
      }
    };
    await reading.each(take, () => seen.size === payloads.length && !Number.isNaN(againMs));
    assert.deepEqual([...seen.values()].sort(), [1, 1, 1, 1, 2]);
    assert.ok(againMs - retriedMs >= RETRY_MS - 2, `it came again after ${againMs - retriedMs} ms`); // timers round
  });
}

function settlesForGood(kind: SourceKind): Promise<void> {
  const payloads = payloadsUpTo(20);
  return withSource(kind, { payloads, inFlightMax: 20 }, async (reading) => {
    const seen: string[] = [];
    const take = (delivery: Delivery<Uint8Array>) => {
      seen.push(textOf(delivery));
      if (seen.length % 3 === 0) delivery.reject([]);
      else delivery.ack(OUTCOME);
    };
    await reading.each(take, () => seen.length >= payloads.length);
    const more = await reading.next(QUIET_MS);
    assert.ok(more === "nothing" || more === undefined, "nothing comes twice");
    assert.deepEqual(seen, payloads);
  });
}

function endsWithInput(kind: SourceKind): Promise<void> {
  return withSource(kind, { payloads: payloadsUpTo(3), inFlightMax: 3 }, async (reading) => {
    const held: Delivery<Uint8Array>[] = [];
    await reading.each(
      (delivery) => held.push(delivery),
      () => held.length === 3,
    );
    assert.equal(await reading.next(QUIET_MS), "nothing", "it waits for what is unsettled");
    for (const delivery of held) delivery.ack(OUTCOME);
    assert.equal(await reading.next(), undefined);
  });
}

function endsOnAbort(kind: SourceKind): Promise<void> {
  return withSource(kind, { payloads: payloadsUpTo(1), inFlightMax: 1 }, async (reading) => {
    const [delivery] = (await reading.next()) as readonly Delivery<Uint8Array>[];
    const waiting = reading.next();
    reading.abort();
    assert.equal(await waiting, undefined);
    delivery?.ack(OUTCOME);
  });
}

function staysClosed(kind: SourceKind): Promise<void> {
  return withSource(kind, { payloads: [], inFlightMax: 1 }, async (reading) => {
    reading.abort();
    assert.equal(await reading.next(), undefined);
  });
}

function settlesAfterEnd(kind: SourceKind): Promise<void> {
  return withSource(kind, { payloads: payloadsUpTo(2), inFlightMax: 2 }, async (reading) => {
    const held: Delivery<Uint8Array>[] = [];
    await reading.each(
      (delivery) => held.push(delivery),
      () => held.length === 2,
    );
    reading.abort();
    assert.equal(await reading.next(), undefined);
    held[0]?.ack(OUTCOME);
    held[1]?.retry(0);
  });
}

function comesBack(kind: SourceKind): Promise<void> {
  const payloads = payloadsUpTo(60);
  return withSource(kind, { payloads, inFlightMax: 10 }, async (reading, made) => {
    const seen = new Set<string>();
    const held: Delivery<Uint8Array>[] = [];
    const take = (delivery: Delivery<Uint8Array>) => {
      seen.add(textOf(delivery));
      held.push(delivery);
    };
    await reading.each(take, () => held.length >= 5);
    for (const delivery of held.splice(0, 3)) delivery.ack(OUTCOME);
    await made.interrupt?.();
    for (const delivery of held.splice(0)) delivery.ack(OUTCOME); // of the connection that is gone: must not harm
    const settle = (delivery: Delivery<Uint8Array>) => {
      seen.add(textOf(delivery));
      delivery.ack(OUTCOME);
    };
    await reading.each(settle, () => seen.size >= payloads.length);
    assert.deepEqual([...seen].sort(), [...payloads].sort());
  });
}
