/** Stacked series for uPlot, which draws each on its own: sums from the bottom, drawn from the top. */
import uPlot from "uplot";

/**
 * @param columns from the bottom of the stack to its top
 * @returns running sums, the whole stack first: each later series is drawn over the one before
 */
export function stack(columns: readonly (readonly number[])[]): number[][] {
  const sums: number[][] = [];
  for (const column of columns) {
    const below = sums.at(-1);
    sums.push(column.map((value, index) => value + (below?.[index] ?? 0)));
  }
  return sums.reverse();
}

export function barSeries(colour: string): uPlot.Series {
  const paths = uPlot.paths.bars?.({ size: [0.7, 24], gap: 1 });
  return { fill: colour, width: 0, points: { show: false }, ...(paths ? { paths } : {}) };
}
