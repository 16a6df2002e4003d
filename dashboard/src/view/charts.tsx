/** The three charts: rate by action, latency percentiles, and the last day by hour. */
import { useSignal } from "@preact/signals";
import type uPlot from "uplot";
import { ACTIONS } from "../decisions/actions.ts";
import { countWord, latencyWord, tileWord } from "../format.ts";
import { HOURS, usePage } from "../page.ts";
import { Chart, type ChartProps, chartFrame } from "./chart.tsx";
import { barSeries, stack } from "./stack.ts";

/** Severe ones lie at the bottom, where few of them can be seen beneath many. */
const FROM_BOTTOM = [...ACTIONS].reverse();

export function Charts() {
  return (
    <section class="charts" aria-label="Charts">
      <RateChart />
      <LatencyChart />
      <HourlyChart />
    </section>
  );
}

interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly value: string;
}

interface PanelProps extends ChartProps {
  readonly heading: string;
  readonly note: string;
  readonly legend: readonly LegendEntry[];
}

function Panel({ heading, note, legend, ...chart }: PanelProps) {
  return (
    <figure class="panel">
      <figcaption>
        <h2 title={`${heading}, ${note}`}>
          {heading} <small>{note}</small>
        </h2>
        <ul class="legend">
          {legend.map(({ name, colour, value }) => (
            <li key={name}>
              <span class="swatch" data-colour={colour} aria-hidden="true" />
              {name} <b>{value}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      <Chart {...chart} />
    </figure>
  );
}

function RateChart() {
  const { store } = usePage();
  const cursor = useSignal<number | undefined>(undefined);
  const { seconds, counts } = store.chart.value;
  const columns = FROM_BOTTOM.map((action) => counts[ACTIONS.indexOf(action)] ?? []);
  const at = cursor.value ?? seconds.length - 1;
  return (
    <Panel
      heading="Events/s"
      note="by action"
      label="Events a second over the last five minutes, stacked by action"
      legend={FROM_BOTTOM.map((action, index) => ({
        name: action,
        colour: action,
        value: tileWord(columns[index]?.[at] ?? 0),
      }))}
      onCursor={(index) => {
        cursor.value = index;
      }}
      data={[seconds, ...stack(columns)] as uPlot.AlignedData}
      options={(colour) => {
        const { axis, timeAxis, ...frame } = chartFrame(colour);
        return {
          ...frame,
          scales: { y: { range: (_plot, _min, max) => [0, Math.max(5, max * 1.1)] } },
          axes: [timeAxis, { ...axis, size: 44, values: (_plot, ticks) => ticks.map((tick) => tileWord(tick)) }],
          series: [{}, ...stackedAreas(colour)],
        };
      }}
    />
  );
}

/** Drawn from the top of the stack down, so that each covers the ones above it. */
function stackedAreas(colour: (name: string) => string): uPlot.Series[] {
  return [...FROM_BOTTOM].reverse().map((action) => ({
    fill: colour(`${action}-area`),
    width: 0,
    points: { show: false },
  }));
}

function LatencyChart() {
  const { store } = usePage();
  const cursor = useSignal<number | undefined>(undefined);
  const { seconds, p50Us, p99Us } = store.chart.value;
  const at = (values: readonly (number | undefined)[]) =>
    latencyWord(cursor.value === undefined ? values.findLast((value) => value !== undefined) : values[cursor.value]);
  return (
    <Panel
      heading="Latency"
      note="per second"
      label="Median and 99th percentile of the decision latency, each second of the last five minutes"
      legend={[
        { name: "p99", colour: "line-2", value: at(p99Us) },
        { name: "p50", colour: "line-1", value: at(p50Us) },
      ]}
      onCursor={(index) => {
        cursor.value = index;
      }}
      data={[seconds, p50Us, p99Us] as unknown as uPlot.AlignedData}
      options={(colour) => {
        const { axis, timeAxis, ...frame } = chartFrame(colour);
        const line = (name: string) => ({ stroke: colour(name), width: 1.5, points: { size: 3 }, spanGaps: false });
        return {
          ...frame,
          scales: { y: { range: (_plot, _min, max) => [0, Math.max(50, (max ?? 0) * 1.15)] } },
          axes: [timeAxis, { ...axis, size: 56, values: (_plot, ticks) => ticks.map((tick) => latencyWord(tick)) }],
          series: [{}, line("line-1"), line("line-2")],
        };
      }}
    />
  );
}

function HourlyChart() {
  const { hourly } = usePage();
  const cursor = useSignal<number | undefined>(undefined);
  const stats = hourly.value.value;
  const hours = (stats?.hours ?? []).map(
    (hour) => Date.parse(/Z|[+-]\d\d:?\d\d$/.test(hour) ? hour : `${hour}Z`) / 1000,
  );
  const blocked = stats?.blocked ?? [];
  const escalated = stats?.escalated ?? [];
  const others = (stats?.event_counts ?? []).map(
    (count, index) => count - (blocked[index] ?? 0) - (escalated[index] ?? 0),
  );
  const at = cursor.value ?? hours.length - 1;
  const word = (counts: readonly number[]) => (stats ? countWord(counts[at] ?? 0) : "–");
  return (
    <Panel
      heading="By hour"
      note={hourly.fault.value ? `last try failed: ${hourly.fault.value}` : `${HOURS} h`}
      label={`Events of each of the last ${HOURS} hours: blocked, escalated, others`}
      legend={[
        { name: "block", colour: "block", value: word(blocked) },
        { name: "escalate", colour: "escalate", value: word(escalated) },
        { name: "others", colour: "allow", value: word(others) },
      ]}
      onCursor={(index) => {
        cursor.value = index;
      }}
      data={[hours, ...stack([blocked, escalated, others])] as uPlot.AlignedData}
      options={(colour) => {
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
      }}
    />
  );
}
