/** What a policy hears of a scan: rules and trained model together, or the rules alone. */
import type { PackInfo, Scan } from "@sluice/core-wasm";
import type { PolicyPart } from "./contracts.ts";

export type HeardScan = Pick<Scan, "scored" | "scores" | "truncated" | "matches" | "bytes" | "model">;

export function heardScan(scan: Scan, { hears }: Pick<PolicyPart, "hears">): HeardScan {
  const { model } = scan;
  if (hears !== "rules" || model === undefined) return scan;
  return {
    scored: model.rulesLargest > 0,
    scores: model.rulesScores,
    truncated: scan.truncated,
    matches: () => scan.matches(),
    bytes: (field) => scan.bytes(field),
  };
}

/** The pack as such a policy sees it. */
export function heardPack(pack: PackInfo, { hears }: Pick<PolicyPart, "hears">): PackInfo {
  if (hears !== "rules") return pack;
  const { model: _, ...rules } = pack;
  return rules;
}
