/** Whether the pack and the policy that serve would use are sound. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Detector } from "@sluice/core-wasm";
import { formatFinding, lintPolicy } from "@sluice/policy";
import { openPack, packPath } from "../pack.ts";
import { loadPolicy, readPolicy } from "../policy.ts";
import { type Check, fail, pass, warn } from "./check.ts";

export interface RulesOptions {
  /** Preset or file. */
  readonly policy: string;
  readonly pack: string | undefined;
}
/** Filled by the checks as they pass, for those behind them. */
export interface LocalRules {
  detector?: Detector;
  policyHash?: string;
}

export function rulesChecks({ policy, pack }: RulesOptions, local: LocalRules): readonly Check[] {
  return [
    {
      name: "pack",
      group: "rules",
      does: "opens the detector pack and compares its hash with its bytes",
      needs: ["kernel"],
      run() {
        const detector = openPack(pack);
        const path = packPath(pack);
        const hash = `sha256:${createHash("sha256").update(readFileSync(path)).digest("hex")}`;
        const { name, version, rules, hash: named } = detector.pack;
        if (hash !== named) return fail(`${path} has hash ${hash} and says ${named}`, "build the pack again");
        local.detector = detector;
        return pass(`${name} ${version}, ${rules.length} rules, ${short(hash)}`);
      },
    },
    {
      name: "policy",
      group: "rules",
      does: "parses the policy, fits it to the pack, and lints it",
      needs: ["pack"],
      run() {
        const { detector } = local;
        if (detector === undefined) return fail("there is no pack to fit it to", "mend the pack first");
        const compiled = loadPolicy(policy, detector.pack);
        local.policyHash = compiled.hash;
        const findings = lintPolicy(readPolicy(policy), detector.pack);
        const [first, ...others] = findings.filter(({ severity }) => severity === "warning");
        const seen = `${compiled.name}, ${short(compiled.hash)}`;
        if (first === undefined) return pass(`${seen}; nothing in it is at odds with what it says`);
        const more = others.length === 0 ? "" : ` and ${others.length} more`;
        return warn(`${seen}: ${formatFinding(first)}${more}`, `sluice policy lint ${policy}`);
      },
    },
  ];
}

export const short = (hash: string) => hash.slice(0, "sha256:".length + 12);
