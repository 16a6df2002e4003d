/**
 * Reads the text that Prometheus is served, and is stricter than Prometheus: every family has help and type before its
 * samples, stands once, keeps the naming conventions, and its histograms add up. Throws with the line that is wrong.
 */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly samples: Sample[];
}

const NAME = /^[a-z][a-z0-9_]*$/;
const SAMPLE = /^([a-z][a-z0-9_]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-z_][a-z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
/** Prometheus wants seconds and bytes, and no unit twice. */
const ODD_UNITS = /_(ms|us|ns|milliseconds|microseconds|kb|mb|mib|minutes|percent)(_|$)/;

export function parsePrometheus(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, Family>();
  let helped: string | undefined;
  let family: Family | undefined;
  for (const line of text.slice(0, -1).split("\n")) {
    const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === "HELP") {
      if (!NAME.test(name) || ODD_UNITS.test(name) || families.has(name)) throw new Error(`name: ${line}`);
      if (!rest.endsWith(".")) throw new Error(`no sentence: ${line}`);
      helped = name;
    } else if (keyword === "TYPE") {
      if (helped !== name || !/^(counter|gauge|histogram)$/.test(rest)) throw new Error(`type: ${line}`);
      if ((rest === "counter") !== name.endsWith("_total")) throw new Error(`_total is for counters: ${line}`);
      family = { name, type: rest, samples: [] };
      families.set(name, family);
    } else if (family === undefined) throw new Error(`outside of a family: ${line}`);
    else family.samples.push(sampleOf(line, family));
  }
  for (const each of families.values()) checkFamily(each);
  return families;
}

function sampleOf(line: string, { name: family, type }: Family): Sample {
  const [, name = "", text = "", number = ""] = SAMPLE.exec(line) ?? [];
  const isPart = type === "histogram" && [`${family}_bucket`, `${family}_sum`, `${family}_count`].includes(name);
  if (type === "histogram" ? !isPart : name !== family) throw new Error(`not of ${family}: ${line}`);
  const labels: Record<string, string> = {};
  for (LABEL.lastIndex = 0; LABEL.lastIndex < text.length; ) {
    const [, key, value] = LABEL.exec(text) ?? [];
    if (key === undefined || value === undefined || key in labels) throw new Error(`labels: ${line}`);
    labels[key] = value.replace(/\\(.)/g, (_all, char: string) => (char === "n" ? "\n" : char));
  }
  const value = number === "+Inf" ? Infinity : Number(number);
  if (Number.isNaN(value) || (type !== "gauge" && value < 0)) throw new Error(`value: ${line}`);
  return { name, labels, value };
}

function checkFamily({ name, type, samples }: Family): void {
  const keys = samples.map((sample) => `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`);
  if (new Set(keys).size !== keys.length) throw new Error(`${name} has a sample twice`);
  if (type !== "histogram") return;
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _le, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    series.set(key, [...(series.get(key) ?? []), sample]);
  }
  for (const parts of series.values()) {
    const buckets = parts.filter((part) => part.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => (labels.le === "+Inf" ? Infinity : Number(labels.le)));
    const rises = (values: readonly number[]) => values.every((value, at) => at === 0 || value >= values[at - 1]!);
    if (bounds.at(-1) !== Infinity || !rises(bounds)) throw new Error(`${name}: bounds ${bounds}`);
    if (!rises(buckets.map(({ value }) => value))) throw new Error(`${name}: buckets do not add up`);
    const count = parts.find((part) => part.name === `${name}_count`)?.value;
    if (count !== buckets.at(-1)?.value) throw new Error(`${name}: count is not the last bucket`);
    if (!parts.some((part) => part.name === `${name}_sum`)) throw new Error(`${name} has no sum`);
  }
}
