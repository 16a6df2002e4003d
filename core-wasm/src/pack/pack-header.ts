/** `pack.yaml`: what a pack is called, its categories, and how matches become scores and risk. */
import { type Context, LIMITS, type PackModel } from "../types.ts";
import { suggestion } from "./suggest.ts";
import type { YamlValue } from "./yaml-value.ts";

export type PackHeader = Omit<PackModel, "rules">;

const KEYS = ["name", "version", "categories", "scoring", "contexts", "calibration"];
/** Likelihood ratio at most. */
const RATIO_MAX = 1000;
const NAME = /^[a-z_]+$/;

const tenThousandths = (decimal: number) => Math.round(decimal * 10_000);

function readNames(value: YamlValue, max: number): string[] {
  const names: string[] = [];
  const items = value.list() ?? [];
  if (items.length < 1 || items.length > max) value.fault(`expected 1 to ${max} names, found ${items.length}`);
  for (const item of items) {
    const name = item.text();
    if (name === undefined) continue;
    if (!NAME.test(name)) item.fault(`"${name}" is no name: only a–z and _`);
    else if (names.includes(name)) item.fault(`"${name}" is named twice`);
    else names.push(name);
  }
  return names;
}

function readScoring(value: YamlValue): PackModel["scoring"] {
  const keys = ["strong_weight", "strong_floor"];
  const members = value.map(keys);
  const read = (key: string) => {
    const member = members?.get(key);
    if (members && !member) value.fault(`"${key}" is missing`);
    return tenThousandths(member?.number(0, 1) ?? 0);
  };
  return { strongWeight: read("strong_weight"), strongFloor: read("strong_floor") };
}

function readContexts(value: YamlValue, categories: readonly string[]): Context[] {
  const members = value.anyMap() ?? new Map<string, YamlValue>();
  if (members.size > LIMITS.contextsMax) value.fault(`${members.size} contexts; at most ${LIMITS.contextsMax}`);
  return [...members].map(([name, context]) => {
    if (!NAME.test(name)) context.fault(`"${name}" is no name: only a–z and _`);
    const body = context.map(["reduce"]);
    const reduceValue = body?.get("reduce");
    if (body && !reduceValue) context.fault(`"reduce" is missing`);
    const amounts = reduceValue?.map(["default", ...categories]);
    const amountOf = (key: string) => {
      const decimal = amounts?.get(key)?.number(0, 1);
      return decimal === undefined ? undefined : tenThousandths(decimal);
    };
    const otherwise = amountOf("default") ?? 0;
    return { name, reduce: categories.map((category) => amountOf(category) ?? otherwise) };
  });
}

function readCalibration(value: YamlValue): PackModel["calibration"] {
  const points = (value.list() ?? []).flatMap((item) => {
    const members = item.map(["score", "ratio"]);
    if (!members) return [];
    for (const key of ["score", "ratio"]) if (!members.has(key)) item.fault(`"${key}" is missing`);
    const score = members.get("score")?.number(0, 1);
    const ratio = members.get("ratio")?.number(0, RATIO_MAX);
    if (score === undefined || ratio === undefined) return [];
    return [{ item, score: tenThousandths(score), ratio: Math.round(ratio * 1000) }];
  });
  points.forEach(({ item, score, ratio }, index) => {
    const before = points[index - 1];
    if (before && score <= before.score) item.fault("scores must rise from point to point");
    if (before && ratio < before.ratio) item.fault("ratios must not fall from point to point");
  });
  if (points[0]?.score !== 0 || points[points.length - 1]?.score !== 10_000) {
    value.fault("the first score must be 0 and the last 1");
  }
  return points.map(({ score, ratio }) => ({ score, ratio }));
}

/** Reads `pack.yaml`; what is missing or wrong is reported and left empty. */
export function readPackHeader(value: YamlValue): PackHeader {
  const members = value.map(KEYS);
  const need = <T>(key: string, read: (member: YamlValue) => T, empty: T): T => {
    const member = members?.get(key);
    if (members && !member) value.fault(`"${key}" is missing`);
    return member ? read(member) : empty;
  };
  const categories = need("categories", (member) => readNames(member, LIMITS.categoriesMax), []);
  const contexts = members?.get("contexts");
  return {
    name: need("name", (member) => member.text() ?? "", ""),
    version: need("version", (member) => member.text() ?? "", ""),
    categories,
    contexts: contexts ? readContexts(contexts, categories) : [],
    scoring: need("scoring", readScoring, { strongWeight: 0, strongFloor: 0 }),
    calibration: need("calibration", readCalibration, []),
  };
}

/** Index of a name in a list, or -1 after reporting it as unknown. */
export function indexOfName(value: YamlValue, names: readonly string[], what: string): number {
  const name = value.text();
  if (name === undefined) return -1;
  const index = names.indexOf(name);
  if (index < 0) value.fault(`unknown ${what} "${name}"; ${suggestion(name, names)}`);
  return index;
}
