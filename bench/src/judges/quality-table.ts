/** The judges' table as Markdown. */
import type { Estimate, Rate } from "@sluice/app";
import type { Quality } from "./quality.ts";

export interface Row {
  readonly name: string;
  readonly usAText: number | undefined;
  readonly memoryBytes: number | undefined;
  /** By set of records; undefined where the judge was not asked. */
  readonly qualities: readonly (Quality | undefined)[];
}

const percent = (value: number) => (value * 100).toFixed(1);

function rateText(rate: Rate | null): string {
  if (rate === null || rate.value === null) return "–";
  return `${percent(rate.value)} (${rate.interval.map(percent).join("–")})`;
}

function areaText({ value, interval }: Estimate): string {
  if (value === null || interval === null) return "–";
  return `${value.toFixed(3)} (${interval.map((end) => end.toFixed(3)).join("–")})`;
}

const COLUMNS = ["AUROC", "recall %", "false alarms %", "recall % at 2 % false alarms"];

/** @param sets names of the sets of records, in the order of each row's qualities */
export function markdownTable(sets: readonly string[], rows: readonly Row[]): string {
  const heads = [
    "",
    "us a text of 1 KB",
    "memory MiB",
    ...sets.flatMap((set) => COLUMNS.map((name) => `${set}: ${name}`)),
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const body = rows.map(({ name, usAText, memoryBytes, qualities }) =>
    line([
      name,
      usAText === undefined ? "–" : usAText.toPrecision(3),
      memoryBytes === undefined ? "–" : (memoryBytes / 2 ** 20).toFixed(1),
      ...sets.flatMap((_, index) => {
        const quality = qualities[index];
        if (quality === undefined) return COLUMNS.map(() => "–");
        const { auroc, recall, falseAlarms, recallAtTwoPercent } = quality;
        return [areaText(auroc), ...[recall, falseAlarms, recallAtTwoPercent].map(rateText)];
      }),
    ]),
  );
  return [line(heads), line(heads.map((_, index) => (index === 0 ? "---" : "---:"))), ...body].join("\n");
}
