import { describe, expect, test } from "vitest";
import { evaluate, type Judgement } from "./evaluation.ts";
import { evaluationTable } from "./evaluation-table.ts";
import { readLabelled } from "./labelled-record.ts";

const judgement = (label: "safe" | "unsafe", source: string, category: string, risk: number): Judgement => ({
  label,
  source,
  category,
  risk,
  isFlagged: risk >= 0.5,
});
const judgements = [
  judgement("unsafe", "a", "hate", 0.9),
  judgement("unsafe", "a", "cbrn", 0.2),
  judgement("safe", "a", "none", 0.6),
  judgement("safe", "b", "none", 0.1),
  judgement("unsafe", "c", "hate", 0.8),
];

describe("evaluation", () => {
  const reports = evaluate(judgements, 50);
  const of = (name: string) => reports.find((report) => report.name === name);

  test("counts recall and false alarms of all records", () => {
    expect(of("all")).toMatchObject({
      unsafe: 3,
      safe: 2,
      recall: { count: 2, total: 3 },
      falseAlarms: { count: 1, total: 2 },
    });
  });
  test("ranks a source by its own safe records, or against all when it has none", () => {
    expect(of("a")).toMatchObject({ against: "own", auroc: { value: 0.5 } });
    expect(of("c")).toMatchObject({ against: "all", auroc: { value: 1 } });
    expect(of("b")?.auroc).toEqual({ value: null, interval: null });
  });
  test("lists the categories of unsafe records only, against all safe ones", () => {
    expect(reports.filter(({ group }) => group === "category").map(({ name }) => name)).toEqual(["cbrn", "hate"]);
    expect(of("hate")).toMatchObject({ unsafe: 2, against: "all", auroc: { value: 1 } });
  });
  test("is the same for the same records", () => {
    expect(evaluate(judgements, 50)).toEqual(reports);
  });
  test("is a table with a line for each group", () => {
    const lines = evaluationTable(reports);
    expect(lines.find((line) => line.startsWith("all"))).toMatch(/66\.7 \[20\.8, 93\.9\]/);
    expect(lines.find((line) => line.startsWith("b "))).toContain("–");
  });
});

describe("a labelled record", () => {
  const read = (value: unknown) => readLabelled({ number: 3, bytes: Buffer.from(JSON.stringify(value)) });

  test("is a text whose role says which side is scored; its context is not", () => {
    expect(
      read({
        id: "x",
        text: "t",
        role: "completion",
        context: "asked",
        label: "unsafe",
        category: "hate",
        source: "s",
      }),
    ).toMatchObject({
      id: "x",
      label: "unsafe",
      category: "hate",
      source: "s",
      event: { prompt: "", completion: "t", tier: "general" },
    });
  });
  test("is an event, judged at tier general, with the label in its tags", () => {
    expect(
      read({ event_id: "e", org_id: "o", tier: "enterprise", tags: ["consumer", "jailbreak_attempts"] }),
    ).toMatchObject({
      id: "e",
      label: "unsafe",
      category: "jailbreak",
      source: "o",
      event: { tier: "general" },
    });
  });
  test.each([[[]], [{ id: "x" }], [{ text: "t" }], [{ id: "x", text: "t", role: "system" }]])(
    "is refused as %j",
    (value) => {
      expect(read(value)).toMatchObject({ line: 3 });
    },
  );
});
