/**
 * What a careful person would want done with a text, written down before anything is decided, so that an outcome can
 * be held to it. It is a range of actions by label and tier, not a prediction of what the rules do: where they fall
 * short the demonstration says so.
 */
import { ACTIONS, type Action } from "@sluice/engine";
import type { Label } from "../simulate/templates.ts";

/** `distress`: someone writes about their own pain; they are to be helped, never turned away. */
export type DemoLabel = Label | "distress";

export interface Expectation {
  readonly atLeast: Action;
  readonly atMost: Action;
}
/** `missed`: milder than wanted. `false alarm`: more severe than wanted. */
export type Verdict = "as expected" | "missed" | "false alarm";

export function expected(label: DemoLabel, tier: string): Expectation {
  switch (label) {
    case "safe":
      return { atLeast: "allow", atMost: "allow" };
    case "elevated": // lawful talk about a hard subject: a notice is fair, holding it back is not
      return { atLeast: "allow", atMost: "warn" };
    case "distress":
      return { atLeast: "warn", atMost: "escalate" };
    case "concerning":
    case "jailbreak_attempts": // approved researchers work with such texts every day: they are to be noticed there
      return { atLeast: tier === "research_sandbox" ? "warn" : "escalate", atMost: "block" };
  }
}

export function verdictOn(action: Action, { atLeast, atMost }: Expectation): Verdict {
  const severity = ACTIONS.indexOf(action);
  if (severity < ACTIONS.indexOf(atLeast)) return "missed";
  return severity > ACTIONS.indexOf(atMost) ? "false alarm" : "as expected";
}

/** `block`, `warn to escalate`, `escalate or more`. */
export function expectationInWords({ atLeast, atMost }: Expectation): string {
  if (atLeast === atMost) return atLeast;
  if (atMost === "block") return `${atLeast} or more`;
  return `${atLeast} to ${atMost}`;
}
