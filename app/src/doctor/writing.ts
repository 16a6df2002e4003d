/**
 * Whether what is sent is recorded, counted, known again, found and shown live. Leaves events of the organisation
 * `sluice-doctor` in the ledger, so it runs only when it is asked to.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { exportLedger } from "@sluice/connectors";
import type { Decision, IngestOutcome } from "@sluice/engine";
import { pause } from "../shell.ts";
import { type AskOptions, askJson, askServer, parsed, wordsOf } from "./ask-server.ts";
import { type Check, Fault, type Finding, fail, pass, skip, warn } from "./check.ts";
import { DOCTOR, DOCTOR_PROMPTS, type DoctorEvent, doctorEvent } from "./doctor-event.ts";
import { openLive } from "./live-probe.ts";
import { type CountersBody, doctorCount } from "./traffic.ts";

export interface WritingOptions {
  readonly server: URL;
  readonly runId: string;
  readonly nowMs: () => number;
  /** Absolute; where the server's ledger should lie. */
  readonly dataDir: string;
}
type Ingested = Pick<IngestOutcome, "processed" | "duplicates" | "rejected"> & {
  readonly decisions: readonly Decision[];
};

const POLL_MS = 50;
const LIVE_LIMIT_MS = 2_000;
/** The first search starts analytics, which reads the ledger first. */
const SEARCH_LIMIT_MS = 60_000;
const SEARCHED_MAX = 100;

export const unaskedWriting: Check = {
  name: "writing",
  group: "writing",
  does: "records events of its own and follows them to the ledger",
  run: () => skip(`with --write four events of organisation ${DOCTOR} are sent and followed to the ledger`),
};

export function writingChecks(options: WritingOptions): readonly Check[] {
  const { server, runId, nowMs } = options;
  const ask = (signal: AbortSignal): AskOptions => ({ server, signal });
  const events = DOCTOR_PROMPTS.map((prompt, at) => doctorEvent(`${runId}-${at}`, prompt, nowMs()));
  const seen: Recorded = { before: undefined, decisions: [], seq: undefined };
  const named = (name: string, does: string, needs: string, run: Check["run"]): Check => ({
    name,
    group: "writing",
    does,
    needs: [needs],
    run,
  });
  return [
    named("ingest", `sends ${events.length} events to POST /ingest`, "health", (signal) =>
      ingest(events, seen, ask(signal)),
    ),
    named("counters", "looks whether the counters moved by exactly that many", "ingest", (signal) =>
      countersFinding(seen, events.length, ask(signal)),
    ),
    named("repeat", "sends the same events again and looks whether they are known", "ingest", (signal) =>
      repeat(events, seen, ask(signal)),
    ),
    named("record", "asks GET /decisions/{event_id} for each of them", "ingest", (signal) => lookUp(seen, ask(signal))),
    named("ledger-record", "reads one of them from the ledger's own files", "record", () => inLedger(options, seen)),
    {
      ...named("search", "searches for them by GET /decisions, which goes through analytics", "analytics", (signal) =>
        search(seen, ask(signal)),
      ),
      needs: ["analytics", "record"],
      limitMs: SEARCH_LIMIT_MS,
    },
    {
      ...named("live-decision", `sends one more and waits for it on WS /live`, "live", (signal) =>
        followLive(options, ask(signal), signal),
      ),
      needs: ["live", "ingest"],
    },
  ];
}

interface Recorded {
  before: CountersBody | undefined;
  decisions: readonly Decision[];
  seq: number | undefined;
}

async function ingest(events: readonly DoctorEvent[], seen: Recorded, ask: AskOptions): Promise<Finding> {
  const before = await askJson<CountersBody>("/metrics", ask);
  const { processed, duplicates, decisions } = await send(events, ask);
  if (processed !== events.length || duplicates !== 0) {
    return fail(
      `of ${events.length} new events ${processed} were taken and ${duplicates} called repeats`,
      "is another program sending as this organisation? Run doctor again",
    );
  }
  seen.before = before;
  seen.decisions = decisions;
  return pass(`${processed} events recorded: ${decisions.map(({ action }) => action).join(", ")}`);
}

async function send(events: readonly DoctorEvent[], ask: AskOptions): Promise<Ingested> {
  const answer = await askJson<Ingested>("/ingest", { ...ask, body: { events } });
  const [refused] = answer.rejected;
  if (refused !== undefined) throw new Fault(`an event was refused: ${refused.message}`, "is it of another version?");
  return answer;
}

