/** Breaks a text at blanks so that it fits a terminal. Only a word longer than a whole line runs over. */
export interface WrapOptions {
  /** Of the terminal. */
  readonly columns: number;
  /** Blanks before each line. */
  readonly indent?: number;
  /** Stands in place of the last blanks of the first line's indent, like a bullet. */
  readonly lead?: string;
}

/** Wider lines are hard to read, however wide the terminal. */
const COLUMNS_MAX = 110;

/** @returns at least one line; line breaks of the text are kept. */
export function wrapText(text: string, { columns, indent = 0, lead = "" }: WrapOptions): string[] {
  const room = Math.max(20, Math.min(columns, COLUMNS_MAX) - indent);
  const lines = text.split("\n").flatMap((line) => wrapLine(line, room));
  const blanks = " ".repeat(indent);
  return lines.map((line, at) => (at === 0 ? lead.padStart(indent) : blanks) + line);
}

function wrapLine(line: string, room: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > room) {
      lines.push(current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
