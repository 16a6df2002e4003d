/** The actions in order of severity, for the page: the engine's own list would bring the engine along. */
import type { Action } from "@sluice/engine";

export const ACTIONS = ["allow", "warn", "redact", "escalate", "block"] as const satisfies readonly Action[];

/** Place in the order of severity, from 0. */
export const actionIndex: Readonly<Record<Action, number>> = { allow: 0, warn: 1, redact: 2, escalate: 3, block: 4 };

export function isAction(word: string): word is Action {
  return (ACTIONS as readonly string[]).includes(word);
}
