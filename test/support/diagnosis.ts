/** Doctor run in this process, its results by the name of the check. */
import { type CheckResult, type DoctorOptions, runDoctor } from "@sluice/app";

export interface Diagnosis {
  readonly results: readonly CheckResult[];
  /** @throws {Error} when there is no such check. */
  of(check: string): CheckResult;
  /** Names of the checks that ended so. */
  named(state: CheckResult["state"]): string[];
}

/** A port on which nothing listens: 1 is reserved (tcpmux) and no test runs it. */
export const NOWHERE = new URL("http://127.0.0.1:1");

export async function diagnose(options: Partial<DoctorOptions> & Pick<DoctorOptions, "dataDir">): Promise<Diagnosis> {
  const results: CheckResult[] = [];
  const all = {
    server: NOWHERE,
    policy: "default",
    isPolicyGiven: false,
    pack: undefined,
    nats: undefined,
    configFault: undefined,
    isWriting: false,
    isFull: false,
    limitMs: 10_000,
    stop: new AbortController().signal,
    ...options,
  };
  for await (const result of runDoctor(all)) results.push(result);
  return {
    results,
    of(check) {
      const found = results.find((result) => result.check === check);
      if (found === undefined) throw new Error(`doctor has no check ${check}`);
      return found;
    },
    named: (state) => results.filter((result) => result.state === state).map(({ check }) => check),
  };
}
