/** Policy: what to do about scores, by access tier. Data in, decision out. */
export { canonicalJson, policyHash } from "./canonical.ts";
export { compilePolicy } from "./compile.ts";
export type {
  ActionRule,
  AslLevel,
  AslTrigger,
  Ladder,
  Never,
  Policy,
  PolicyDocument,
  Position,
  RuleCondition,
  SecondOpinion,
  SidedLadder,
  ThresholdSpec,
  Tier,
} from "./document.ts";
export { formatFault, PolicyError, type PolicyFault } from "./faults.ts";
export { importCgcp } from "./import-cgcp.ts";
export { formatFinding, LINT_CODES, type LintCode, type LintFinding } from "./lint/finding.ts";
export { lintPolicy } from "./lint/lint.ts";
export { type TierDifference, tierDifferences } from "./lint/tiers.ts";
export { parsePolicy } from "./parse.ts";
export { loadPreset, PRESETS, type Preset, presetPath } from "./presets.ts";
export { POLL_INTERVAL_MS, type PolicyWatch, type WatchPolicyOptions, watchPolicy } from "./watch.ts";
