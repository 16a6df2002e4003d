/**
 * Labelled synthetic traffic, a pure function of seed, start and spacing: 70 % normal, 15 % escalation stories, 10 %
 * research, 5 % jailbreaks. Event times rise strictly. Event ids come from seed, start and position, so the same
 * arguments give the same bytes, and another start time gives other ids.
 */
import { createHash } from "node:crypto";
import { type Random, seededRandom } from "../random.ts";
import {
  ELEVATED_PERCENT,
  ORGANISATIONS,
  type Organisation,
  organisationOf,
  RESEARCH_LABELS,
  TRAFFIC_PERCENT,
} from "./organisations.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";
import { COMPLETIONS, type Label, PROMPTS } from "./templates.ts";

export type Mix = "normal" | "escalation" | "research" | "jailbreak";

/** An event of DESIGN §4. The label stands in `tags[1]`, as in cgcp's own events, and in `metadata.label`. */
export interface SimulatedEvent {
  readonly event_id: string;
  readonly timestamp: string;
  readonly user_id: string;
  readonly org_id: string;
  readonly surface: string;
  readonly tier: string;
  readonly prompt: string;
  readonly completion: string;
  readonly model_version: string;
  readonly conversation_id: string;
  readonly tags: readonly [industry: string, label: Label];
  readonly metadata: Readonly<Record<string, string>>;
}
export interface TrafficOptions {
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  readonly startMs: number;
}
export interface Traffic {
  /** The next event, `spacingMs` after the last on average; the real distance is 50 % to 150 % of it, at least 1 ms. */
  next(spacingMs: number): SimulatedEvent;
}

interface Story {
  readonly scenario: Scenario;
  readonly user: string;
  readonly conversation: string;
  turn: number;
}
/** Stories told at the same time; more would make each too thin to notice. */
const STORIES_OPEN = 4;

export function simulatedTraffic(options: TrafficOptions): Traffic {
  const { seed, startMs } = options;
  const random = seededRandom(seed);
  const stories: Story[] = [];
  let position = 0;
  let eventTimeMs = startMs;
  let storiesTold = 0;

  function idFor(what: string, index: number): string {
    const hex = createHash("sha256").update(`${seed}/${startMs}/${what}/${index}`).digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  }
  function openStory(): Story {
    const scenario = SCENARIOS[storiesTold % SCENARIOS.length] ?? SCENARIOS[0];
    const story = {
      scenario,
      user: userOf(random, organisationOf(scenario.organisation)),
      conversation: idFor("story", storiesTold),
      turn: 0,
    };
    storiesTold += 1;
    stories.push(story);
    return story;
  }
  function escalation(): Draft {
    const story = stories.length < STORIES_OPEN ? openStory() : (stories[random.below(stories.length)] ?? openStory());
    const { scenario } = story;
    const turn = scenario.turns[story.turn] ?? scenario.turns[0];
    story.turn += 1;
    if (story.turn === scenario.turns.length) stories.splice(stories.indexOf(story), 1);
    return {
      mix: "escalation",
      organisation: organisationOf(scenario.organisation),
      label: turn.label,
      prompt: turn.prompt,
      user: story.user,
      conversation: story.conversation,
      extra: { scenario: scenario.name, turn: String(story.turn) },
    };
  }

  return {
    next(spacingMs) {
      const draft = drawDraft(random, escalation, () => idFor("conversation", position));
      const event = eventOf(draft, idFor("event", position), eventTimeMs, random.pick(COMPLETIONS[draft.label]));
      position += 1;
      eventTimeMs += Math.max(1, Math.round(spacingMs * (0.5 + random.next())));
      return event;
    },
  };
}

interface Draft {
  readonly mix: Mix;
  readonly organisation: Organisation;
  readonly label: Label;
  readonly prompt: string;
  readonly user: string;
  readonly conversation: string;
  readonly extra: Readonly<Record<string, string>>;
}

function drawDraft(random: Random, escalation: () => Draft, conversation: () => string): Draft {
  const percent = random.below(100);
  if (percent < 15) return escalation();
  const single = (mix: Mix, organisation: Organisation, label: Label): Draft => ({
    mix,
    organisation,
    label,
    prompt: random.pick(PROMPTS[label]).replace("{topic}", random.pick(organisation.topics)),
    user: userOf(random, organisation),
    conversation: conversation(),
    extra: {},
  });
  if (percent < 20) return single("jailbreak", organisationOf("public_users"), "jailbreak_attempts");
  if (percent < 30) {
    const researcher = organisationOf(random.below(3) === 0 ? "university_northfield" : "ai_safety_lab");
    return single("research", researcher, random.pick(RESEARCH_LABELS));
  }
  const organisation = drawOrganisation(random);
  const isElevated = random.below(100) < ELEVATED_PERCENT[organisation.riskProfile];
  return single("normal", organisation, isElevated ? "elevated" : "safe");
}

function drawOrganisation(random: Random): Organisation {
  let left = random.below(100);
  for (const organisation of ORGANISATIONS) {
    left -= TRAFFIC_PERCENT[organisation.id] ?? 0;
    if (left < 0) return organisation;
  }
  return ORGANISATIONS[0];
}

const userOf = (random: Random, { id, users }: Organisation) => `${id}_user_${random.below(users) + 1}`;

function eventOf(draft: Draft, eventId: string, eventTimeMs: number, completion: string): SimulatedEvent {
  const { organisation, label, mix } = draft;
  return {
    event_id: eventId,
    timestamp: new Date(eventTimeMs).toISOString(),
    user_id: draft.user,
    org_id: organisation.id,
    surface: organisation.surface,
    tier: organisation.tier,
    prompt: draft.prompt,
    completion,
    model_version: "simulated-1",
    conversation_id: draft.conversation,
    tags: [organisation.industry, label],
    metadata: { synthetic: "true", label, mix, risk_profile: organisation.riskProfile, ...draft.extra },
  };
}
