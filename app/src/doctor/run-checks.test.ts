import { EngineError } from "@sluice/engine";
import { expect, test } from "vitest";
import { type Check, type CheckResult, Fault, pass } from "./check.ts";
import { runChecks } from "./run-checks.ts";
import { selectChecks } from "./select-checks.ts";

const check = (name: string, run: Check["run"], more: Partial<Check> = {}): Check => ({
  name,
  group: "this machine",
  does: "nothing much",
  run,
  ...more,
});
const well = () => pass("well");

async function results(checks: readonly Check[], stop = new AbortController().signal): Promise<CheckResult[]> {
  const found: CheckResult[] = [];
  for await (const result of runChecks(checks, { limitMs: 30, stop, monotonicMs: () => 0 })) found.push(result);
  return found;
}
const states = async (checks: readonly Check[]) =>
  (await results(checks)).map(({ check: name, state }) => [name, state]);

test("a check whose need is not met is skipped, and what builds on that one too", async () => {
  const broken = check("broken", () => {
    throw new Fault("it is broken", "mend it");
  });
  const checks = [
    broken,
    check("b", well, { needs: ["broken"] }),
    check("c", well, { needs: ["b"] }),
    check("d", well),
  ];
  expect(await states(checks)).toEqual([
    ["broken", "fail"],
    ["b", "skip"],
    ["c", "skip"],
    ["d", "pass"],
  ]);
});

test("a check that never ends fails at its limit and is told to let go", async () => {
  let isLetGo = false;
  const hanging = check("hanging", (signal) => {
    signal.addEventListener("abort", () => {
      isLetGo = true;
    });
    return new Promise(() => {});
  });
  const [result] = await results([hanging]);
  expect(result).toMatchObject({ state: "fail", detail: "no answer within 30 ms", advice: expect.any(String) });
  expect(isLetGo).toBe(true);
});

test("whatever a check throws is a finding with something to do", async () => {
  const thrown = [new EngineError("pack-invalid", "no pack"), new Error("odd"), new TypeError("odder")];
  const checks = thrown.map((error, at) => check(`c${at}`, () => Promise.reject(error)));
  for (const { state, advice } of await results(checks)) {
    expect({ state, hasAdvice: advice !== undefined }).toEqual({ state: "fail", hasAdvice: true });
  }
});

test("a stop ends the run, and the check under way with it", async () => {
  const stopping = new AbortController();
  const hanging = check("hanging", () => {
    stopping.abort();
    return new Promise(() => {});
  });
  expect(await results([hanging, check("never", well)], stopping.signal)).toMatchObject([
    { check: "hanging", state: "skip", detail: "stopped" },
  ]);
});

test("what is selected brings what it builds on and looks at, in order", () => {
  const checks = [
    check("a", well),
    check("b", well),
    check("c", well, { needs: ["a"], looksAt: ["b"] }),
    check("d", well),
  ];
  expect(selectChecks(checks, ["c"]).map(({ name }) => name)).toEqual(["a", "b", "c"]);
  expect(selectChecks(checks, undefined)).toHaveLength(4);
});
