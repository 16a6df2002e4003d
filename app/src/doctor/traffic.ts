/** Whether the server decides as it must, without recording anything, and shows its live feed. */
import { isDeepStrictEqual } from "node:util";
import type { Decision, Engine } from "@sluice/engine";
import { type AskOptions, askJson } from "./ask-server.ts";
import { type Check, type Finding, fail, pass } from "./check.ts";
import { CHECKED_PROMPTS, DOCTOR, DOCTOR_PROMPTS, type DoctorEvent, doctorEvent } from "./doctor-event.ts";
import { openLive } from "./live-probe.ts";
import type { SeenServer } from "./server.ts";

export interface TrafficOptions {
  readonly server: URL;
  readonly runId: string;
  readonly nowMs: () => number;
  /** An engine with the pack and policy of this machine. */
  readonly localEngine: () => Promise<Engine>;
}
/** The members of `/metrics` that doctor looks at. */
export interface CountersBody {
  readonly total_events: number;
  readonly duplicates: number;
  readonly events_by_organisation: Readonly<Record<string, number>>;
}

/** What two engines with the same rules must say of an event alike. */
const COMPARED = ["action", "severity", "risk", "scores", "matches", "asl", "reasons", "released"] as const;

export function trafficChecks(options: TrafficOptions, seen: SeenServer): readonly Check[] {
  const { server } = options;
  const ask = (signal: AbortSignal): AskOptions => ({ server, signal });
  return [
    {
      name: "check",
      group: "server",
      does: "sends three events of its own to POST /check and compares the decisions with this machine's",
      needs: ["health"],
      looksAt: ["ready"],
      run: (signal) => checkFinding(options, seen, ask(signal)),
    },
    {
      name: "check-records-nothing",
      group: "server",
      does: "looks whether /check leaves the counters as they are",
      needs: ["check"],
      async run(signal) {
        const before = doctorCount(await askJson<CountersBody>("/metrics", ask(signal)));
        const event = doctorEvent(`${options.runId}-uncounted`, DOCTOR_PROMPTS[0], options.nowMs());
        await askJson("/check", { ...ask(signal), body: event });
        const after = doctorCount(await askJson<CountersBody>("/metrics", ask(signal)));
        return after === before
          ? pass(`${before} events of ${DOCTOR} before and after`)
          : fail(`${before} events of ${DOCTOR} before, ${after} after`, "is another doctor at work? Else report it");
      },
    },
    {
      name: "live",
      group: "server",
      does: "opens WS /live and waits for its snapshot",
      needs: ["health"],
      async run(signal) {
        const live = openLive(server, DOCTOR, signal);
        try {
          const { seq, total } = await live.snapshot();
          return pass(`a snapshot at ledger sequence ${seq}, ${total} decisions counted`);
        } finally {
          live.close();
        }
      },
    },
  ];
}

export const doctorCount = ({ events_by_organisation }: CountersBody) => events_by_organisation[DOCTOR] ?? 0;

async function checkFinding(options: TrafficOptions, { ready }: SeenServer, ask: AskOptions): Promise<Finding> {
  const engine = await options.localEngine().catch(() => undefined); // the checks pack and policy have said why
  const isSame =
    engine !== undefined && engine.pack.hash === ready?.pack.hash && engine.policy.hash === ready.policy.hash;
  try {
    const actions: string[] = [];
    for (const [at, prompt] of CHECKED_PROMPTS.entries()) {
      const event = doctorEvent(`${options.runId}-check-${at}`, prompt, options.nowMs());
      const there = await askJson<Decision>("/check", { ...ask, body: event });
      const fault = isSame ? differenceTo(engine, event, there) : strangenessOf(event, there, ready);
      if (fault !== undefined) return fault;
      actions.push(there.action);
    }
    const how = isSame ? "as this machine decides them" : "under rules of its own";
    return pass(`${actions.length} events were decided (${actions.join(", ")}) ${how}`);
  } finally {
    await engine?.stop();
  }
}

function differenceTo(engine: Engine, event: DoctorEvent, there: Decision): Finding | undefined {
  const answer = engine.evaluate(event);
  if ("reason" in answer) return fail(`this machine refuses doctor's event: ${answer.message}`, "report it");
  const here = answer.decision;
  const differing = COMPARED.filter((key) => !isDeepStrictEqual(jsonOf(here[key]), there[key]));
  if (differing.length === 0) return undefined;
  const words = differing.map((key) => `${key} ${JSON.stringify(there[key])} and not ${JSON.stringify(here[key])}`);
  return fail(
    `with the same rules the server decides otherwise: ${words.join("; ")}`,
    "is it of another version? Compare its /health with `sluice --version`, and build it again",
  );
}

/** As it looks after its way over the network. */
const jsonOf = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

function strangenessOf(event: DoctorEvent, there: Decision, ready: SeenServer["ready"]): Finding | undefined {
  if (there.event_id !== event.event_id || there.action === undefined) {
    return fail("the decision is not of the event that was sent", "is a cache between? /check must not be cached");
  }
  if (ready !== undefined && there.policy !== ready.policy.hash) {
    return fail("the decision names another policy than /ready does", "was the policy just changed? Run doctor again");
  }
  return undefined;
}
