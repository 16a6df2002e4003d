/** The ledger of a Sluice without a data folder. */
import { volatileLedger } from "@sluice/engine";

/** Repeats are known by organisation for a while, nothing can be looked up, no text is kept. */
export const forgetfulLedger = () =>
  Object.assign(volatileLedger(), {
    findAll: () => [],
    findByEventId: async () => [],
    readText: async () => undefined,
  });
