/** Scores of both sides as bars, with the thresholds of the decision's tier marked on them. */
import type { Decision } from "@sluice/engine";
import { type Mark, marksOf } from "../decisions/comparisons.ts";
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

/** From the comparisons where the server gives them, else those that the reasons name. */
function useMarks(decision: Decision, category: string, side: BarProps["side"]): readonly Mark[] {
  const why = usePage().why.value;
  if (why.kind === "known" && why.explanation.isInForce) return marksOf(why.explanation.comparisons, category, side);
  return decision.reasons
    .filter((reason) => reason.code === "threshold" && reason.category === category && reason.field === side)
    .flatMap(({ action = "", threshold }) => (threshold === undefined ? [] : [{ action, value: threshold }]));
}
