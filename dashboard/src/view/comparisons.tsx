/** Every comparison behind a decision as a table: what was met, then what came close, then the rest on request. */

import { useSignal } from "@preact/signals";
import type { Comparison, Decision } from "@sluice/engine";
import { comparisonsInOrder } from "../decisions/comparisons.ts";
import { scoreWord } from "../decisions/words.ts";
import { countWord, nameWord } from "../format.ts";
import { usePage } from "../page.ts";

export function Comparisons({ decision }: { readonly decision: Decision }) {
  const why = usePage().why.value;
  if (why.kind === "loading") return <p class="quiet">Asking what was compared…</p>;
  if (why.kind === "failed") return <p class="quiet">The comparisons could not be read: {why.message}</p>;
  const { isInForce, note, comparisons } = why.explanation;
  if (!isInForce) {
    return (
      <p class="quiet">{note ?? "The server does not say."} The reasons above are those that the decision keeps.</p>
    );
  }
  if (comparisons.length === 0) return <p class="quiet">No score was compared: the fail mode decided.</p>;
  return <Table key={decision.decision_id} comparisons={comparisons} />;
}

function Table({ comparisons }: { readonly comparisons: readonly Comparison[] }) {
  const isWhole = useSignal(false);
  const { telling, rest } = comparisonsInOrder(comparisons);
  const shown = isWhole.value ? [...telling, ...rest] : telling;
  const tiers = new Set(comparisons.map(({ tier }) => tier));
  const met = comparisons.filter((one) => one.met).length;
  return (
    <>
      <p class="quiet">
        {countWord(comparisons.length)} comparisons, {met === 0 ? "none" : countWord(met)} met, tier{" "}
        {[...tiers].map(nameWord).join(", ")}.
      </p>
      {shown.length > 0 && (
        <table class="comparisons">
          <caption class="sr-only">Comparisons</caption>
          <thead>
            <tr>
              <th scope="col">what</th>
              <th scope="col">score</th>
              <th scope="col">threshold</th>
              <th scope="col">margin</th>
              <th scope="col">result</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Line key={JSON.stringify(one)} comparison={one} withTier={tiers.size > 1} />
            ))}
          </tbody>
        </table>
      )}
      {rest.length > 0 && (
        <button
          type="button"
          class="link"
          aria-expanded={isWhole.value}
          onClick={() => {
            isWhole.value = !isWhole.value;
          }}
        >
          {isWhole.value ? "Hide" : "Show"} {countWord(rest.length)} of scores below 0.01
        </button>
      )}
    </>
  );
}

function Line({ comparison, withTier }: { readonly comparison: Comparison; readonly withTier: boolean }) {
  const { code, tier, field, category, rule, action, score, threshold, margin, met } = comparison;
  const subject = [category && nameWord(category), field].filter(Boolean).join(", ");
  const what = code === "action-rule" ? `rule ${rule}` : code === "asl-trigger" ? `ASL: ${subject}` : subject;
  return (
    <tr data-met={met}>
      <th scope="row">
        {what}
        {withTier && <small> {nameWord(tier)}</small>}
      </th>
      <td>{score === null ? (code === "action-rule" ? "–" : "< 0.01") : scoreWord(score)}</td>
      <td>{threshold === null ? "–" : scoreWord(threshold)}</td>
      <td>{margin === null ? "–" : `${margin > 0 ? "+" : margin < 0 ? "−" : ""}${scoreWord(Math.abs(margin))}`}</td>
      <td>
        <span class="result" data-action={met ? (action ?? "warn") : "none"}>
          {met ? "met" : "not met"}: {action ?? (code === "asl-trigger" ? "label" : "mark")}
        </span>
      </td>
    </tr>
  );
}
