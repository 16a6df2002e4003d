/**
 * Turns cgcp's policy_map.yaml into a Sluice policy with the effect of preset `cgcp`. The decision steps and three of
 * the triggers are in cgcp's code, not in its file; they are taken from the preset. What Sluice does not enforce
 * is kept under `informational`: no key of the file is dropped.
 */
import { stringify } from "yaml";
import { z } from "zod";
import type { AslLevel, AslTrigger, Policy } from "./document.ts";
import { parsePolicy } from "./parse.ts";
import { loadPreset } from "./presets.ts";
import { checkYaml, readYaml } from "./read-yaml.ts";

const number = z.number({ error: "must be a number from 0 to 1" }).min(0).max(1);
const map = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value);
const policyMap = z.looseObject(
  {
    risk_thresholds: map(map(number)),
    asl_triggers: z
      .record(
        z.string().regex(/^asl_[1-9]$/, "must be asl_1 to asl_9"),
        z.looseObject({
          triggers: z.array(
            z.looseObject({ category: z.string(), confidence: number, description: z.string().optional() }),
          ),
        }),
      )
      .default({}),
    actions: map(z.looseObject({ message: z.string().optional(), pattern: z.string().optional() })).default({}),
    tiers: map(z.looseObject({ description: z.string().optional() })).default({}),
  },
  { error: "must be a map with risk_thresholds, as cgcp's policy_map.yaml" },
);
type PolicyMap = z.output<typeof policyMap>;

/**
 * @param fileName named in faults; not opened.
 * @returns the text of a policy that `parsePolicy` accepts.
 * @throws {PolicyError} `policy-invalid` when the text is not a policy map, with each fault's place.
 */
export function importCgcp(text: string, fileName = "policy_map.yaml"): string {
  const source = checkYaml(readYaml(text, fileName), policyMap, fileName);
  const preset = loadPreset("cgcp").policy;
  const { risk_thresholds: thresholds, asl_triggers: asl, actions, tiers, ...others } = source;
  const policy = {
    version: 1,
    name: "cgcp-imported",
    description: `Imported from ${fileName}.`,
    base_rate: preset.base_rate,
    hears: preset.hears,
    fail_mode: preset.fail_mode,
    retention: preset.retention,
    redaction: actions.redact?.pattern ?? preset.redaction,
    compare: preset.compare,
    escalated_prompt: preset.escalated_prompt,
    tiers: importTiers(thresholds, tiers),
    thresholds,
    floors: importFloors(thresholds, preset.floors),
    asl: importAsl(asl, preset.asl),
    rules: importRules(preset.rules, Object.keys(thresholds)),
    messages: importMessages(actions, preset.messages),
    informational: {
      ...others,
      ...withContent({ actions: unenforcedActions(actions), asl_triggers: unenforcedAsl(asl) }),
    },
  };
  const imported = `${HEADER}${stringify(policy, { lineWidth: 120 })}`;
  parsePolicy(imported, `import of ${fileName}`); // what cannot be expressed is told now, not at start
  return imported;
}

const HEADER = `# Imported from cgcp's policy_map.yaml. thresholds, asl, messages and redaction are from the file; rules, floors
# and the triggers with counts_as are from cgcp's code. Everything under informational is kept, but not enforced.
`;

function importTiers(thresholds: PolicyMap["risk_thresholds"], tiers: PolicyMap["tiers"]): Policy["tiers"] {
  const names = [...new Set([...Object.keys(tiers), ...Object.values(thresholds).flatMap(Object.keys)])];
  return Object.fromEntries(
    names.map((name) => {
      const { description, ...informational } = tiers[name] ?? {};
      return [name, { ...withContent({ description }), ...withContent({ informational }) }];
    }),
  );
}

