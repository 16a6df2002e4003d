/** Reads a policy file: YAML 1.2, one document, checked in full. Every fault is found in one go, with its place. */
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { Path, Policy, PolicyDocument } from "./document.ts";
import { joinPath, PolicyError, type PolicyFault } from "./faults.ts";
import { positionOf } from "./positions.ts";
import { checkReferences } from "./references.ts";
import { describe, policySchema } from "./schema.ts";

/** A policy is written by people; a larger file is a mistake. */
export const POLICY_CHARS_MAX = 1_000_000;

/**
 * @param fileName named in faults; not opened.
 * @throws {PolicyError} `policy-invalid` with every fault found.
 */
export function parsePolicy(text: string, fileName: string): PolicyDocument {
  if (text.length > POLICY_CHARS_MAX) {
    const message = `is longer than ${POLICY_CHARS_MAX} characters; no policy needs that much`;
    throw new PolicyError(fileName, [{ file: fileName, line: 1, column: 1, path: "", message }]);
  }
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2" });
  const syntax = [...yaml.errors, ...yaml.warnings].map((error): PolicyFault => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { file: fileName, line, column: col, path: "", message: `not valid YAML: ${error.message}` };
  });
  if (syntax.length > 0) throw new PolicyError(fileName, syntax);

  const faultAt = (path: Path, message: string, aim: "key" | "value"): PolicyFault => ({
    file: fileName,
    ...positionOf(yaml, lines, path, aim),
    path: joinPath(path),
    message,
  });
  let value: unknown;
  try {
    value = yaml.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (cause) {
    throw new PolicyError(fileName, [faultAt([], `not valid YAML: ${(cause as Error).message}`, "key")]);
  }
  const result = policySchema.safeParse(value);
  if (!result.success) {
    throw new PolicyError(
      fileName,
      result.error.issues.flatMap((issue) => faultsOf(issue, value, faultAt)),
    );
  }
  const policy: Policy = result.data;
  const references = checkReferences(policy).map(({ path, message }) => faultAt(path, message, "key"));
  if (references.length > 0) throw new PolicyError(fileName, references);
  return { fileName, policy, position: (path) => positionOf(yaml, lines, path) };
}

/** One fault per unknown key, each at its own place; one for any other issue, at the value. */
function faultsOf(
  issue: z.core.$ZodIssue,
  root: unknown,
  faultAt: (path: Path, message: string, aim: "key" | "value") => PolicyFault,
): PolicyFault[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys") {
    const messages = issue.message.split("\n");
    return issue.keys.map((key, index) => faultAt([...path, key], messages[index] ?? issue.message, "key"));
  }
  if (issue.code === "invalid_key") {
    return [faultAt(path, issue.issues.map((inner) => inner.message).join("; "), "key")];
  }
  if (valueAt(root, path) === undefined) {
    return [faultAt(path, `is missing; it ${issue.message.replace(/; found nothing$/, "")}`, "value")];
  }
  const message = issue.message === "" ? `cannot be ${describe(valueAt(root, path))}` : issue.message;
  return [faultAt(path, message, "value")];
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
