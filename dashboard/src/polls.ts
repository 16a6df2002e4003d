/** Numbers that are asked for and not pushed: each with its own pace, its last good value and its last fault. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "./api.ts";

export interface Poll<T> {
  /** Last good answer; `undefined` before the first. */
  readonly value: ReadonlySignal<T | undefined>;
  /** What went wrong last time, in words; `undefined` when the last try was good. */
  readonly fault: ReadonlySignal<string | undefined>;
}

/** Asks at once and then `everyMs` after each answer; not while the page is hidden. */
export function poll<T>(ask: () => Promise<T>, everyMs: number): Poll<T> {
  const value = signal<T | undefined>(undefined);
  const fault = signal<string | undefined>(undefined);
  async function run(): Promise<void> {
    if (document.visibilityState === "visible" || value.value === undefined) {
      try {
        value.value = await ask();
        fault.value = undefined;
      } catch (error) {
        fault.value = error instanceof ApiError ? error.message : "The answer could not be read.";
      }
    }
    setTimeout(run, everyMs);
  }
  void run();
  return { value, fault };
}
