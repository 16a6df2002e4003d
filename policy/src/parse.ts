/** Reads a policy file. Every fault is found in one go, with its place and what would be right. */
import type { PolicyDocument } from "./document.ts";
import { PolicyError } from "./faults.ts";
import { checkYaml, readYaml } from "./read-yaml.ts";
import { checkReferences } from "./references.ts";
import { policySchema } from "./schema.ts";

/**
 * @param fileName named in faults; not opened.
 * @throws {PolicyError} `policy-invalid` with every fault found.
 */
export function parsePolicy(text: string, fileName: string): PolicyDocument {
  const yaml = readYaml(text, fileName);
  const policy = checkYaml(yaml, policySchema, fileName);
  const references = checkReferences(policy);
  if (references.length > 0) {
    throw new PolicyError(
      fileName,
      references.map(({ path, message }) => yaml.faultAt(path, message, "key")),
    );
  }
  return { fileName, policy, position: yaml.position };
}
