/** An engine without ledger and server, for one command: it decides as a served one would, and keeps nothing. */
import { createEngine, type Engine, type Ledger } from "@sluice/engine";
import { openPack } from "./pack.ts";
import { loadPolicy } from "./policy.ts";

export interface OfflineOptions {
  /** Preset or file. */
  readonly policy: string;
  readonly pack?: string;
  /** Makes a repeat known within a run; without it every event is new. */
  readonly ledger?: Ledger;
}

/** Time comes from the events and latency is 0, so the same input gives the same bytes. */
export async function offlineEngine({ policy, pack, ledger }: OfflineOptions): Promise<Engine> {
  const detector = openPack(pack);
  return createEngine({
    detector,
    policy: loadPolicy(policy, detector.pack),
    ...(ledger === undefined ? {} : { ledger }),
    options: { replay: true },
  });
}
