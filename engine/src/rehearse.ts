/**
 * A rehearsal: made-up events are evaluated, and decided as one payload, by the judge, the reader and the short way
 * that real events will meet, on a ledger that is thrown away. Only with these very parts: V8 keeps what it compiles
 * with a closure, so what a like engine has rehearsed is of little use to this one (measured: 90 us an event, not 20),
 * and another closure or shape of options than the engine will meet makes it throw away what it compiled.
 * Then latencies and templates are as new.
 */
import type { Composer } from "@sluice/core-wasm";
import type { Parcel } from "./chunk.ts";
import type { Clock, Engine } from "./contracts.ts";
import { DecideStage } from "./decide-stage.ts";
import { createGate } from "./gate.ts";
import type { Judge } from "./judge.ts";
import type { Latencies } from "./latency.ts";
import type { QuietWay } from "./quiet.ts";
import type { Reader } from "./reader.ts";
import { volatileLedger } from "./volatile-ledger.ts";

export interface Rehearsed {
  /** As the engine offers it. */
  readonly evaluate: Engine["evaluate"];
  readonly reader: Reader;
  readonly judge: Judge;
  readonly quiet: QuietWay | undefined;
  readonly latencies: Latencies;
  readonly composer: Composer | undefined;
  readonly clock: Clock;
  readonly replay: boolean;
}

export async function rehearse(events: readonly Uint8Array[], parts: Rehearsed): Promise<void> {
  const { evaluate, reader, judge, quiet, latencies, composer, clock, replay } = parts;
  for (const event of events) evaluate(event); // with no options, as is usual: others would be another shape
  const stage = new DecideStage({
    ...{ reader, judge, quiet, clock, replay },
    ledger: volatileLedger(),
    alert: () => {},
    desk: undefined,
    progress: { failures: 0, writtenSeq: 0 },
  });
  await stage.decide([parcelOf(Buffer.concat(events.flatMap((event) => [event, LINE_FEED])))], () => {});
  latencies.clear();
  composer?.clearTemplates();
}

const LINE_FEED = Buffer.of(0x0a);

function parcelOf(value: Uint8Array): Parcel {
  const settle = () => {};
  const delivery = { value, ack: settle, retry: settle, reject: settle };
  const gate = createGate(1, value.length);
  return { delivery, source: "rehearsal", gate, answered: [], rejected: [], refused: false, failed: false };
}
