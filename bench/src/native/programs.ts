/**
 * The C programs of bench/native as child processes that take turns with us: one pass over all texts a line on their
 * standard input (bench/native/rounds.h).
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Pass, TextAnswer, TextScanner } from "./text-scanner.ts";

const folder = fileURLToPath(new URL("../../native/", import.meta.url));

/** Builds what this machine can build; answers the names of the programs, none without a compiler. */
export function buildPrograms(): string[] {
  const { status, stdout, stderr, error } = spawnSync("sh", [join(folder, "build.sh")], { encoding: "utf8" });
  if (error !== undefined) return []; // no shell: not a machine that these programs are for
  if (status !== 0) throw new Error(`bench/native does not build: ${stderr}`);
  return stdout.split("\n").filter((name) => name !== "");
}

/** Texts in the form that the programs read. */
export function writeTexts(path: string, texts: readonly Uint8Array[]): void {
  const header = Buffer.alloc(4 + 4 * texts.length);
  header.writeUInt32LE(texts.length, 0);
  let end = 0;
  for (const [index, text] of texts.entries()) {
    end += text.length;
    header.writeUInt32LE(end, 4 + 4 * index);
  }
  writeFileSync(path, Buffer.concat([header, ...texts]));
}

/**
 * @param tables what the program searches with: tables or phrases, and the texts
 * @param textCount how many texts there are
 */
export function startProgram(name: string, files: readonly string[], textCount: number): TextScanner {
  const child = spawn(join(folder, "build", name), files, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = endOf(child);
  async function nextNumbers(): Promise<[number, number]> {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${name} ended early`);
    const [first, second] = String(value).split(" ").map(Number);
    return [first as number, second as number];
  }
  return {
    name,
    async check(parts): Promise<TextAnswer[]> {
      child.stdin.write(`check ${parts}\n`);
      const answers: TextAnswer[] = [];
      while (answers.length < textCount) {
        const [matches, digest] = await nextNumbers();
        answers.push({ matches, digest });
      }
      return answers;
    },
    async pass(parts): Promise<Pass> {
      child.stdin.write(`time ${parts}\n`);
      const [ns, matches] = await nextNumbers();
      return { ns, matches };
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

const endOf = (child: ChildProcess) => new Promise<void>((resolve) => child.once("exit", () => resolve()));
