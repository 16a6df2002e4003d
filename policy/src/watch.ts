/**
 * Hot reload of a policy file. A faulty edit is refused, and the policy in force stays; both outcomes are reported.
 *
 * The file is polled every half second, not watched by the operating system: events differ by platform, get lost on
 * network and container mounts, and point at the old file once an editor replaces it by renaming. A change counts when
 * two polls in a row read the same bytes, so a half-written file is not judged. Bytes are compared, not times: two
 * edits may share a time stamp. A file that is gone is reported as a refusal once.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { PackInfo } from "@sluice/core-wasm";
import { EngineError, type PolicyPart } from "@sluice/engine";
import { compilePolicy } from "./compile.ts";
import type { PolicyDocument } from "./document.ts";
import { PolicyError, type PolicyFault } from "./faults.ts";
import { parsePolicy } from "./parse.ts";

export interface WatchPolicyOptions {
  readonly pack: Pick<PackInfo, "categories">;
  /** Called with a policy whose meaning differs from that in force. What it throws or rejects with is a refusal. */
  onAccepted(policy: PolicyPart, document: PolicyDocument): void | Promise<void>;
  /** `faults` is empty when the file could not be read. */
  onRefused(error: EngineError, faults: readonly PolicyFault[]): void;
  /** Hash of the policy in force: an edit that does not change the meaning is no news. */
  readonly currentHash?: string;
  readonly intervalMs?: number;
}
export interface PolicyWatch {
  /** Looks at the file now; used by the poll itself. Resolves when the outcome was reported. */
  poll(): Promise<void>;
  /** Stops. No callback starts after it resolves. */
  stop(): Promise<void>;
}

export const POLL_INTERVAL_MS = 500;

export function watchPolicy(path: string, options: WatchPolicyOptions): PolicyWatch {
  const { intervalMs = POLL_INTERVAL_MS } = options;
  const look = policyPoller(path, options);
  let isStopped = false;
  let busy: Promise<void> = Promise.resolve();
  const poll = () => {
    busy = busy.then(() => (isStopped ? undefined : look()));
    return busy;
  };
  const timer = setInterval(() => void poll(), intervalMs);
  timer.unref();
  return {
    poll,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await busy;
    },
  };
}

/** One look at the file. Remembers what it saw and what it told. */
function policyPoller(path: string, options: WatchPolicyOptions): () => Promise<void> {
  let inForce = options.currentHash;
  let seen = "";
  let told = "";
  return async () => {
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (cause) {
      const message = `${path} cannot be read: ${(cause as Error).message}; the policy in force stays`;
      if (told !== message) options.onRefused(new EngineError("not-found", message, { cause }), []);
      told = message;
      seen = "";
      return;
    }
    const digest = createHash("sha256").update(text).digest("hex");
    const isSettled = digest === seen;
    seen = digest;
    if (!isSettled || digest === told) return;
    told = digest;
    try {
      const document = parsePolicy(text, basename(path));
      const policy = compilePolicy(document, options.pack);
      if (policy.hash === inForce) return;
      await options.onAccepted(policy, document);
      inForce = policy.hash;
    } catch (cause) {
      const error =
        cause instanceof EngineError
          ? cause
          : new EngineError("policy-invalid", `${path} was not taken over: ${(cause as Error).message}`, { cause });
      options.onRefused(error, error instanceof PolicyError ? error.faults : []);
    }
  };
}
