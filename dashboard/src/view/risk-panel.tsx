/**
 * Panel 2: risk by category and tier as a heat map whose cells are numbers and filters. One cell is reached by Tab, the
 * others by arrow keys.
 */
import { useSignal } from "@preact/signals";
import { scoreWord } from "../decisions/words.ts";
import { countWord, nameWord, tileWord } from "../format.ts";
import { usePage } from "../page.ts";
import type { RiskCell, RiskView } from "../series/risk-map.ts";
import { SPAN } from "../series/risk-map.ts";
import { Panel, Scroll } from "./panel.tsx";

const EMPTY: RiskView = { categories: [], tiers: [], tierCounts: [], cells: [] };
/** Shades of a cell, by the share of the tier's decisions that score in the category. */
const SHARES = [0.001, 0.005, 0.02, 0.05, 0.1] as const;

export function RiskPanel() {
  const risk = usePage().store.series.value?.risk ?? EMPTY;
  return (
    <Panel
      name="risk"
      heading="Risk by category and tier"
      note={`decisions with a score, ${SPAN.minutes} min`}
      source="Counted on this page from /live over the last five minutes: decisions with a score of at least 0.01 in the category. The shade is their share of the tier's decisions. Since the ledger began: /metrics risk_detections (scores above 0.5)"
    >
      <Scroll label="Risk by category and tier">
        {risk.cells.length === 0 ? (
          <p class="panel-empty">No decision of the last {SPAN.minutes} minutes scored in any category.</p>
        ) : (
          <HeatMap risk={risk} />
        )}
      </Scroll>
    </Panel>
  );
}

function HeatMap({ risk }: { readonly risk: RiskView }) {
  const entry = useSignal({ row: 0, column: 0 });
  const cells = new Map(risk.cells.map((cell) => [`${cell.category} ${cell.tier}`, cell]));

  function move(event: KeyboardEvent): void {
    const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
    const from = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-row]") : null;
    if (!step || !from) return;
    event.preventDefault();
    const row = clamp(Number(from.dataset.row) + (step[0] ?? 0), risk.categories.length);
    const column = clamp(Number(from.dataset.column) + (step[1] ?? 0), risk.tiers.length);
    entry.value = { row, column };
    const grid = event.currentTarget as HTMLElement;
    grid.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  }
  const row = clamp(entry.value.row, risk.categories.length);
  const column = clamp(entry.value.column, risk.tiers.length);
  return (
    <table class="heat" onKeyDown={move}>
      <caption class="sr-only">Decisions with a score, by category and tier</caption>
      <thead>
        <tr>
          <th scope="col">category</th>
          {risk.tiers.map((tier, index) => (
            <th
              key={tier}
              scope="col"
              title={`${countWord(risk.tierCounts[index] ?? 0)} decisions of ${nameWord(tier)}`}
            >
              {nameWord(tier)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {risk.categories.map((category, atRow) => (
          <tr key={category}>
            <th scope="row">{nameWord(category)}</th>
            {risk.tiers.map((tier, atColumn) => (
              <td key={tier}>
                <Cell
                  cell={cells.get(`${category} ${tier}`) ?? { category, tier, count: 0, mean: 0, severe: 0 }}
                  tierCount={risk.tierCounts[atColumn] ?? 0}
                  place={{ row: atRow, column: atColumn }}
                  isEntry={atRow === row && atColumn === column}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly cell: RiskCell;
  readonly tierCount: number;
  readonly place: { readonly row: number; readonly column: number };
  readonly isEntry: boolean;
}

function Cell({ cell, tierCount, place, isEntry }: CellProps) {
  const { store, setFilter } = usePage();
  const { category, tier, count, mean, severe } = cell;
  const share = tierCount === 0 ? 0 : count / tierCount;
  const shade = count === 0 ? 0 : 1 + SHARES.filter((bound) => share >= bound).length;
  const told =
    count === 0
      ? `${nameWord(category)}, ${nameWord(tier)}: no score`
      : `${nameWord(category)}, ${nameWord(tier)}: scored in ${countWord(count)} decisions, ${(share * 100).toFixed(2)} % of the tier, mean score ${scoreWord(Math.round(mean * 100) / 100)}, ${countWord(severe)} escalated or blocked. Filters the list by both`;
  return (
    <button
      type="button"
      class="heat-cell"
      data-shade={shade}
      data-row={place.row}
      data-column={place.column}
      tabIndex={isEntry ? 0 : -1}
      aria-label={told}
      title={told}
      onClick={() => setFilter({ ...store.list.filter.value, category, tier })}
    >
      {count === 0 ? "·" : tileWord(count)}
    </button>
  );
}

const clamp = (index: number, length: number) => Math.max(0, Math.min(length - 1, index));
