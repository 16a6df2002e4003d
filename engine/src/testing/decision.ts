/** A decision for tests. */
import type { Decision } from "../contracts.ts";

export function decision(changes: Partial<Decision> = {}): Decision {
  return {
    decision_id: "aa",
    event_id: "e",
    revision: 0,
    timestamp: "2026-01-31T12:00:00Z",
    decided_at: "2026-01-31T12:00:00.000Z",
    user_id: "u",
    org_id: "org-1",
    surface: "api",
    tier: "general",
    action: "allow",
    severity: "none",
    intervention: "none",
    risk: 0.01,
    scores: { prompt: {}, completion: {} },
    matches: [],
    asl: null,
    reasons: [],
    released: { prompt: "as_is", completion: "as_is" },
    policy: "sha256:00",
    pack: "sha256:00",
    state_revision: 0,
    latency_us: 7,
    mode: "enforce",
    ...changes,
  };
}
