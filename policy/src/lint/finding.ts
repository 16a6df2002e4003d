/** What the linter says, and how it knows. */
import type { Path, PolicyDocument, Position } from "../document.ts";
import { joinPath } from "../faults.ts";

export const LINT_CODES = [
  "category-unscored",
  "category-unguarded",
  "trigger-unreachable",
  "threshold-unreachable",
  "threshold-shadowed",
  "threshold-gap",
  "threshold-held-back",
  "mark-without-effect",
  "rule-unreachable",
  "category-action-unreachable",
  "action-unreachable",
  "milder-above",
  "milder-with-more",
  "tiers-identical",
  "not-exhaustive",
] as const;
export type LintCode = (typeof LINT_CODES)[number];

export interface LintFinding extends Position {
  readonly code: LintCode;
  /** `warning`: the policy does not do what it says. `info`: true and worth knowing; depends on the pack alone. */
  readonly severity: "warning" | "info";
  readonly file: string;
  /** Keys joined by dots. */
  readonly path: string;
  readonly message: string;
  /** The example, or what was gone through without finding one. */
  readonly shown: string;
}

export type Report = (
  code: LintCode,
  severity: LintFinding["severity"],
  path: Path,
  message: string,
  shown: string,
) => void;

export function reporter(document: PolicyDocument, findings: LintFinding[]): Report {
  return (code, severity, path, message, shown) => {
    const place = { file: document.fileName, ...document.position(path), path: joinPath(path) };
    findings.push({ code, severity, ...place, message, shown });
  };
}

/** `policy.yaml:12:3: warning: thresholds.…: message [code; shown]` */
export function formatFinding({ file, line, column, severity, path, message, code, shown }: LintFinding): string {
  return `${file}:${line}:${column}: ${severity}: ${path}: ${message} [${code}; ${shown}]`;
}

/** 1/10,000 as people write it. */
export function shownScore(score: number): string {
  return String(score / 10_000);
}
