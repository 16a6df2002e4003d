/** The order in which matches are listed. */
import { ENCODINGS, type Match, SIDES } from "./types.ts";

const encodingOf = ({ decoded }: Match) => (decoded === undefined ? -1 : ENCODINGS.indexOf(decoded));

export function byPlace(a: Match, b: Match): number {
  const bySide = SIDES.indexOf(a.side) - SIDES.indexOf(b.side);
  return bySide || a.start - b.start || a.end - b.end || a.rule - b.rule || encodingOf(a) - encodingOf(b);
}
