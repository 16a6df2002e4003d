/** Sluice for other Node services. */
export { createSluice, type Sluice, type SluiceOptions } from "./sluice.ts";
