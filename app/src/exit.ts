/**
 * How the command ends: 0 done, 1 it found something (lint fault, broken ledger, refused events), 2 it was used
 * wrongly.
 */
export const EXIT = { success: 0, finding: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The person at the keyboard can put it right; shown without a stack, exit 2. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UsageError";
  }
}

/** Whoever read our output has gone (EPIPE): nothing is wrong, there is only no point in going on. Exit 0. */
export class ReaderGone extends Error {
  constructor() {
    super("the reader of the output is gone");
    this.name = "ReaderGone";
  }
}
