/**
 * What the packs that come along catch and what they let alone, on public labelled prompts (training part): few false
 * alarms on each ordinary source, and a fair share of jailbreaks. The numbers are floors and ceilings, not the measured
 * values; those of sources that the model learnt from are no measure of it (docs/guides/model.md has that).
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compilePack, createDetector, decodeWeights, type PackModel, readPack, trainedModel } from "@sluice/core-wasm";
import { createEngine } from "@sluice/engine";
import { compilePolicy, loadPreset } from "@sluice/policy";
import { beforeAll, describe, expect, test } from "vitest";
import { sharedFile } from "./support/shared-data.ts";

const SAFE_SOURCES = ["alpaca", "mmlu", "medquad", "gsm8k", "clinc150", "arc"];
const FALSE_ALARMS_MAX = 0.01;
/** Its licence keeps alpaca out of training, so for the model it is a source never seen: `warn` is set for 3 % there. */
const ALPACA_MAX = 0.0125;
const file = sharedFile("train.jsonl");
const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const rules = () => readPack(fromRoot("core-wasm/packs/default"));
const rulesAndModel = (): PackModel => {
  const weights = decodeWeights(readFileSync(fromRoot("core-wasm/models/prompt.weights")));
  return { ...rules(), model: trainedModel(weights, rules().categories) };
};
/** Name, pack, and the least share of jailbreaks above `allow`. */
const PACKS = [
  ["rules alone", rules, 0.2],
  ["rules and trained model", rulesAndModel, 0.6],
] as const;

interface Labelled {
  readonly id: string;
  readonly text: string;
  readonly role: "prompt" | "completion";
  readonly label: "safe" | "unsafe";
  readonly category: string;
  readonly source: string;
}
interface Group {
  flagged: number;
  total: number;
}

describe.skipIf(!file.isThere).each(PACKS)(`%s at tier general${file.skipNote}`, (_, pack, recallMin) => {
  const groups = new Map<string, Group>();

  beforeAll(async () => {
    const isAboveAllow = await createJudge(pack());
    for (const line of file.lines()) {
      const record = JSON.parse(line) as Labelled;
      const name = groupOf(record);
      if (name === undefined) continue;
      const group = groups.get(name) ?? { flagged: 0, total: 0 };
      groups.set(name, group);
      group.total += 1;
      if (isAboveAllow(record)) group.flagged += 1;
    }
  });

  test.each(SAFE_SOURCES)("flag next to none of the safe records of %s", (source) => {
    expect(groups.get(source)?.total).toBeGreaterThan(0);
    expect(share(source)).toBeLessThanOrEqual(source === "alpaca" ? ALPACA_MAX : FALSE_ALARMS_MAX);
  });

  test("flag a fair share of the jailbreaks", () => {
    expect(groups.get("jailbreak")?.total).toBeGreaterThan(0);
    expect(share("jailbreak")).toBeGreaterThanOrEqual(recallMin);
  });

  const share = (name: string) => (groups.get(name)?.flagged ?? 0) / (groups.get(name)?.total ?? 1);
});

function groupOf({ label, category, source }: Labelled): string | undefined {
  if (label === "safe") return SAFE_SOURCES.includes(source) ? source : undefined;
  return category === "jailbreak" ? "jailbreak" : undefined;
}

/** Pack and policy as they stand in the sources, so that no stale build is judged. */
async function createJudge(pack: PackModel): Promise<(record: Labelled) => boolean> {
  const detector = createDetector(compilePack(pack));
  const policy = compilePolicy(loadPreset("default"), detector.pack);
  const engine = await createEngine({ detector, policy, options: { replay: true } });
  const rest = { timestamp: "2026-01-01T00:00:00Z", user_id: "u", org_id: "o", surface: "s", tier: "general" };
  return ({ id, role, text }) => {
    const answer = engine.evaluate(Buffer.from(JSON.stringify({ event_id: id, ...rest, prompt: "", [role]: text })));
    if ("reason" in answer) throw new Error(`${id} was refused: ${answer.message}`);
    return answer.decision.action !== "allow";
  };
}
