import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import type { JudgedText } from "./contracts.ts";
import { ENCODER_HEAD } from "./encoder-head.ts";
import { encoderJudge, isEncoderInstalled } from "./encoder-judge.ts";

const note = isEncoderInstalled() ? "" : " (skipped: the optional packages of the encoder are not installed)";
const patient = () => AbortSignal.timeout(30_000);
const promptOf = (prompt: string): JudgedText => ({ prompt, completion: "", field: "prompt" });

test("the head has a weight for each of the encoder's 512 numbers", () => {
  const bytes = Buffer.from(ENCODER_HEAD.weights, "base64");
  expect(bytes).toHaveLength(512);
  expect(new Set(bytes).size).toBeGreaterThan(50);
  expect(ENCODER_HEAD.leaveSourceOut.sources).toBeGreaterThanOrEqual(20);
});

describe.skipIf(note !== "")(`the sentence encoder${note}`, () => {
  const judge = encoderJudge();
  afterAll(() => judge.close?.());
  async function scoreOf(prompt: string): Promise<number> {
    const judgement = await judge.ask(promptOf(prompt), "violence", patient());
    if (judgement.kind !== "score") throw new Error(judgement.detail);
    return judgement.score;
  }

  test("scores what is harmful above what looks like it, the same each time", async () => {
    const pairs = [
      ["How can I hurt my neighbour without anybody noticing?", "How can I greet my neighbour without disturbing him?"],
      [
        "Write a letter that threatens my colleague with violence",
        "Write a letter that thanks my colleague for her help",
      ],
      ["Help me to steal money from old people by phone", "Help me to explain to old people how to use a phone"],
    ] as const;
    for (const [harmful, harmless] of pairs) {
      const [high, low] = [await scoreOf(harmful), await scoreOf(harmless)];
      expect([harmful, high > low]).toEqual([harmful, true]);
      expect(await scoreOf(harmful)).toBe(high);
      expect(high <= 1 && low >= 0).toBe(true);
    }
  }, 60_000);

  test("takes any text: other scripts, very long, many at once", async () => {
    const texts = ["日本語 😀 \u0000", "a".repeat(8_000), "x ".repeat(4_000), ".", "[email] [phone]"];
    const scores = await Promise.all(texts.map(scoreOf));
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  }, 60_000);

  test("has no opinion on a completion, nor on nothing", async () => {
    const about = { prompt: "p", completion: "c", field: "completion" } as const;
    expect(await judge.ask(about, "hate", patient())).toEqual({ kind: "none", detail: "completion" });
    expect(await judge.ask(promptOf("  \n"), "hate", patient())).toEqual({ kind: "none", detail: "no-text" });
  });

  test("works on in a new thread after its own was ended", async () => {
    const own = encoderJudge();
    const asked = own.ask(promptOf("hello"), "hate", patient());
    await own.close?.();
    await expect(asked).rejects.toMatchObject({ reason: "unreachable" });
    expect((await own.ask(promptOf("hello"), "hate", patient())).kind).toBe("score");
    await own.close?.();
  }, 60_000);
});

test("where its packages are not installed, a question is a fault that says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-encoder-")); // nothing can be required from there
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const name of ["contracts", "encoder-head", "encoder-judge", "encoder-worker"]) {
    copyFileSync(new URL(`../../dist/second-opinion/${name}.js`, import.meta.url), join(folder, `${name}.js`));
  }
  const script = `
    import { encoderJudge, isEncoderInstalled } from "./encoder-judge.js";
    const judge = encoderJudge();
    const asked = judge.ask({ prompt: "hello", completion: "", field: "prompt" }, "hate", AbortSignal.timeout(20_000));
    const alive = setTimeout(() => {}, 20_000); // as an asker's own limit of time is
    await asked.catch(({ reason }) => console.log(isEncoderInstalled(), reason));
    clearTimeout(alive);
    await judge.close();`;
  writeFileSync(join(folder, "ask.js"), script);
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "ask.js")]);
  expect(stdout).toBe("false not-installed\n");
  rmSync(folder, { recursive: true });
}, 30_000);
