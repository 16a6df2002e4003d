/**
 * Functions and their lengths, found by indentation alone: the formatter puts the closing brace of a block into the
 * column where its first line begins. Templates over several lines can hold anything, so a function inside of one may
 * be counted.
 */

export interface FunctionLines {
  /** Of its first line, from 1. */
  readonly line: number;
  /** Without the functions inside it. */
  readonly ownLines: number;
}

interface Open {
  readonly line: number;
  readonly indent: number;
  readonly isCounted: boolean;
  innerLines: number;
}

/** Blocks of control flow, types and suites are no functions. */
const NO_FUNCTION =
  /^\s*(\} )?(if|else|for|while|do|switch|try|catch|finally|case|default|class|export class|interface|export interface|namespace|declare|describe|forEachAdapter)\b/;
const BEGINS_FUNCTION =
  /(=>|\)(: [^{}]+)?) \{$|^\s*\)?: .+ \{$|\bfunction\b.*\{$|^\s*(get|set|async|static|\w+)\b.*\).* \{$/;

/** Those with more than `linesMax` lines of their own. */
export function longestFunctions(text: string, linesMax: number): FunctionLines[] {
  const long: FunctionLines[] = [];
  const open: Open[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    const indent = line.length - line.trimStart().length;
    const top = open.at(-1);
    if (top !== undefined && indent === top.indent && /^\s*\}/.test(line)) {
      open.pop();
      const allLines = at - top.line + 2;
      const ownLines = allLines - top.innerLines;
      if (top.isCounted && ownLines > linesMax) long.push({ line: top.line, ownLines });
      const outer = open.at(-1);
      if (outer !== undefined) outer.innerLines += top.isCounted ? allLines : top.innerLines;
    }
    if (!line.endsWith("{")) continue;
    const isCounted = BEGINS_FUNCTION.test(line) && !NO_FUNCTION.test(line);
    open.push({ line: at + 1, indent, isCounted, innerLines: 0 });
  }
  return long;
}
