/** Panel 1: decisions a second, and latency percentiles beneath, over the same minutes. */
import { useSignal } from "@preact/signals";
import type uPlot from "uplot";
import { latencyWord, rateWord, tileWord } from "../format.ts";
import { usePage } from "../page.ts";
import { Chart, type Colour, chartFrame } from "./chart.tsx";
import { Legend, Panel } from "./panel.tsx";

const EMPTY = { seconds: [], firstSecond: 0, counts: [], p50Us: [], p90Us: [], p99Us: [] };
const SOURCE =
  "Counted on this page from /live: decisions by the second of decided_at, percentiles of latency_us to 4 %. Since the server started: /metrics";

export function RatePanel() {
  const { store } = usePage();
  const cursor = useSignal<number | undefined>(undefined);
  const { seconds, firstSecond, counts, p50Us, p90Us, p99Us } = store.series.value?.chart ?? EMPTY;
  // Before the first decision came to this page, nothing is known: that is no rate of 0.
  const rates = seconds.map((second, index) =>
    second < firstSecond ? undefined : counts.reduce((sum, column) => sum + (column[index] ?? 0), 0),
  );
  const latencyAt = (values: readonly (number | undefined)[]) =>
    latencyWord(cursor.value === undefined ? values.findLast((value) => value !== undefined) : values[cursor.value]);
  const follow = (index: number | undefined) => {
    cursor.value = index;
  };
  return (
    <Panel
      name="rate"
      heading="Rate and latency"
      note="per second"
      source={SOURCE}
      legend={[{ name: "events/s", colour: "line-1", value: rateWord(rates[cursor.value ?? rates.length - 1] ?? 0) }]}
    >
      <Chart
        label={`Decisions a second over the last five minutes; now ${tileWord(rates.at(-1) ?? 0)}`}
        data={[seconds, rates] as unknown as uPlot.AlignedData}
        options={rateOptions}
        onCursor={follow}
      />
      <div class="between">
        <Legend
          entries={[
            { name: "p50", colour: "line-1", value: latencyAt(p50Us) },
            { name: "p90", colour: "line-3", value: latencyAt(p90Us) },
            { name: "p99", colour: "line-2", value: latencyAt(p99Us) },
          ]}
        />
      </div>
      <Chart
        label="Latency of deciding each second: median, 90th and 99th percentile"
        data={[seconds, p50Us, p90Us, p99Us] as unknown as uPlot.AlignedData}
        options={latencyOptions}
        onCursor={follow}
      />
    </Panel>
  );
}

function rateOptions(colour: Colour): Omit<uPlot.Options, "width" | "height"> {
  const { axis, timeAxis, ...frame } = chartFrame(colour);
  return {
    ...frame,
    padding: [8, 28, 6, 0], // the lowest label has no axis beneath it
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(5, max * 1.1)] } },
    axes: [
      { ...timeAxis, show: false },
      { ...axis, size: 52, space: 24, values: (_plot, ticks) => ticks.map((tick) => tileWord(tick)) },
    ],
    series: [{}, { stroke: colour("line-1"), fill: colour("accent-soft"), width: 1.5, points: { show: false } }],
  };
}

function latencyOptions(colour: Colour): Omit<uPlot.Options, "width" | "height"> {
  const { axis, timeAxis, ...frame } = chartFrame(colour);
  const line = (name: string) => ({ stroke: colour(name), width: 1.5, points: { size: 3 }, spanGaps: false });
  return {
    ...frame,
    // Percentiles lie decades apart: on a linear scale one slow second would flatten all others.
    scales: { y: { distr: 3, log: 10, range: (_plot, min, max) => decades(min ?? 10, max ?? 1000) } },
    axes: [
      timeAxis,
      {
        ...axis,
        size: 52,
        splits: (_plot, _axis, min, max) => powersOfTen(min, max),
        filter: (_plot, splits) => splits,
        // There is room for three or four words.
        values: (_plot, ticks) => ticks.map((tick, at) => (ticks.length > 4 && at % 2 === 1 ? "" : decadeWord(tick))),
      },
    ],
    series: [{}, line("line-1"), line("line-3"), line("line-2")],
  };
}

/** Whole powers of ten around what is drawn, at least one apart. */
function decades(min: number, max: number): [number, number] {
  const low = Math.floor(Math.log10(Math.max(1, min)));
  return [10 ** low, 10 ** Math.max(low + 1, Math.ceil(Math.log10(Math.max(1, max))))];
}

function powersOfTen(min: number, max: number): number[] {
  const [low, high] = [Math.round(Math.log10(min)), Math.round(Math.log10(max))];
  return Array.from({ length: high - low + 1 }, (_none, index) => 10 ** (low + index));
}

function decadeWord(tick: number): string {
  return tick < 1000 ? `${tick} µs` : tick < 1_000_000 ? `${tick / 1000} ms` : `${tick / 1_000_000} s`;
}
