/**
 * Families as text that Prometheus reads: its text format 0.0.4, or OpenMetrics 1.0.0, which differ in the name of a
 * counter's family and in the last line. Families of one name that come from several parts are shown as one.
 */
import { assert, type HistogramSample, type Metric, type MetricSample } from "@sluice/engine";

export const TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
export const OPENMETRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Labels = Readonly<Record<string, string>>;

export function exposition(metrics: readonly Metric[], isOpenMetrics: boolean): string {
  const families = new Map<string, Metric[]>();
  for (const metric of metrics) families.set(metric.name, [...(families.get(metric.name) ?? []), metric]);
  const text = [...families.values()].map((family) => familyText(family, isOpenMetrics)).join("");
  return isOpenMetrics ? `${text}# EOF\n` : text;
}

function familyText(metrics: readonly Metric[], isOpenMetrics: boolean): string {
  const { name, help, type } = metrics[0]!;
  assert(
    metrics.every((metric) => metric.type === type),
    `${name} has one type`,
  );
  const family = isOpenMetrics && type === "counter" ? name.replace(/_total$/, "") : name;
  const lines = metrics.flatMap((metric) =>
    metric.type === "histogram"
      ? metric.samples.flatMap((sample) => histogramLines(name, sample))
      : metric.samples.map(({ labels = {}, value }: MetricSample) => line(name, labels, value)),
  );
  const escapedHelp = escaped(help, isOpenMetrics);
  return `# HELP ${family} ${escapedHelp}\n# TYPE ${family} ${type}\n${lines.join("")}`;
}

function histogramLines(name: string, { labels = {}, buckets, sum, count }: HistogramSample): string[] {
  return [
    ...buckets.map(({ upTo, count }) => line(`${name}_bucket`, { ...labels, le: String(upTo) }, count)),
    line(`${name}_bucket`, { ...labels, le: "+Inf" }, count),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ];
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text, true)}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${number(value)}\n`;
}

function number(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}

function escaped(text: string, isQuoted: boolean): string {
  const plain = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return isQuoted ? plain.replaceAll('"', '\\"') : plain;
}
