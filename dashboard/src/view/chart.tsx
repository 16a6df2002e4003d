/**
 * One uPlot chart as a component: made once for a theme, resized with its box, fed by `data`. Colours are read from the
 * page's variables, so the chart follows light and dark. `cursor` tells which point the pointer is at.
 */
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { usePage } from "../page.ts";

/** Reads a colour variable of the page, e.g. `block` for `--block`. */
export type Colour = (name: string) => string;

export interface ChartProps {
  readonly label: string;
  /** Everything but size; called again when the theme changes. The same function while the chart is the same. */
  readonly options: (colour: Colour) => Omit<uPlot.Options, "width" | "height">;
  readonly data: uPlot.AlignedData;
  /** Index of the point under the pointer, or `undefined`. */
  readonly onCursor?: (index: number | undefined) => void;
}

export function Chart({ label, options, data, onCursor }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(data);
  const isDark = usePage().theme.isDark.value;
  latest.current = data;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const colour = colourReader(element);
    const size = () => ({ width: Math.max(80, element.clientWidth), height: Math.max(60, element.clientHeight) });
    const made = new uPlot({ ...options(colour), ...size() }, latest.current, element);
    made.over.addEventListener("mousemove", () => onCursor?.(made.cursor.idx ?? undefined));
    made.over.addEventListener("mouseleave", () => onCursor?.(undefined));
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [isDark, options]);

  useEffect(() => plot.current?.setData(data), [data]);
  return <div class="chart" ref={box} role="img" aria-label={label} />;
}

/** A variable may hold `light-dark(…)`, which a canvas cannot read: an element's computed colour can. */
function colourReader(element: HTMLElement): Colour {
  const probe = document.createElement("span");
  return (name) => {
    probe.style.color = `var(--${name})`;
    element.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}

interface ChartFrame extends Pick<uPlot.Options, "legend" | "cursor" | "padding"> {
  readonly axis: uPlot.Axis;
  /** Time of day alone: the date is no news on a chart of minutes or one day. */
  readonly timeAxis: uPlot.Axis;
}

/** Axes, grid and cursor that all charts share. */
export function chartFrame(colour: Colour): ChartFrame {
  const axis: uPlot.Axis = {
    stroke: colour("muted"),
    font: "11px system-ui, sans-serif",
    grid: { stroke: colour("grid"), width: 1 },
    ticks: { show: false },
    gap: 4,
  };
  return {
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    padding: [8, 28, 0, 0],
    axis,
    timeAxis: {
      ...axis,
      size: 26,
      gap: 8,
      space: 60,
      values: (_plot, ticks, _axis, _space, stepSeconds) =>
        ticks.map((tick) => (stepSeconds < 60 ? withSeconds : withMinutes).format(tick * 1000)),
    },
  };
}

const withMinutes = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const withSeconds = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
