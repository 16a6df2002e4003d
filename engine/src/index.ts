export { AssertionError, assert } from "./assert.ts";
export * from "./contracts.ts";
export { EngineError, type EngineErrorCode } from "./errors.ts";
