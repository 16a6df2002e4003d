/** Reads one YAML 1.2 document and keeps where everything stands. Bounded in length and in what aliases expand to. */
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { Path, Position } from "./document.ts";
import { joinPath, PolicyError, type PolicyFault } from "./faults.ts";
import { positionOf } from "./positions.ts";

/** A policy is written by people; a larger file is a mistake. */
export const POLICY_CHARS_MAX = 1_000_000;
const ALIASES_MAX = 100;

export interface YamlText {
  readonly value: unknown;
  position(path: Path): Position;
  /** A fault at a key, or at what stands after it. */
  faultAt(path: Path, message: string, aim: "key" | "value"): PolicyFault;
}

/** @throws {PolicyError} `policy-invalid` when it is not one valid document. */
export function readYaml(text: string, fileName: string): YamlText {
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
  const faultAt: YamlText["faultAt"] = (path, message, aim) => ({
    file: fileName,
    ...positionOf(yaml, lines, path, aim),
    path: joinPath(path),
    message,
  });
  try {
    const value: unknown = yaml.toJS({ maxAliasCount: ALIASES_MAX }) ?? {};
    return { value, faultAt, position: (path) => positionOf(yaml, lines, path) };
  } catch (cause) {
    throw new PolicyError(fileName, [faultAt([], `not valid YAML: ${(cause as Error).message}`, "key")]);
  }
}

/**
 * Checks a document against a schema.
 * @throws {PolicyError} `policy-invalid` with every fault: one per unknown key, at its own place; others at the value.
 */
export function checkYaml<Value>(yaml: YamlText, schema: z.ZodType<Value>, fileName: string): Value {
  const result = schema.safeParse(yaml.value);
  if (result.success) return result.data;
  throw new PolicyError(
    fileName,
    result.error.issues.flatMap((issue) => faultsOf(issue, yaml)),
  );
}

function faultsOf(issue: z.core.$ZodIssue, { value: root, faultAt }: YamlText): PolicyFault[] {
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
  return [faultAt(path, issue.message, "value")];
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
