/**
 * Judging one event: fields and scan in, decision out, by the policy in force. Never throws: a fault of the policy is
 * answered by its `fault()`, and a fault of that by a block of our own.
 */
import type { PackInfo, Scan, Side } from "@sluice/core-wasm";
import type { Clock, DecideInput, Decision, Output, PolicyPart, Verdict } from "./contracts.ts";
import { buildDecision, type Evidence, evidenceOf } from "./decision.ts";
import { decode, type EventFields, isRejection } from "./decode.ts";
import { type HeardScan, heardPack, heardScan } from "./heard-scan.ts";
import { createNowText } from "./now-text.ts";
import { outputOf } from "./output.ts";
import { riskReader } from "./risk.ts";
import { createSerializer } from "./serialize.ts";

export interface Judged {
  readonly decision: Decision;
  /** `serializeDecision` of it. */
  readonly json: string;
  readonly output: Output | undefined;
  /** The policy or the detector failed, and the verdict is its fault verdict. */
  readonly isFault: boolean;
  /** Monotonic microseconds at which the verdict was known. */
  readonly decidedUs: number;
}

/** Where the time of a decision comes from. */
export interface Timing {
  /** Monotonic microseconds at which the work on this event began: when the one before it was decided. */
  readonly startedUs: number;
  readonly replay: boolean;
}

export interface Judge {
  policy: PolicyPart;
  /** `scan` undefined: the detector failed on the event, which is then answered by the fault verdict. */
  judge(fields: EventFields, scan: Scan | undefined, timing: Timing): Judged;
  /**
   * The decision of a quiet event as a sample of all such; undefined when they are answered with more than a plain
   * `allow`: an output, a reason, retained text, or the policy failed.
   */
  quietDecision(scan: Scan): Decision | undefined;
  /** The output of a decision that was made before, for a repeat of its event. */
  repeatOutput(fields: EventFields, scan: Scan, decision: Decision): Output | undefined;
}

export interface JudgeOptions {
  readonly pack: PackInfo;
  readonly policy: PolicyPart;
  readonly clock: Clock;
  readonly synthetic: boolean;
  /** Told the latency of each decision made outside of replay. */
  readonly onLatencyUs: (latencyUs: number) => void;
}

const LAST_RESORT: Verdict = {
  action: "block",
  severity: "critical",
  reasons: [{ code: "engine-fault", action: "block" }],
  asl: null,
  released: { prompt: "withheld", completion: "withheld" },
};
const NO_BYTES = new Uint8Array(0);
const NOTHING_FOUND: Evidence = {
  scores: { prompt: {}, completion: {} },
  matches: [],
  contexts: [],
  isTruncated: false,
  model: undefined,
};

export function createJudge(options: JudgeOptions): Judge {
  const { pack, clock, synthetic } = options;
  const nowText = createNowText(clock);
  const serialize = createSerializer();
  let policy = options.policy;
  let risks = riskReader(heardPack(pack, policy), policy.baseRate);

  function judge(fields: EventFields, scan: Scan | undefined, timing: Timing): Judged {
    const found = look(fields, scan);
    const decidedUs = clock.monotonicUs();
    const latencyUs = timing.replay ? 0 : Math.max(0, Math.round(decidedUs - timing.startedUs));
    if (!timing.replay) options.onLatencyUs(latencyUs);
    const decision = buildDecision(fields, found.verdict, found.evidence, {
      risk: found.risk,
      decidedAt: timing.replay ? fields.timestamp : nowText(decidedUs),
      policyHash: policy.hash,
      packHash: pack.hash,
      latencyUs,
      synthetic,
    });
    const output = outputFor(fields, scan, decision, found.verdict.messageKey);
    return { decision, json: serialize(decision, fields.plainIds), output, isFault: found.isFault, decidedUs };
  }

  function look(fields: EventFields, scan: Scan | undefined) {
    if (scan !== undefined) {
      try {
        const heard = heardScan(scan, policy);
        const verdict = policy.decide(decideInput(fields, heard));
        const evidence = evidenceOf(heard, pack, verdict.action !== "allow");
        return { verdict, evidence, risk: risks.of(heard), isFault: false };
      } catch {
        // The verdict below says `engine-fault`, and the caller raises the alert.
      }
    }
    return { verdict: faultVerdict(policy), evidence: NOTHING_FOUND, risk: risks.quiet, isFault: true };
  }

  function quietDecision(scan: Scan): Decision | undefined {
    const fields = decode(scan, 0);
    if (isRejection(fields) || policy.retainText === "all") return undefined;
    const { verdict, evidence, risk, isFault } = look(fields, scan);
    if (isFault || verdict.action !== "allow" || verdict.reasons.length > 0) return undefined;
    if (verdict.messageKey !== undefined || verdict.released.prompt === "redacted") return undefined;
    return buildDecision(fields, verdict, evidence, {
      risk,
      decidedAt: fields.timestamp,
      policyHash: policy.hash,
      packHash: pack.hash,
      latencyUs: 0,
      synthetic,
    });
  }

  function outputFor(fields: EventFields, scan: Scan | undefined, decision: Decision, messageKey: string | undefined) {
    const { prompt, completion } = decision.released;
    if (messageKey === undefined && prompt !== "redacted" && completion !== "redacted") return undefined;
    const bytes = (side: Side) => scan?.bytes(side) ?? NO_BYTES;
    return outputOf({ decision, messageKey, locale: fields.details.locale, bytes }, policy);
  }

  return {
    get policy() {
      return policy;
    },
    set policy(next) {
      // First: a policy that it refuses never comes into force.
      risks = riskReader(heardPack(pack, next), next.baseRate);
      policy = next;
    },
    judge,
    quietDecision,
    repeatOutput(fields, scan, decision) {
      const { verdict } = look(fields, scan);
      return outputFor(fields, scan, decision, verdict.action === decision.action ? verdict.messageKey : undefined);
    },
  };
}

function decideInput(fields: EventFields, scan: HeardScan): DecideInput {
  return {
    tier: fields.tier,
    scores: scan.scores,
    scored: scan.scored,
    hasCompletion: fields.hasCompletion,
    ageBand: fields.details.ageBand,
    attachmentUnscored: fields.details.attachments.length > 0,
  };
}

function faultVerdict(policy: PolicyPart): Verdict {
  try {
    return policy.fault();
  } catch {
    return LAST_RESORT;
  }
}
