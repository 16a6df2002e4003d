/** A set of listeners, told one after the other; each may leave while they are told. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** @returns what takes it away. */
  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
