/**
 * A real server and live hub under an engine that records as many decisions a second as asked, of real shape, and does
 * nothing else: so that a page is measured, and not what feeds it.
 */
import { createServer, type ListenAddress, nodeAdapter } from "@sluice/connectors";
import { type Decision, type Engine, type RecordedDecision, serializeDecision, volatileLedger } from "@sluice/engine";
import { Subject } from "rxjs";
import { testEngine } from "../../connectors/src/server/testing/engine.ts";

export interface DecisionFlood {
  readonly url: URL;
  readonly sent: number;
  /** Records `perSecond` decisions a second, by the clock, until `stop`. */
  start(perSecond: number): void;
  stop(): void;
  /** Records so many at once: more than the live hub holds becomes a gap for all its readers. */
  burst(count: number): void;
  close(): Promise<void>;
}

const TICK_MS = 10;
const BATCH_MAX = 256;
const TEMPLATES = 512;

export async function decisionFlood(dashboardDirectory: string): Promise<DecisionFlood> {
  const ledger = Object.assign(volatileLedger(), {
    findAll: () => [],
    findByEventId: async () => [],
    readText: async () => undefined,
  });
  const engine = await testEngine(ledger);
  const recorded = new Subject<readonly RecordedDecision[]>();
  // Its counters stay at nothing, so what the page shows is what the page has counted.
  const flooding: Engine = Object.create(engine, { recorded$: { value: recorded } });
  const server = createServer({ adapter: nodeAdapter(), engine: flooding, ledger, dashboardDirectory });
  const { port }: ListenAddress = await server.listen("127.0.0.1", 0);
  const templates = Array.from({ length: TEMPLATES }, (_none, index) => templateOf(index));
  let seq = ledger.lastSeq;
  const before = seq;
  let timer: NodeJS.Timeout | undefined;

  function record(count: number): void {
    const now = new Date().toISOString();
    const batch = Array.from({ length: count }, () => {
      seq += 1;
      const { decision, start, middle, end } = templates[seq % TEMPLATES]!;
      return { seq, facts: decision, decision, json: `${start}e-${seq}${middle}${now}${end}` };
    });
    recorded.next(batch);
  }
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    get sent() {
      return seq - before;
    },
    start(perSecond) {
      const startMs = performance.now();
      const alreadySent = seq;
      timer = setInterval(() => {
        const due = Math.floor(((performance.now() - startMs) / 1000) * perSecond);
        // In batches as an engine writes them, so that a late tick is no burst.
        while (due > seq - alreadySent) record(Math.min(BATCH_MAX, due - (seq - alreadySent)));
      }, TICK_MS);
    },
    stop: () => clearInterval(timer),
    burst: record,
    async close() {
      clearInterval(timer);
      await server.close(500);
      await engine.stop();
    },
  };
}

/** One decision as text with two holes, its event id and when it was decided. */
function templateOf(index: number) {
  const text = serializeDecision(decisionAt(index));
  const [start = "", rest = ""] = text.split("EVENT-ID");
  const [middle = "", end = ""] = rest.split("DECIDED-AT");
  return { decision: decisionAt(index), start, middle, end };
}

/** Of 40 organisations and 4 tiers; one of eight scores, one of sixteen is blocked. */
function decisionAt(index: number): Decision {
  const isBlocked = index % 16 === 0;
  const isScored = index % 8 === 0;
  const category = ["jailbreak", "cbrn", "privacy", "deception"][(index >> 4) % 4]!;
  const score = isBlocked ? 0.91 : 0.22;
  const span = { category, rule: `${category}.family.001`, field: "prompt", start: 4, end: 31 } as const;
  return {
    decision_id: `mfrggzdfmztwq2lknnwg23tpobyxe43uov3ho6dzpiydcmr${String(index).padStart(5, "0")}`,
    event_id: "EVENT-ID",
    revision: 0,
    timestamp: "2026-01-01T00:00:00.000Z",
    decided_at: "DECIDED-AT",
    user_id: `user-${index}`,
    org_id: `organisation-${index % 40}`,
    surface: ["api", "claude_web", "aws_bedrock"][index % 3]!,
    tier: ["general", "enterprise", "research_sandbox", "minor"][index % 4]!,
    model_version: "model-1",
    conversation_id: `conversation-${index}`,
    action: isBlocked ? "block" : isScored ? "warn" : "allow",
    severity: isBlocked ? "critical" : isScored ? "low" : "none",
    intervention: "none",
    risk: isScored ? score : 0.0101,
    scores: { prompt: isScored ? { [category]: score } : {}, completion: {} },
    matches: isScored ? [span] : [],
    asl: null,
    reasons: isScored
      ? [{ code: "threshold", field: "prompt", category, score, threshold: 0.2, action: isBlocked ? "block" : "warn" }]
      : [],
    released: { prompt: isBlocked ? "withheld" : "as_is", completion: "as_is" },
    policy: `sha256:${"5".repeat(64)}`,
    pack: `sha256:${"6".repeat(64)}`,
    state_revision: 0,
    latency_us: 10 + (index % 90),
    mode: "enforce",
  };
}
