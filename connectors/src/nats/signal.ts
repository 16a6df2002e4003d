/** Something changed: wakes whoever waits, keeps nothing, and makes no promise while nobody waits. */
export class Signal {
  #waiting: (() => void)[] = [];

  raise(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Resolves at the next `raise`, or after `timeoutMs`. */
  next(timeoutMs?: number): Promise<void> {
    return new Promise((resolve) => {
      if (timeoutMs === undefined) {
        this.#waiting.push(resolve);
        return;
      }
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((wake) => wake !== onRaise);
        resolve();
      }, timeoutMs);
      const onRaise = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.push(onRaise);
    });
  }

  /** Resolves after `ms`, however often it is raised meanwhile, or at the first `raise` after which `ended` is. */
  async pass(ms: number, ended: AbortSignal): Promise<void> {
    const endMs = performance.now() + ms;
    for (let leftMs = ms; leftMs > 0 && !ended.aborted; leftMs = endMs - performance.now()) await this.next(leftMs);
  }
}
