/** Panel 3: what was decided, stacked over the last minutes or the last day, with totals since the ledger began. */
import { useSignal } from "@preact/signals";
import type uPlot from "uplot";
import { ACTIONS } from "../decisions/actions.ts";
import { countWord, tileWord } from "../format.ts";
import { HOURS, usePage } from "../page.ts";
import { useTotals } from "../totals.ts";
import { Chart, type Colour, chartFrame } from "./chart.tsx";
import { Panel } from "./panel.tsx";
import { barSeries, stack } from "./stack.ts";

/** Severe ones lie at the bottom, where few of them can be seen beneath many. */
const FROM_BOTTOM = [...ACTIONS].reverse();
type Span = "minutes" | "day";

export function ActionsPanel() {
  const span = useSignal<Span>("minutes");
  return (
    <Panel
      name="actions"
      heading="Actions"
      note={span.value === "minutes" ? "per second" : `by hour, ${HOURS} h`}
      source="Over time: counted on this page from /live, or by hour from /hourly-stats. Totals: the server's counters, from the /live snapshot and every decision after it, and /metrics"
      aside={
        <fieldset class="switch">
          <legend class="sr-only">Span</legend>
          {(["minutes", "day"] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={span.value === name}
              onClick={() => {
                span.value = name;
              }}
            >
              {name === "minutes" ? "5 min" : `${HOURS} h`}
            </button>
          ))}
        </fieldset>
      }
    >
      <div class="chart-and-totals">
        {span.value === "minutes" ? <MinutesChart /> : <DayChart />}
        <Totals />
      </div>
    </Panel>
  );
}

function Totals() {
  const { total, actions } = useTotals();
  const chart = usePage().store.series.value?.chart;
  return (
    <table class="totals">
      <caption class="sr-only">Decisions by action</caption>
      <thead>
        <tr>
          <th scope="col">action</th>
          <th scope="col">/s</th>
          <th scope="col" title="Since the ledger began, from the server's counters">
            total
          </th>
          <th scope="col">share</th>
        </tr>
      </thead>
      <tbody>
        {FROM_BOTTOM.map((action) => {
          const count = actions[action];
          return (
            <tr key={action} title={`${countWord(count)} decided ${action} since the ledger began`}>
              <th scope="row">
                <span class="swatch" data-colour={action} aria-hidden="true" /> {action}
              </th>
              <td>{tileWord(chart?.counts[ACTIONS.indexOf(action)]?.at(-1) ?? 0)}</td>
              <td data-total={action}>{tileWord(count)}</td>
              <td>{total === 0 ? "–" : `${((count / total) * 100).toFixed(1)} %`}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function MinutesChart() {
  const { seconds, counts } = usePage().store.series.value?.chart ?? { seconds: [], counts: [] };
  const columns = FROM_BOTTOM.map((action) => counts[ACTIONS.indexOf(action)] ?? []);
  return (
    <Chart
      label="Decisions a second over the last five minutes, stacked by action"
      data={[seconds, ...stack(columns)] as uPlot.AlignedData}
      options={minutesOptions}
    />
  );
}

function minutesOptions(colour: Colour): Omit<uPlot.Options, "width" | "height"> {
  const { axis, timeAxis, ...frame } = chartFrame(colour);
  // Drawn from the top of the stack down, so that each covers the ones above it.
  const areas = ACTIONS.map((action) => ({ fill: colour(`${action}-area`), width: 0, points: { show: false } }));
  return {
    ...frame,
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(5, max * 1.1)] } },
    axes: [timeAxis, { ...axis, size: 44, values: (_plot, ticks) => ticks.map((tick) => tileWord(tick)) }],
    series: [{}, ...areas],
  };
}

function DayChart() {
  const { hourly } = usePage();
  const stats = hourly.value.value;
  if (stats === undefined) {
    return <p class="panel-empty">{hourly.fault.value ? `/hourly-stats: ${hourly.fault.value}` : "Loading…"}</p>;
  }
  const hours = stats.hours.map((hour) => Date.parse(/Z|[+-]\d\d:?\d\d$/.test(hour) ? hour : `${hour}Z`) / 1000);
  const { blocked, escalated, event_counts: counts } = stats;
  const others = counts.map((count, index) => count - (blocked[index] ?? 0) - (escalated[index] ?? 0));
  return (
    <Chart
      label={`Events of each of the last ${HOURS} hours: blocked, escalated, others`}
      data={[hours, ...stack([blocked, escalated, others])] as uPlot.AlignedData}
      options={dayOptions}
    />
  );
}

function dayOptions(colour: Colour): Omit<uPlot.Options, "width" | "height"> {
  const { axis, timeAxis, ...frame } = chartFrame(colour);
  return {
    ...frame,
    scales: {
      x: { range: (_plot, min, max) => [min - 1800, max + 1800] },
      y: { range: (_plot, _min, max) => [0, Math.max(5, max * 1.1)] },
    },
    axes: [timeAxis, { ...axis, size: 44, values: (_plot, ticks) => ticks.map((tick) => tileWord(tick)) }],
    series: [{}, ...["allow", "escalate", "block"].map((name) => barSeries(colour(`${name}-area`)))],
  };
}
