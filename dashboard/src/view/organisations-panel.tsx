/** Panel 4: who sends most, how fast, and what share of it is blocked or escalated. */
import { countWord, rateWord, tileWord } from "../format.ts";
import { usePage } from "../page.ts";
import { ORGANISATIONS, type OrganisationRow, type OrganisationView } from "../series/organisations.ts";
import { SPAN } from "../series/risk-map.ts";
import { Panel, Scroll } from "./panel.tsx";

const EMPTY: OrganisationView = { top: [], other: undefined, total: 0 };

export function OrganisationsPanel() {
  const { top, other, total } = usePage().store.series.value?.organisations ?? EMPTY;
  return (
    <Panel
      name="organisations"
      heading="Organisations"
      note={`top ${ORGANISATIONS.shownMax}, ${SPAN.minutes} min`}
      source={`Counted on this page from /live over the last five minutes; at most ${ORGANISATIONS.namesMax} by name at a time, the rest is other. Since the ledger began: /metrics events_by_organisation`}
    >
      <Scroll label="Organisations by decisions">
        {top.length === 0 ? (
          <p class="panel-empty">No decision in the last {SPAN.minutes} minutes.</p>
        ) : (
          <table class="figures">
            <caption class="sr-only">Organisations, most decisions first</caption>
            <thead>
              <tr>
                <th scope="col">organisation</th>
                <th scope="col">/s</th>
                <th scope="col">events</th>
                <th scope="col">blocked</th>
                <th scope="col">escalated</th>
              </tr>
            </thead>
            <tbody>
              {top.map((row) => (
                <Line key={row.name} row={row} total={total} isNamed />
              ))}
              {other && <Line row={other} total={total} isNamed={false} />}
            </tbody>
          </table>
        )}
      </Scroll>
    </Panel>
  );
}

interface LineProps {
  readonly row: OrganisationRow;
  readonly total: number;
  readonly isNamed: boolean;
}

function Line({ row, total, isNamed }: LineProps) {
  const { store, setFilter } = usePage();
  const share = (count: number) => `${((count / row.count) * 100).toFixed(1)} %`;
  return (
    <tr>
      <th scope="row">
        <span class="share-bar" aria-hidden="true" style={{ width: `${(row.count / total) * 100}%` }} />
        {isNamed ? (
          <button
            type="button"
            class="name-button"
            title={`Show only ${row.name} in the list`}
            onClick={() => setFilter({ ...store.list.filter.value, organisation: row.name })}
          >
            {row.name}
          </button>
        ) : (
          <span class="quiet">{row.name}</span>
        )}
      </th>
      <td>{rateWord(row.perSecond)}</td>
      <td title={countWord(row.count)}>{tileWord(row.count)}</td>
      <td data-share={row.blocked > 0 ? "block" : "none"} title={`${countWord(row.blocked)} blocked`}>
        {share(row.blocked)}
      </td>
      <td data-share={row.escalated > 0 ? "escalate" : "none"} title={`${countWord(row.escalated)} escalated`}>
        {share(row.escalated)}
      </td>
    </tr>
  );
}
