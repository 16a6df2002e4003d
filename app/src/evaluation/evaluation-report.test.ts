import { describe, expect, test } from "vitest";
import { seededRandom } from "../random.ts";
import { countScores } from "../statistics/ranking.ts";
import { curve } from "./curves.ts";
import { evaluate, type Judgement } from "./evaluation.ts";
import { evaluationReport } from "./evaluation-report.ts";
import { obfuscationReports, sampler } from "./obfuscation-loss.ts";
import { reportPage } from "./report-page.ts";
import { riskAt, thresholdReports } from "./threshold-rates.ts";

const judgement = (label: "safe" | "unsafe", source: string, risk: number): Judgement => ({
  label,
  source,
  category: label === "safe" ? "none" : "hate",
  risk,
  isFlagged: risk >= 0.5,
});

describe("a curve", () => {
  // By hand: u 0.9, s 0.6, u 0.4, s 0.2.
  test("has the known points", () => {
    expect(curve(countScores([0.9, 0.4], [0.6, 0.2]))).toEqual([
      { score: 0.9, falseAlarms: 0, recall: 0.5, precision: 1 },
      { score: 0.6, falseAlarms: 0.5, recall: 0.5, precision: 0.5 },
      { score: 0.4, falseAlarms: 0.5, recall: 1, precision: 2 / 3 },
      { score: 0.2, falseAlarms: 1, recall: 1, precision: 0.5 },
    ]);
  });
  test("is thinned, and keeps its end", () => {
    const risks = Array.from({ length: 5_000 }, (_, index) => index / 5_000);
    const points = curve(countScores(risks, risks));
    expect(points.length).toBeLessThan(450);
    expect(points.at(-1)).toMatchObject({ falseAlarms: 1, recall: 1 });
  });
  test("needs both classes", () => expect(curve(countScores([1], []))).toEqual([]));
});

describe("thresholds", () => {
  test.each([
    ["takes what is wanted", [[0.9, 0.1, 0.1, 0.1]], 0.25, 0.9],
    ["takes nothing when the first is too much", [[0.9, 0.1]], 0.25, null],
    ["takes a tie whole or not at all", [[0.9, 0.9, 0.1, 0.1]], 0.25, null],
    ["counts a small source as much as a large one", [[0.9, 0.1], Array<number>(98).fill(0.2)], 0.25, 0.9],
  ] as const)("the risk %s", (_name, sources, wanted, risk) => expect(riskAt(sources, wanted)).toBe(risk));

  test("are told for sources with 100 safe records, the policy's own first", () => {
    const records = [
      ...Array.from({ length: 100 }, (_, index) => judgement("safe", "large", index / 100)),
      ...Array.from({ length: 99 }, () => judgement("safe", "small", 0.99)),
      judgement("unsafe", "large", 0.985),
    ];
    const [own, , two] = thresholdReports(records);
    expect(own).toMatchObject({ wanted: null, obtained: 0.5, sources: [{ source: "large" }] });
    expect(two).toMatchObject({ wanted: 0.02, risk: 0.98, obtained: 0.02, recall: { count: 1 } });
  });
  test("are silent without such a source", () => expect(thresholdReports([judgement("safe", "a", 1)])).toEqual([]));
});

describe("losses under rewriting", () => {
  test("compare the same records, and name a limit", () => {
    const sees = (text: string) => (/bad/.test(text) ? 0.9 : 0.1);
    const record = (label: "safe" | "unsafe", text: string) => (rewrite: (text: string) => string) =>
      judgement(label, "a", sees(rewrite(text)));
    const reports = obfuscationReports([record("unsafe", "bad"), record("safe", "good")]);
    expect(reports[0]).toMatchObject({ kind: "none", records: 2, auroc: { value: 1 }, loss: 0, recall: { count: 1 } });
    expect(reports.find(({ kind }) => kind === "base64")).toMatchObject({ loss: 0.5, lossMax: 0.05 });
  });
  test("are taken from an even sample, the same by seed", () => {
    const draw = () => {
      const drawn = sampler<number>(10, seededRandom(4));
      for (let item = 0; item < 1_000; item += 1) drawn.offer(item);
      return drawn.items;
    };
    expect(draw()).toEqual(draw());
    expect(draw()).toHaveLength(10);
    expect(Math.max(...draw())).toBeGreaterThan(500);
  });
});

describe("the page", () => {
  const records = [judgement("unsafe", "<a>", 0.9), judgement("safe", "<a>", 0.2), judgement("safe", "b", 0.6)];
  const context = { policy: "p", pack: "k", tier: "general", records: 3, unlabelled: 0, faults: [] };
  const report = evaluationReport(context, records, evaluate(records, 20), []);
  const page = reportPage(report);

  test("needs nothing beside itself", () => {
    expect(page).not.toMatch(/<script|<link|<img|https?:|url\(/);
    expect(page).toContain("<svg");
  });
  test("shows names as text", () => {
    expect(page).not.toContain("<a>");
    expect(page).toContain("&lt;a&gt;");
  });
  test("has a curve for all and for each category", () => {
    expect(report.curves.map(({ name }) => name)).toEqual(["all", "hate"]);
  });
});
