/**
 * A judge behind `POST <base>/moderations`, the interface that OpenAI's moderation endpoint has and others copy: texts
 * in, a score for each of its categories out. Ours are mapped to theirs; a category that they do not have is not asked
 * about.
 */
import type { JudgedText, Judgement, SecondJudge } from "./contracts.ts";
import { endpoint, memberOf, postJson, tokensOf } from "./post-json.ts";

export interface ModerationJudgeOptions {
  /** Such as `https://host/v1`. */
  readonly url: URL;
  readonly model?: string | undefined;
  readonly key?: string | undefined;
}

/** The highest of theirs is the score. `sexual/minors` is in none: that is child safety, which nobody else judges. */
const THEIRS: Readonly<Record<string, readonly string[]>> = {
  cbrn: ["illicit/violent", "illicit"],
  cyber_offense: ["illicit"],
  exploitation: ["illicit"],
  hate: ["hate", "hate/threatening", "harassment", "harassment/threatening"],
  self_harm: ["self-harm", "self-harm/intent", "self-harm/instructions"],
  sexual: ["sexual"],
  social_engineering: ["illicit"],
  violence: ["violence", "violence/graphic", "hate/threatening", "harassment/threatening", "illicit/violent"],
};

export function moderationJudge({ url, model, key }: ModerationJudgeOptions): SecondJudge {
  const address = endpoint(url, "moderations");
  return {
    name: "moderation",
    ...(model === undefined ? {} : { model }),
    judges: (category) => Object.hasOwn(THEIRS, category),
    async ask(text, category, signal) {
      const input = sidesOf(text);
      const body = { ...(model === undefined ? {} : { model }), input };
      const answer = await postJson({ url: address, key, body, signal });
      return judgementOf(answer, THEIRS[category] ?? [], input.length);
    },
  };
}

function sidesOf({ prompt, completion }: JudgedText): readonly string[] {
  const sides = [prompt, completion].filter((side) => side.trim() !== "");
  return sides.length === 0 ? [""] : sides;
}

function judgementOf(answer: unknown, names: readonly string[], count: number): Judgement {
  const results = memberOf(answer, "results");
  if (!Array.isArray(results) || results.length !== count) return { kind: "none", detail: "no-results" };
  const scores = results.flatMap((result) => names.map((name) => memberOf(memberOf(result, "category_scores"), name)));
  const known = scores.filter((score) => typeof score === "number");
  if (known.length === 0) return { kind: "none", detail: "no-score", ...tokensOf(answer) };
  if (!known.every((score) => score >= 0 && score <= 1)) return { kind: "none", detail: "score-out-of-range" };
  return { kind: "score", score: Math.max(...known), ...tokensOf(answer) };
}
