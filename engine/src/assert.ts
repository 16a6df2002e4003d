/** Our own bug: on in production, and ends the process rather than go on with a broken invariant. */
export function assert(condition: unknown, invariant: string): asserts condition {
  if (!condition) throw new AssertionError(invariant);
}
export class AssertionError extends Error {
  constructor(invariant: string) {
    super(`broken invariant: ${invariant}`);
    this.name = "AssertionError";
  }
}