/** Counters follow the record at once, but not within the same call: they get until the limit to arrive. */
async function countersFinding(seen: Recorded, sent: number, ask: AskOptions): Promise<Finding> {
  const before = seen.before === undefined ? 0 : doctorCount(seen.before);
  let counters = await askJson<CountersBody>("/metrics", ask);
  const deadline = AbortSignal.any([ask.signal, AbortSignal.timeout(LIVE_LIMIT_MS)]);
  while (doctorCount(counters) - before < sent && !deadline.aborted) {
    await pause(POLL_MS, deadline);
    if (!ask.signal.aborted) counters = await askJson<CountersBody>("/metrics", ask);
  }
  const moved = doctorCount(counters) - before;
  if (moved === sent) return pass(`events of ${DOCTOR}: ${before} before, ${before + moved} after`);
  const total = counters.total_events - (seen.before?.total_events ?? 0);
  if (moved === 0 && before === 0 && total >= sent) {
    return warn(`the total moved by ${total}, but ${DOCTOR} is not listed`, "too many organisations to list them all");
  }
  return fail(`${sent} events were sent and the counter of ${DOCTOR} moved by ${moved}`, "keep the log and report it");
}

async function repeat(events: readonly DoctorEvent[], seen: Recorded, ask: AskOptions): Promise<Finding> {
  const before = doctorCount(await askJson<CountersBody>("/metrics", ask));
  const { duplicates, decisions } = await send(events, ask);
  const ids = (list: readonly Decision[]) => list.map(({ decision_id }) => decision_id).join();
  const after = doctorCount(await askJson<CountersBody>("/metrics", ask));
  if (duplicates === events.length && ids(decisions) === ids(seen.decisions) && after === before) {
    return pass(`${duplicates} repeats were answered with their first decisions, and counted once`);
  }
  return fail(
    `of ${events.length} repeats ${duplicates} were known, and the counter went from ${before} to ${after}`,
    "events that are sent again are decided twice: keep the log and report it",
  );
}

async function lookUp(seen: Recorded, ask: AskOptions): Promise<Finding> {
  for (const { event_id, decision_id } of seen.decisions) {
    const path = `/decisions/${encodeURIComponent(event_id)}?org=${DOCTOR}`;
    const found = await askJson<Partial<Decision> & { readonly seq?: number }>(path, ask);
    if (found.decision_id !== decision_id || found.seq === undefined) {
      return fail(`${path} answers another decision (${found.decision_id})`, "verify the ledger: sluice ledger verify");
    }
    seen.seq = found.seq;
  }
  return pass(`${seen.decisions.length} decisions found again, the last at ledger sequence ${seen.seq}`);
}

async function inLedger({ dataDir }: WritingOptions, { decisions, seq = 0 }: Recorded): Promise<Finding> {
  const elsewhere = "name the server's folder with --data, when it lies on this machine";
  if (!existsSync(join(dataDir, "ledger"))) return warn(`there is no ledger in ${dataDir}`, elsewhere);
  const wanted = decisions.at(-1)?.decision_id;
  for await (const line of exportLedger(dataDir, { fromSeq: seq })) {
    const { decision_id } = JSON.parse(line) as Partial<Decision>;
    if (decision_id === wanted) return pass(`record ${seq} of ${dataDir} holds it`);
    break;
  }
  return warn(`record ${seq} of ${dataDir} is another one: the server uses another folder`, elsewhere);
}

interface Found {
  readonly decisions: readonly Decision[];
  readonly searched: { readonly complete: boolean; readonly to_seq: number };
}

/** Events are taken without analytics, so whatever is wrong with it is a warning. */
async function search({ decisions, seq = 0 }: Recorded, ask: AskOptions): Promise<Finding> {
  const path = `/decisions?org=${DOCTOR}&limit=${SEARCHED_MAX}`;
  const { status, text } = await askServer(path, ask);
  if (status !== 200) return warn(`${path} answered ${status}: ${wordsOf(text)}`, "see analytics in /ready");
  const { decisions: found, searched } = parsed<Found>(path, text);
  const ids = new Set(found.map(({ decision_id }) => decision_id));
  const missing = decisions.filter(({ decision_id }) => !ids.has(decision_id)).length;
  if (missing === 0) return pass(`${decisions.length} decisions found among those of ${DOCTOR}`);
  return searched.to_seq < seq
    ? warn(`analytics has read the ledger up to ${searched.to_seq} so far`, "run doctor again when it has caught up")
    : warn(
        `a search misses ${missing} of ${decisions.length} recorded decisions`,
        "restart serve; analytics is rebuilt",
      );
}

async function followLive(options: WritingOptions, ask: AskOptions, signal: AbortSignal): Promise<Finding> {
  const { server, runId, nowMs } = options;
  const event = doctorEvent(`${runId}-live`, DOCTOR_PROMPTS[0], nowMs());
  const live = openLive(server, DOCTOR, signal);
  try {
    await live.snapshot();
    await send([event], ask);
    const late = pause(LIVE_LIMIT_MS, signal).then(() => undefined);
    const decision = await Promise.race([live.decision(event.event_id), late]);
    return decision === undefined
      ? fail(
          `the decision was recorded and did not come on /live within ${LIVE_LIMIT_MS} ms`,
          "is the feed held back by a proxy? Else the server is overloaded: see its log and /metrics",
        )
      : pass("the decision came on /live after it was recorded");
  } finally {
    live.close();
  }
}
