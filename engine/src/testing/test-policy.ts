/** A policy for tests: blocks on `cbrn` from 0.5, redacts on `violence` from 0.2; tier `broken` makes it throw. */
import type { PolicyPart, Verdict } from "../contracts.ts";

const ALLOW: Verdict = {
  action: "allow",
  severity: "none",
  reasons: [],
  asl: null,
  released: { prompt: "as_is", completion: "as_is" },
};

export function testPolicy(changes: Partial<PolicyPart> = {}): PolicyPart {
  return {
    hash: `sha256:${"2".repeat(64)}`,
    name: "test",
    baseRate: 100,
    retainText: "flagged",
    redaction: "[removed]",
    thresholds: {},
    decide({ tier, scores, scored }) {
      if (tier === "broken") throw new Error("the policy failed");
      if (!scored) return ALLOW;
      if (Math.max(scores[0] as number, scores[2] as number) >= 5000) return blocked();
      return Math.max(scores[1] as number, scores[3] as number) >= 2000 ? redacted() : ALLOW;
    },
    fault: () => ({ ...blocked(), asl: null, reasons: [{ code: "engine-fault", action: "block" }] }),
    message: (key, locale) => `${key} in ${locale ?? "no locale"}`,
    ...changes,
  };
}

function blocked(): Verdict {
  return {
    action: "block",
    severity: "high",
    reasons: [{ code: "threshold", category: "cbrn", score: 0.9, threshold: 0.5, action: "block" }],
    asl: { level: 3, triggers: ["cbrn"] },
    released: { prompt: "withheld", completion: "withheld" },
    messageKey: "blocked",
  };
}

function redacted(): Verdict {
  return {
    action: "redact",
    severity: "low",
    reasons: [{ code: "threshold", category: "violence", score: 0.3, threshold: 0.2, action: "redact" }],
    asl: null,
    released: { prompt: "redacted", completion: "redacted" },
  };
}
