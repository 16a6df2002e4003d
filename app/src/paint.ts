/**
 * Colour for people at a terminal. What is piped, and what is asked to be plain (NO_COLOR, no-color.org), gets none; no
 * meaning is carried by colour alone.
 */
import type { Shell } from "./shell.ts";

export type Tone = "good" | "caution" | "bad" | "quiet" | "strong";
/** Pad before painting: the codes count as characters. */
export type Paint = (tone: Tone, text: string) => string;

/** Select Graphic Rendition, ECMA-48 §8.3.117; the 16 basic colours follow the reader's own theme. */
const CODES: Readonly<Record<Tone, number>> = { good: 32, caution: 33, bad: 31, quiet: 2, strong: 1 };

export function painter({ stdout, environment }: Pick<Shell, "stdout" | "environment">): Paint {
  const isPlain = stdout.isTTY !== true || (environment.NO_COLOR ?? "") !== "" || environment.TERM === "dumb";
  return isPlain ? (_tone, text) => text : (tone, text) => `\u001b[${CODES[tone]}m${text}\u001b[0m`;
}
