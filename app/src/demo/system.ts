/** Where the demonstration runs: an engine of its own with a ledger on disk, or a server that is already running. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type VerifyReport, verifyLedger } from "@sluice/connectors";
import { assert, type Decision, EngineError, type PolicyPart } from "@sluice/engine";
import { UsageError } from "../exit.ts";
import { createSluice } from "../sluice.ts";

export interface DemoSystem {
  /** For the reader: what it runs on. */
  readonly where: string;
  readonly policy: { readonly name: string; readonly hash: string };
  readonly pack: { readonly name: string; readonly hash: string };
  readonly thresholds: PolicyPart["thresholds"];
  /**
   * Sends events and answers their decisions, in order, after they were recorded.
   * @throws {EngineError} when one of them is refused or cannot be recorded.
   */
  record(events: readonly { readonly event_id: string }[]): Promise<readonly Decision[]>;
  /** Stops taking events and checks what was recorded. */
  check(onProgress: (done: number, total: number) => void): Promise<LedgerCheck>;
  /** Frees everything; idempotent. */
  close(): Promise<void>;
}

export type LedgerCheck =
  | { readonly kind: "verified"; readonly report: VerifyReport; readonly directory: string; readonly isKept: boolean }
  /** The ledger lies with the server: each decision was asked for by its event id. */
  | { readonly kind: "looked-up"; readonly asked: number; readonly found: number };

export interface LocalOptions {
  readonly policy: string;
  readonly pack?: string;
  /** Kept afterwards; without it a temporary folder that is removed. */
  readonly dataDir?: string;
}

/** @throws {EngineError} as `createSluice`; {UsageError} for a folder that holds something already. */
export async function localSystem({ policy, pack, dataDir }: LocalOptions): Promise<DemoSystem> {
  if (dataDir !== undefined && existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new UsageError(`${dataDir} is not empty; give a new folder, so that the record is of this run alone`);
  }
  const directory = dataDir ?? mkdtempSync(join(tmpdir(), "sluice-demo-"));
  const remove = () => {
    if (dataDir === undefined) rmSync(directory, { recursive: true, force: true });
  };
  const sluice = await createSluice({ dataDir: directory, policy, pack, synthetic: true }).catch((error: unknown) => {
    remove();
    throw error;
  });
  const { engine } = sluice;
  return {
    where: "an engine of its own, in this process",
    policy: { name: engine.policy.name, hash: engine.policy.hash },
    pack: { name: engine.pack.name, hash: engine.pack.hash },
    thresholds: engine.policy.thresholds,
    async record(events) {
      const { decisions, rejected } = await sluice.ingest(
        Buffer.from(events.map((one) => JSON.stringify(one)).join("\n")),
      );
      return inOrder(
        events,
        decisions.map(({ decision }) => decision),
        rejected,
      );
    },
    async check(onProgress) {
      await sluice.close(); // writes the ledger out, so that the check sees all of it
      const report = await verifyLedger(directory, {
        onProgress: ({ bytes, bytesTotal }) => onProgress(bytes, bytesTotal),
      });
      return { kind: "verified", report, directory, isKept: dataDir !== undefined };
    },
    async close() {
      await sluice.close();
      remove();
    },
  };
}

/** The decision of each event. */
export function inOrder(
  events: readonly { readonly event_id: string }[],
  decisions: readonly Decision[],
  rejected: readonly { readonly message: string }[],
): readonly Decision[] {
  const [refused] = rejected;
  if (refused !== undefined) throw new EngineError("source-lost", `an event was refused: ${refused.message}`);
  const byId = new Map(decisions.map((decision) => [decision.event_id, decision]));
  return events.map(({ event_id }) => {
    const decision = byId.get(event_id);
    assert(decision !== undefined, "every event that was not refused has a decision");
    return decision;
  });
}
