/** Scores of both sides as bars, with the thresholds of the decision's tier marked on them. */
import type { Decision } from "@sluice/engine";
import { actionIndex, isAction } from "../decisions/actions.ts";
import { scoreWord } from "../decisions/words.ts";
import { nameWord } from "../format.ts";
import { usePage } from "../page.ts";

export function Scores({ decision }: { readonly decision: Decision }) {
  const sides = ["prompt", "completion"] as const;
  const hasAny = sides.some((side) => Object.keys(decision.scores[side]).length > 0);
  if (!hasAny) return <p class="quiet">Every score is below 0.01.</p>;
  return (
    <>
      {sides.map((side) => {
        const scores = Object.entries(decision.scores[side]).sort((left, right) => right[1] - left[1]);
        return (
          <div key={side} class="side">
            <h4>{side}</h4>
            {scores.length === 0 && <p class="quiet">Every score is below 0.01.</p>}
            {scores.map(([category, score]) => (
              <Bar key={category} decision={decision} category={category} score={score} side={side} />
            ))}
          </div>
        );
      })}
    </>
  );
}

interface BarProps {
  readonly decision: Decision;
  readonly category: string;
  readonly score: number;
  readonly side: "prompt" | "completion";
}

function Bar({ decision, category, score, side }: BarProps) {
  const marks = useMarks(decision, category, side);
  const reached = marks.findLast((mark) => score >= mark.value);
  const told = marks.map((mark) => `${mark.action || "threshold"} ≥ ${scoreWord(mark.value)}`).join(" · ");
  return (
    <div class="bar">
      <span class="bar-name">{nameWord(category)}</span>
      <span class="bar-track">
        <span class="bar-fill" data-action={reached?.action ?? "allow"} style={{ width: `${score * 100}%` }} />
        {marks.map((mark) => (
          <span key={mark.action} class="mark" data-action={mark.action} style={{ left: `${mark.value * 100}%` }} />
        ))}
      </span>
      <span class="bar-score">{scoreWord(score)}</span>
      {told !== "" && <span class="bar-told">{told}</span>}
    </div>
  );
}

interface Mark {
  readonly action: string;
  readonly value: number;
}

/** From `/thresholds` for the tier the event was decided under; else those that the reasons name. Lowest first. */
function useMarks(decision: Decision, category: string, side: BarProps["side"]): readonly Mark[] {
  const tier = decision.reasons.find((reason) => reason.tier !== undefined)?.tier ?? decision.tier;
  const table = usePage().thresholds.value.value?.[category]?.[tier]?.[side] ?? {};
  const marks = new Map(Object.entries(table));
  for (const reason of decision.reasons) {
    if (reason.category !== category || reason.field !== side || reason.threshold === undefined) continue;
    if (reason.code === "threshold") marks.set(reason.action ?? "", reason.threshold);
  }
  return [...marks]
    .map(([action, value]) => ({ action, value }))
    .sort((left, right) => left.value - right.value || order(left.action) - order(right.action));
}

function order(action: string): number {
  return isAction(action) ? actionIndex[action] : -1;
}
