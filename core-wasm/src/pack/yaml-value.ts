/**
 * YAML with positions: each value knows where it stands and reports what is wrong there. Readers answer undefined after
 * they have reported, so that reading goes on and finds the next fault too.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { PackFault } from "./pack-error.ts";
import { suggestion } from "./suggest.ts";

export interface YamlValue {
  /** Reports a fault at this value. */
  fault(reason: string): void;
  /** Members by key; unknown keys are reported. */
  map(known: readonly string[]): ReadonlyMap<string, YamlValue> | undefined;
  /** Members whatever their keys. */
  anyMap(): ReadonlyMap<string, YamlValue> | undefined;
  list(): readonly YamlValue[] | undefined;
  /** Text that is not empty. */
  text(): string | undefined;
  /** A number from `min` to `max`. */
  number(min: number, max: number): number | undefined;
}

function describe(node: Node | null | undefined): string {
  if (isMap(node)) return "a map";
  if (isSeq(node)) return "a list";
  if (!isScalar(node)) return node ? "an alias" : "nothing";
  if (node.value === null) return "nothing";
  return typeof node.value === "string" ? "text" : `the ${typeof node.value} ${String(node.value)}`;
}

/** Reads one YAML document; its syntax faults are reported and make the answer undefined. */
export function readYaml(file: string, text: string, report: (fault: PackFault) => void): YamlValue | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, version: "1.2" });
  const faultAt = (offset: number, reason: string) => {
    const { line, col } = lineCounter.linePos(offset);
    report({ file, line: Math.max(line, 1), column: Math.max(col, 1), reason });
  };
  for (const { pos, message } of [...document.errors, ...document.warnings]) faultAt(pos[0], message);
  if (document.errors.length > 0) return undefined;

  function wrap(node: Node | null | undefined, at: number): YamlValue {
    const offset = node?.range?.[0] ?? at;
    const fault = (reason: string) => faultAt(offset, reason);
    const anyMap = () => {
      if (!isMap(node)) {
        fault(`expected a map, found ${describe(node)}`);
        return undefined;
      }
      const members = new Map<string, YamlValue>();
      for (const { key, value } of node.items) {
        const keyNode = key as Node | null;
        const keyAt = keyNode?.range?.[0] ?? offset;
        if (!isScalar(keyNode) || typeof keyNode.value !== "string") {
          faultAt(keyAt, `expected a key, found ${describe(keyNode)}`);
        } else {
          members.set(keyNode.value, wrap(value as Node | null, keyAt));
        }
      }
      return members;
    };
    return {
      fault,
      anyMap,
      map(known) {
        const members = anyMap();
        if (members && isMap(node)) {
          for (const { key } of node.items) {
            const name = isScalar(key) ? String(key.value) : "";
            const keyAt = (key as Node | null)?.range?.[0] ?? offset;
            if (!known.includes(name)) faultAt(keyAt, `unknown key "${name}"; ${suggestion(name, known)}`);
          }
        }
        return members;
      },
      list() {
        if (isSeq(node)) return node.items.map((item) => wrap(item as Node | null, offset));
        fault(`expected a list, found ${describe(node)}`);
        return undefined;
      },
      text() {
        if (isScalar(node) && typeof node.value === "string" && node.value.trim() !== "") return node.value;
        const hint =
          isScalar(node) && node.value !== null && typeof node.value !== "string" ? "; put it in quotes" : "";
        fault(`expected text, found ${describe(node)}${hint}`);
        return undefined;
      },
      number(min, max) {
        const value = isScalar(node) ? node.value : undefined;
        if (typeof value === "number" && value >= min && value <= max) return value;
        fault(`expected a number from ${min} to ${max}, found ${describe(node)}`);
        return undefined;
      },
    };
  }
  return wrap(document.contents as Node | null, 0);
}
