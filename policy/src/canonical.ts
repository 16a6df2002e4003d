/**
 * The content hash of a policy. The canonical form is the checked document with defaults filled in, as JSON with keys
 * sorted by UTF-16 code units at every depth; so comments, key order, quoting and layout of the file do not matter.
 */
import { createHash } from "node:crypto";
import type { Policy } from "./document.ts";

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** `sha256:` and 64 hex digits. */
export function policyHash(policy: Policy): string {
  return `sha256:${createHash("sha256").update(canonicalJson(policy)).digest("hex")}`;
}
