/** Numbers, times and hashes as the page writes them. */

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const countWord = (count: number): string => whole.format(count);

/** Compact from 100,000 on, so that a tile never changes its width. */
export const tileWord = (count: number): string => (count < 100_000 ? whole.format(count) : short.format(count));

export const rateWord = (perSecond: number): string =>
  perSecond > 0 && perSecond < 10 ? perSecond.toFixed(1) : tileWord(perSecond);

/** `38 µs`, `1.25 ms`, `2.1 s`; an en dash when there is none. */
export function latencyWord(latencyUs: number | undefined): string {
  if (latencyUs === undefined) return "–";
  if (latencyUs < 1000) return `${Math.round(latencyUs)} µs`;
  if (latencyUs < 1_000_000) return `${(latencyUs / 1000).toPrecision(3)} ms`;
  return `${(latencyUs / 1_000_000).toPrecision(2)} s`;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Local time of day with milliseconds, for a row. */
export function timeWord(timestamp: string): string {
  const time = new Date(timestamp);
  if (Number.isNaN(time.getTime())) return timestamp;
  return `${clock.format(time)}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}

/** First eight digits of a `sha256:` hash. */
export const hashWord = (hash: string): string => hash.replace(/^sha256:/, "").slice(0, 8);

/** A category or tier name for people: `self_harm` becomes `self harm`. */
export const nameWord = (name: string): string => name.replaceAll("_", " ");
