/** Sluice for other Node services; and how well scores tell unsafe from safe, for whoever measures them. */
export type { CheckResult, CheckState } from "./doctor/check.ts";
export { type DoctorOptions, runDoctor } from "./doctor/doctor.ts";
export { riskAt } from "./evaluation/threshold-rates.ts";
export { seededRandom } from "./random.ts";
export { createSluice, type Sluice, type SluiceOptions } from "./sluice.ts";
export { bootstrapRanking, type Estimate } from "./statistics/bootstrap.ts";
export { countScores } from "./statistics/ranking.ts";
export { type Rate, wilson } from "./statistics/wilson.ts";
