/** One ordinary decision for tests, with what a test wants to be different. */
import type { Decision } from "@sluice/engine";

export function decisionOf(different: Partial<Decision> = {}): Decision {
  return {
    decision_id: "d-1",
    event_id: "e-1",
    revision: 0,
    timestamp: "2026-01-01T00:00:00.000Z",
    decided_at: "2026-01-01T00:00:00.000Z",
    user_id: "u-1",
    org_id: "acme",
    surface: "api",
    tier: "general",
    action: "allow",
    severity: "none",
    intervention: "none",
    risk: 0,
    scores: { prompt: {}, completion: {} },
    matches: [],
    asl: null,
    reasons: [],
    released: { prompt: "as_is", completion: "as_is" },
    policy: "sha256:00",
    pack: "sha256:00",
    state_revision: 0,
    latency_us: 20,
    mode: "enforce",
    ...different,
  };
}
