/**
 * Runs checks one after the other, each within its limit: what hangs is a finding and not a hang. A check whose needs
 * are not met is skipped and says so; one that throws is a fault, never the end of the others.
 */
import { EngineError, type EngineErrorCode } from "@sluice/engine";
import { type Check, type CheckResult, Fault, type Finding, fail, skip } from "./check.ts";

export interface RunOptions {
  /** Limit of a check that has none of its own. */
  readonly limitMs: number;
  /** Ends the run before the next check. */
  readonly stop: AbortSignal;
  readonly monotonicMs: () => number;
}

export async function* runChecks(checks: readonly Check[], options: RunOptions): AsyncGenerator<CheckResult> {
  const { stop, monotonicMs } = options;
  const unmet = new Set<string>();
  for (const check of checks) {
    if (stop.aborted) return;
    const { name, group, does, needs = [] } = check;
    const startMs = monotonicMs();
    const missing = needs.find((need) => unmet.has(need));
    const finding =
      missing === undefined ? await withinLimit(check, options) : skip(`needs ${missing}, which did not pass`);
    if (finding.state === "fail" || finding.state === "skip") unmet.add(name);
    yield { check: name, group, does, ...finding, elapsedMs: Math.round(monotonicMs() - startMs) };
  }
}

async function withinLimit(check: Check, { limitMs: usualMs, stop }: RunOptions): Promise<Finding> {
  const limitMs = check.limitMs ?? usualMs;
  const ending = new AbortController();
  let cut: (finding: Finding) => void = () => {};
  const isCut = new Promise<Finding>((resolve) => {
    cut = resolve;
  });
  const onStop = () => {
    cut(skip("stopped"));
    ending.abort();
  };
  stop.addEventListener("abort", onStop);
  const timer = setTimeout(() => cut(tooLate(limitMs)), limitMs);
  try {
    return await Promise.race([outcome(check, ending.signal), isCut]);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", onStop);
    ending.abort();
  }
}

const tooLate = (limitMs: number) =>
  fail(`no answer within ${limitMs} ms`, "it hangs or is far too slow: look at its log and its load, or restart it");

async function outcome({ run }: Check, signal: AbortSignal): Promise<Finding> {
  try {
    return await run(signal);
  } catch (error) {
    if (error instanceof Fault) return error.finding;
    if (error instanceof EngineError) return fail(error.message, ADVICE[error.code] ?? SEE_GUIDE);
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return fail(cause?.code === undefined ? message : `${message} (${cause.code})`, SEE_GUIDE);
  }
}

const SEE_GUIDE = "docs/guides/doctor.md says what this check looks at";
/** The messages of these say what is wrong and where; this is what to do next. */
const ADVICE: Readonly<Partial<Record<EngineErrorCode, string>>> = {
  "pack-invalid": "build the pack again: sluice pack build",
  "policy-invalid": "correct the policy; `sluice policy lint` says when it is sound",
  "not-found": "correct the path, or leave the option out for what comes along",
  "ledger-corrupt": "keep the folder as it is for an inquiry, and restore the last backup into another one",
  "broker-unreachable": "start the broker, or correct --nats",
  "broker-refused": "give the user of --nats the permission that is named",
  "broker-unfit": "correct the broker's configuration as it says",
};
