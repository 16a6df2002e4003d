/** A reason as a sentence for a person. */
import type { Reason } from "@sluice/engine";

export function reasonInWords(reason: Reason): string {
  const { code, field = "event", category = "", score = 0, threshold, action, rule, tier, judge, before } = reason;
  const asks = action === undefined ? "" : `, which asks for ${action}`;
  switch (code) {
    case "threshold":
      return `the ${field} scores ${score} for ${category}; the threshold is ${threshold}${asks}`;
    case "asl-trigger":
      return `the ${field} reaches the ASL trigger for ${category} (${score}, trigger at ${threshold})${asks}`;
    case "action-rule":
      return `the policy's action rule${rule === undefined ? "" : ` "${rule}"`} applies${asks}`;
    case "first-person":
      return `the person may be writing about themselves (${category}): help comes before refusal${asks}`;
    case "unknown-tier":
      return `the tier is not in the policy, so the strictest one decides${tier === undefined ? "" : ` (${tier})`}`;
    case "age-band":
      return `the person's age band is decided under a stricter tier${tier === undefined ? "" : ` (${tier})`}`;
    case "attachment-unscored":
      return `an attachment could not be scored${asks}`;
    case "second-opinion":
      return `${judge} scores the ${field} ${score} for ${category} (bound ${threshold}), so ${before} becomes ${action}`;
    case "engine-fault":
      return `a part of the system failed, so the policy's fail mode decides${asks}`;
  }
}
