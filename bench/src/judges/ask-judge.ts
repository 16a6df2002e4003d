/** Starts a judge's process, hands it texts and takes its report. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { JudgeReport } from "./judge-process.ts";

const script = fileURLToPath(new URL("judge-process.js", import.meta.url));

/** @param pack a compiled pack with the trained model */
export async function askJudge(name: string, pack: string, texts: readonly string[]): Promise<JudgeReport> {
  const child = spawn(process.execPath, ["--expose-gc", script, name, pack], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    output += part;
  });
  child.stdin.on("error", () => {}); // it ended early; its exit code says so
  child.stdin.end(JSON.stringify(texts));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`the process of ${name} ended with ${code}`);
  return JSON.parse(output) as JudgeReport;
}
