/** The reference detector. */
export { createOracle, type Oracle, type OracleResult } from "./oracle.ts";
export { type EventRange, type SplitPayload, splitPayload } from "./split-payload.ts";
