/** Event time of a stored timestamp, as the kernel reads it: without an offset it is UTC. */
const HAS_OFFSET = /(?:[zZ]|[+-]\d\d:?\d\d)$/;

/** Milliseconds since the Unix epoch, or NaN. */
export function eventTimeMs(timestamp: string): number {
  const withT = timestamp.replace(/^(\d{4}-\d\d-\d\d)[ t]/, "$1T");
  return Date.parse(HAS_OFFSET.test(withT) ? withT : `${withT}Z`);
}
