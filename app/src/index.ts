/** Sluice for other Node services. */
export type { CheckResult, CheckState } from "./doctor/check.ts";
export { type DoctorOptions, runDoctor } from "./doctor/doctor.ts";
export { createSluice, type Sluice, type SluiceOptions } from "./sluice.ts";
