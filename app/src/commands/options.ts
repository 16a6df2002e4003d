/** Arguments and options that several commands share, read the same way everywhere. */
import { type Command, InvalidArgumentError } from "commander";

export function withOfflineOptions(command: Command): Command {
  return command
    .option("--policy <preset|file>", "policy to decide by", "default")
    .option("--pack <file>", "compiled detector pack, or `rules` for rules without the trained model (default: both)");
}
export interface OfflineFlags {
  readonly policy: string;
  readonly pack?: string;
}

export function examples(command: Command, ...lines: readonly string[]): Command {
  const title = lines.length === 1 ? "Example:" : "Examples:";
  return command.addHelpText("after", `\n${[title, ...lines.map((line) => `  ${line}`)].join("\n")}`);
}

/** A whole number within [min, max]. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`give a whole number from ${min} to ${max}.`);
  };
}

/** Above 0, at most `max`. */
export function positiveNumber(max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value > 0 && value <= max) return value;
    throw new InvalidArgumentError(`give a number above 0, at most ${max}.`);
  };
}

/** Address of a server, its path left out. */
export function serverUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new InvalidArgumentError("give an address like http://127.0.0.1:8080.");
}
