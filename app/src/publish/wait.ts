/**
 * Waits for one promise at a time, until something else ends the waiting for good. `Promise.race` against a promise
 * that lives long would remember every wait there ever was.
 */
export class Wait {
  #ending: { readonly error: Error | undefined } | undefined;
  #settle: (() => void) | undefined;

  /** Settles as `work` does; resolves after `end`, and rejects after `fail`, whatever becomes of `work`. */
  on(work: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = () => {
        const { error } = this.#ending ?? {};
        if (error === undefined) resolve();
        else reject(error);
      };
      if (this.#ending !== undefined) this.#settle();
      work.then(resolve, reject);
    });
  }

  end(): void {
    this.#endWith(undefined);
  }

  fail(error: Error): void {
    this.#endWith(error);
  }

  #endWith(error: Error | undefined): void {
    this.#ending ??= { error };
    this.#settle?.();
  }
}
