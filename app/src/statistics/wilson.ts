/**
 * Interval for a rate: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
 * (1927). Honest for small counts and for rates near 0 and 1, where the textbook interval is not.
 */
export interface Rate {
  readonly count: number;
  readonly total: number;
  /** count / total, or null when total is 0. */
  readonly value: number | null;
  /** 95 % interval; [0, 1] when total is 0. */
  readonly interval: readonly [low: number, high: number];
}

/** Two-sided 95 %. */
const Z = 1.959963984540054;

export function wilson(count: number, total: number): Rate {
  if (total === 0) return { count, total, value: null, interval: [0, 1] };
  const share = count / total;
  const scale = 1 + (Z * Z) / total;
  const centre = (share + (Z * Z) / (2 * total)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / total + (Z * Z) / (4 * total * total));
  return { count, total, value: share, interval: [Math.max(0, centre - half), Math.min(1, centre + half)] };
}