/** cgcp checks floors on an edit alone; a file may hold lower values, and then those are the floor. */
function importFloors(thresholds: PolicyMap["risk_thresholds"], floors: Policy["floors"]): Policy["floors"] {
  const lower = Object.entries(thresholds).flatMap(([category, byTier]) => {
    const lowest = Math.min(...Object.values(byTier));
    return lowest < (floors[category] ?? floors.other ?? 0) ? [[category, lowest] as const] : [];
  });
  return { ...floors, ...Object.fromEntries(lower) };
}

/** The file's triggers and those of the code; where both name a category at a level, the lower one fires first. */
function importAsl(asl: PolicyMap["asl_triggers"], preset: Policy["asl"]): Policy["asl"] {
  const inCode = (preset["3"]?.triggers ?? []).filter(
    ({ category, counts_as: countsAs }) => category === "cbrn" || countsAs !== undefined,
  );
  const levels: Record<string, AslLevel> = { 3: { triggers: inCode } };
  for (const [key, { triggers }] of Object.entries(asl)) {
    const level = key.slice("asl_".length);
    const merged = new Map<string, AslTrigger>();
    const fromFile = triggers.map(({ category, confidence, description }) => ({
      category,
      at_least: confidence,
      ...withContent({ description }),
    }));
    for (const trigger of [...fromFile, ...(levels[level]?.triggers ?? [])]) {
      const other = merged.get(trigger.category);
      if (other === undefined || trigger.at_least < other.at_least) merged.set(trigger.category, trigger);
    }
    levels[level] = { triggers: [...merged.values()] };
  }
  return Object.fromEntries(Object.entries(levels).filter(([, { triggers }]) => triggers.length > 0));
}

/** The steps of cgcp's code; a category that the file has no thresholds for is never on top. */
function importRules(rules: Policy["rules"], categories: readonly string[]): Policy["rules"] {
  return rules.flatMap((rule) => {
    if (rule.when.top === undefined) return [rule];
    const top = rule.when.top.filter((category) => categories.includes(category));
    return top.length === 0 ? [] : [{ ...rule, when: { ...rule.when, top } }];
  });
}

const MESSAGES = ["block", "redact", "escalate"] as const;

function importMessages(actions: PolicyMap["actions"], preset: Policy["messages"]): Policy["messages"] {
  const own = MESSAGES.flatMap((action) => {
    const message = actions[action]?.message;
    return message === undefined ? [] : [[action, { en: message }] as const];
  });
  return { ...preset, ...Object.fromEntries(own) };
}

/** Log levels, queues, deadlines, and the message of `allow`, which nobody is shown. */
function unenforcedActions(actions: PolicyMap["actions"]): Record<string, unknown> {
  return withContent(
    Object.fromEntries(
      Object.entries(actions).map(([action, { message, pattern, ...rest }]) => {
        const isShown = MESSAGES.some((shown) => shown === action);
        return [
          action,
          {
            ...rest,
            ...(isShown ? {} : withContent({ message })),
            ...(action === "redact" ? {} : withContent({ pattern })),
          },
        ];
      }),
    ),
  );
}

/** Keys of a level or a trigger that are neither category, confidence nor description. */
function unenforcedAsl(asl: PolicyMap["asl_triggers"]): Record<string, unknown> {
  return withContent(
    Object.fromEntries(
      Object.entries(asl).map(([level, { triggers, ...rest }]) => {
        const extras = triggers.flatMap(({ category, confidence: _c, description: _d, ...more }) =>
          Object.keys(more).length === 0 ? [] : [{ category, ...more }],
        );
        return [level, { ...rest, ...(extras.length === 0 ? {} : { triggers: extras }) }];
      }),
    ),
  );
}

/** Leaves out members that are undefined or an empty map. */
function withContent<Value extends object>(value: Value): { [Key in keyof Value]?: NonNullable<Value[Key]> } {
  const isEmpty = (inner: unknown) =>
    inner === undefined || (typeof inner === "object" && inner !== null && Object.keys(inner).length === 0);
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => !isEmpty(inner))) as {
    [Key in keyof Value]?: NonNullable<Value[Key]>;
  };
}
