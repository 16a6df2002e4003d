export { type ExportOptions, exportLedger } from "./ledger/export.ts";
export { type LedgerOptions, type LedgerState, type LedgerStore, openLedger } from "./ledger/ledger.ts";
export type { Recovered } from "./ledger/recovery.ts";
export { type VerifyFault, type VerifyOptions, type VerifyReport, verifyLedger } from "./ledger/verify.ts";
export type { SyncMode } from "./ledger/writer.ts";
