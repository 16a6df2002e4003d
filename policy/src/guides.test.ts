/** What the guides show is run, so that they cannot drift from the code. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compilePolicy } from "./compile.ts";
import { LINT_CODES } from "./lint/finding.ts";
import { parsePolicy } from "./parse.ts";
import { loadPreset } from "./presets.ts";
import { CATEGORIES, inputOf } from "./testing.ts";

const guide = (name: string) => readFileSync(new URL(`../../docs/guides/${name}.md`, import.meta.url), "utf8");
const block = (text: string, language: string) => text.split(`\`\`\`${language}\n`)[1]!.split("\n```")[0]!;

test("the worked example decides as the guide says", () => {
  const policy = compilePolicy(parsePolicy(block(guide("policy"), "yaml"), "guide.yaml"), { categories: CATEGORIES });
  expect(policy.decide(inputOf("public", { prompt: { cbrn: 0.45 } })).action).toBe("escalate");
  expect(policy.decide(inputOf("public", { completion: { privacy: 0.6 } })).released.completion).toBe("redacted");
  expect(policy.decide(inputOf("staff", { completion: { privacy: 0.6 } })).action).toBe("allow");
  expect(policy.decide(inputOf("staff", { prompt: { cbrn: 0.45 } })).action).toBe("escalate");
  const severe = policy.decide(inputOf("public", { prompt: { self_harm: 0.95 } }));
  expect(severe).toMatchObject({ action: "escalate", messageKey: "support", released: { prompt: "as_is" } });
  expect(policy.decide(inputOf("partner", { completion: { privacy: 0.6 } }))).toMatchObject({
    action: "redact",
    reasons: [{ code: "threshold" }, { code: "unknown-tier", tier: "public" }],
  });
});

test("the reasons shown are those of the preset", () => {
  const policy = compilePolicy(loadPreset("cgcp"), { categories: CATEGORIES });
  const { reasons } = policy.decide(inputOf("general", { prompt: { cbrn: 0.31 } }));
  expect(reasons).toEqual(JSON.parse(block(guide("reasons"), "json")));
});

test("every lint code has its row", () => {
  for (const code of LINT_CODES) expect(guide("policy")).toContain(`| \`${code}\``);
});
