/**
 * One decision as a row: a button, so that it can be reached and opened by key. Redrawn only when it is chosen or left.
 */
import type { Decision } from "@sluice/engine";
import { Component } from "preact";
import type { Row } from "../decisions/live-list.ts";
import { noReasonInShort, reasonInShort, shortScore, topScore } from "../decisions/words.ts";
import { latencyWord, nameWord, timeWord } from "../format.ts";

export interface DecisionRowProps {
  readonly row: Row;
  readonly isChosen: boolean;
  /** The row that Tab reaches; arrow keys do the rest. */
  readonly isEntry: boolean;
  readonly onChoose: (decision: Decision) => void;
}

export class DecisionRow extends Component<DecisionRowProps> {
  override shouldComponentUpdate(next: DecisionRowProps): boolean {
    const { row, isChosen, isEntry } = this.props;
    return next.row !== row || next.isChosen !== isChosen || next.isEntry !== isEntry;
  }
  override render() {
    const { row, isChosen, isEntry, onChoose } = this.props;
    const { decision } = row;
    const top = topScore(decision);
    const [reason] = decision.reasons;
    return (
      <li>
        <button
          type="button"
          class="row"
          data-action={decision.action}
          data-event={decision.event_id}
          aria-pressed={isChosen}
          tabIndex={isEntry ? 0 : -1}
          onClick={() => onChoose(decision)}
        >
          <time dateTime={decision.decided_at} title={`Decided at ${decision.decided_at}`}>
            {timeWord(decision.decided_at)}
          </time>
          <span class="badge" data-action={decision.action}>
            {decision.action}
          </span>
          <span class="severity" data-severity={decision.severity}>
            {decision.severity}
          </span>
          <span class="org">{decision.org_id}</span>
          <span class="tier">{nameWord(decision.tier)}</span>
          <span class="surface">{nameWord(decision.surface)}</span>
          <span class="top">{top ? `${nameWord(top.category)} ${shortScore(top.score)}` : "–"}</span>
          <span class="reason">{reason ? reasonInShort(reason) : noReasonInShort(decision)}</span>
          <span class="latency">{latencyWord(decision.latency_us)}</span>
        </button>
      </li>
    );
  }
}
