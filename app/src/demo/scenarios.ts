/**
 * The five scenarios: which events are sent, in what groups they are shown, and what is wanted of each. A pure function
 * of seed and start; nothing here knows an outcome.
 */
import { ORGANISATIONS, type Organisation, organisationOf } from "../simulate/organisations.ts";
import { SCENARIOS as STORIES } from "../simulate/scenarios.ts";
import { PROMPTS } from "../simulate/templates.ts";
import { type SimulatedEvent, simulatedTraffic } from "../simulate/traffic.ts";
import { DISGUISES } from "./disguise.ts";
import type { DemoLabel } from "./expectation.ts";
import { CAPABILITY_TEXTS, TIER_TEXTS, TIERS } from "./texts.ts";

export const SCENARIO_NAMES = ["tiers", "incidents", "capabilities", "evasion", "baseline"] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

export interface DemoCase {
  /** Cases of one group are shown together. */
  readonly group: string;
  /** What sets it apart within its group: a tier, a turn, a disguise. */
  readonly lead: string;
  readonly label: DemoLabel;
  readonly event: Omit<SimulatedEvent, "tags">;
}
export interface DemoScenario {
  readonly name: ScenarioName;
  readonly title: string;
  readonly about: string;
  readonly cases: readonly DemoCase[];
}
export interface ScenarioOptions {
  readonly seed: number;
  readonly startMs: number;
}

/** cgcp's enterprise baseline has 500 events. */
const BASELINE_EVENTS = 600;
const SPACING_MS = 1000;
const USERS_OF_CAMPAIGN = PROMPTS.jailbreak_attempts.length;

type Send = (words: Omit<DemoCase, "event">, sender: Sender, prompt: string) => DemoCase;
interface Sender {
  readonly organisation: Organisation;
  readonly tier?: string;
  readonly user: string;
  readonly conversation: string;
}

export function demoScenario(name: ScenarioName, options: ScenarioOptions): DemoScenario {
  const send = sender(name, options);
  switch (name) {
    case "tiers":
      return {
        name,
        title: "Tiers: the same text at four access tiers",
        about: "A tier sets how much evidence it takes before something is done. Strictest first.",
        cases: TIER_TEXTS.flatMap((text, at) => TIERS.map((tier) => tierCase(send, tier, text, at))),
      };
    case "incidents":
      return {
        name,
        title: "Incidents: conversations that go further step by step, and a campaign",
        about: "Each turn is judged by itself; what is wanted of it is written beside it.",
        cases: [...STORIES.slice(0, 3).flatMap((story) => storyCases(send, story)), ...campaignCases(send)],
      };
    case "capabilities":
      return {
        name,
        title: "Capabilities: texts that ask for what a safety level guards",
        about: "ASL triggers label a decision. They say that a text asks for a capability, not that a model has it.",
        cases: CAPABILITY_TEXTS.map(({ capability, label, prompt }) =>
          send({ group: "four capabilities", lead: capability, label }, caller("ai_safety_lab", 1), prompt),
        ),
      };
    case "evasion":
      return {
        name,
        title: "Evasion: one attempt in many disguises",
        about:
          "The text is folded before rules look at it, which undoes some disguises. Others get through: see which.",
        cases: DISGUISES.map(({ name: lead, text }, at) =>
          send(
            { group: "one attempt, disguised", lead, label: "jailbreak_attempts" },
            caller("public_users", at + 1),
            text,
          ),
        ),
      };
    case "baseline":
      return {
        name,
        title: `Baseline: ${BASELINE_EVENTS} events of ordinary enterprise work`,
        about: "Counts how often harmless work is disturbed.",
        cases: baselineCases(options),
      };
  }
}

function caller(organisationId: string, user: number): Sender {
  const organisation = organisationOf(organisationId);
  return { organisation, user: `${organisationId}_user_${user}`, conversation: `${organisationId}-${user}` };
}

function tierCase(send: Send, tier: string, { label, prompt }: (typeof TIER_TEXTS)[number], at: number): DemoCase {
  return send({ group: prompt, lead: tier, label }, { ...caller("public_users", at + 1), tier }, prompt);
}

function storyCases(send: Send, { name, organisation, turns }: (typeof STORIES)[number]): DemoCase[] {
  const group = `${name.replaceAll("_", " ")} (${organisation}, tier ${organisationOf(organisation).tier})`;
  return turns.map(({ label, prompt }, at) =>
    send({ group, lead: `turn ${at + 1}`, label }, caller(organisation, 1), prompt),
  );
}

function campaignCases(send: Send): DemoCase[] {
  const group = `jailbreak campaign (${USERS_OF_CAMPAIGN} users of public_users, tier general)`;
  return PROMPTS.jailbreak_attempts.map((prompt, at) =>
    send({ group, lead: `user ${at + 1}`, label: "jailbreak_attempts" }, caller("public_users", 100 + at), prompt),
  );
}

/** Ids hold seed and start: a run on a server that has seen an earlier one is new events, not repeats. */
const idOf = (name: ScenarioName, { seed, startMs }: ScenarioOptions, at: number) =>
  `demo-${name}-${seed}-${startMs.toString(36)}-${at}`;
const metadataOf = (name: ScenarioName, label: DemoLabel) =>
  ({ synthetic: "true", source: "sluice demo", scenario: name, label }) as const;

function sender(name: ScenarioName, options: ScenarioOptions): Send {
  let count = 0;
  return (words, { organisation, tier, user, conversation }, prompt) => {
    const at = count;
    count += 1;
    const event = {
      event_id: idOf(name, options, at),
      timestamp: new Date(options.startMs + at * SPACING_MS).toISOString(),
      user_id: user,
      org_id: organisation.id,
      surface: organisation.surface,
      tier: tier ?? organisation.tier,
      prompt,
      completion: "",
      model_version: "simulated-1",
      conversation_id: conversation,
      metadata: metadataOf(name, words.label),
    };
    return { ...words, event };
  };
}

/** The normal part of the simulated traffic, as far as it comes from organisations of tier enterprise. */
function baselineCases(options: ScenarioOptions): DemoCase[] {
  const { seed, startMs } = options;
  const traffic = simulatedTraffic({ seed, startMs });
  const isEnterprise = new Set(ORGANISATIONS.filter(({ tier }) => tier === "enterprise").map(({ id }) => id));
  const cases: DemoCase[] = [];
  while (cases.length < BASELINE_EVENTS) {
    const { tags, metadata, ...event } = traffic.next(1);
    if (metadata.mix !== "normal" || !isEnterprise.has(event.org_id)) continue;
    const [, label] = tags;
    const event_id = idOf("baseline", options, cases.length);
    cases.push({
      group: event.org_id,
      lead: String(cases.length + 1),
      label,
      event: { ...event, event_id, metadata: metadataOf("baseline", label) },
    });
  }
  return cases;
}
