export * from "./fold/index.ts";
export * from "./types.ts";
