/** A decision as one line for a terminal. Holds no text of the event. */
import type { Decision } from "@sluice/engine";

export function decisionLine(decision: Decision): string {
  const { timestamp, action, org_id, tier, risk, matches, event_id } = decision;
  const rules = [...new Set(matches.map(({ rule }) => rule))];
  const shown = rules.slice(0, 3).join(" ") + (rules.length > 3 ? ` +${rules.length - 3}` : "");
  const cells = [
    timestamp.slice(0, 19),
    action.padEnd(8),
    risk.toFixed(4),
    tier.padEnd(16),
    org_id.padEnd(22),
    event_id,
  ];
  return printable([...cells, shown].join("  ").trimEnd());
}

/** Ids come from senders: nothing of them may drive the terminal. */
export const printable = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "·");
