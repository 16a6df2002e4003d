/**
 * What a policy says, as written and checked. `schema.ts` accepts exactly this; each key: docs/guides/policy.md.
 * Scores and thresholds are decimals from 0 to 1 with at most four places; compiled, they are integers in 1/10,000.
 */
import type { Action, DecideInput } from "@sluice/engine";

/** The lowest score that asks for each action. Any subset; the most severe action reached counts. */
export interface Ladder {
  readonly warn?: number;
  readonly redact?: number;
  readonly escalate?: number;
  readonly block?: number;
}
/** A ladder for each side. A side that is left out has no thresholds. */
export interface SidedLadder {
  readonly prompt?: Ladder;
  readonly completion?: Ladder;
}
/** A number alone asks for no action: it marks the category, and `rules` say what a marked category leads to. */
export type ThresholdSpec = number | Ladder | SidedLadder;

export interface Tier {
  readonly description?: string;
  /** Takes the thresholds of this tier wherever it has none of its own. */
  readonly inherits?: string;
  /** Kept for readers; not enforced. */
  readonly informational?: Readonly<Record<string, unknown>>;
}

export interface AslTrigger {
  readonly category: string;
  readonly at_least: number;
  /** The capability this category stands for, where their names differ. */
  readonly counts_as?: string;
  readonly description?: string;
}
export interface AslLevel {
  readonly description?: string;
  /** Asked for in every tier when a trigger of this level fires; without it a trigger only labels the decision. */
  readonly action?: Action;
  readonly triggers: readonly AslTrigger[];
}

/** All that is given must hold. */
export interface RuleCondition {
  /** Some ASL trigger fired, or none did. */
  readonly asl?: boolean;
  /** Some category is marked, or none is. */
  readonly marked?: boolean;
  /** The marked category with the highest score is one of these; on a tie, any of the tied. */
  readonly top?: readonly string[];
  /** The highest marked score is above this. */
  readonly above?: number;
  /** The highest marked score is at least this. */
  readonly at_least?: number;
}
export interface ActionRule {
  readonly name: string;
  readonly when: RuleCondition;
  /** One action, or one by tier; `other` stands for the tiers not named. A tier without an action skips the rule. */
  readonly action: Action | Readonly<Record<string, Action>>;
}

/** What a category on the prompt may never lead to, however high its score: protects a person's own words. */
export interface Never {
  readonly category: string;
  readonly field: "prompt";
  /** This action and all more severe ones become the next milder one. */
  readonly action: "redact" | "escalate" | "block";
  /** Message for the person when the category asks for anything at all. */
  readonly message?: string;
}

/** For which scores of a category a slower judge is asked, and what it may do: docs/guides/second-opinion.md. */
export interface SecondOpinion {
  /** Asked when the higher score of both sides is in [from, below). */
  readonly from: number;
  readonly below: number;
  /** At this score of the judge or above, a milder action becomes `to`. */
  readonly raise?: { readonly at_least: number; readonly to: "warn" | "escalate" | "block" };
  /** Below this score of the judge, a more severe action becomes `to`, unless something else asks for more. */
  readonly lower?: { readonly below: number; readonly to: "allow" | "warn" | "escalate" };
}

export interface Policy {
  readonly version: 1;
  readonly name: string;
  readonly description?: string;
  readonly base_rate: number;
  /** `rules`: a trained model in the pack has no say. Both count when it is left out. */
  readonly hears?: "rules";
  readonly fail_mode: "closed" | "open";
  readonly retention: { readonly text: "none" | "flagged" | "all" };
  readonly redaction: string;
  /** How thresholds compare: a score equal to the threshold counts (`at_least`) or does not (`above`). */
  readonly compare: "at_least" | "above";
  /** What becomes of a prompt that itself caused an escalation. */
  readonly escalated_prompt: "as_is" | "withheld";
  readonly tiers: Readonly<Record<string, Tier>>;
  readonly unknown_tier: "strictest";
  /** Age band to the tier whose verdict counts too, when it is stricter. */
  readonly age_bands: Partial<Readonly<Record<DecideInput["ageBand"], string>>>;
  readonly thresholds: Readonly<Record<string, Readonly<Record<string, ThresholdSpec>>>>;
  /** Lowest threshold that may be set, by category; `other` for the rest. */
  readonly floors: Readonly<Record<string, number>>;
  /** Level (a whole number) to its triggers. */
  readonly asl: Readonly<Record<string, AslLevel>>;
  readonly rules: readonly ActionRule[];
  readonly never: readonly Never[];
  readonly attachments: { readonly unscored: Exclude<Action, "redact"> };
  /** By category, then tier. A tier that is left out inherits; without any, nobody is asked. */
  readonly second_opinion?: Readonly<Record<string, Readonly<Record<string, SecondOpinion>>>>;
  /** Key to locale (BCP 47) to text; `en` is always there. */
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Kept for readers; not enforced. */
  readonly informational: Readonly<Record<string, unknown>>;
}

export type Path = readonly (string | number)[];
/** A place in a file; line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A policy that was read and checked, and where each part of it stands in its file. */
export interface PolicyDocument {
  readonly fileName: string;
  readonly policy: Policy;
  /** Where the key at `path` is written, or the nearest part around it. */
  position(path: Path): Position;
}
