/**
 * Syncs what was written every `intervalMs`, beside the writes, so that an acknowledgement never waits for the disk.
 * A failed sync is said by `failure` and tried again at the next turn.
 */
import { EngineError } from "@sluice/engine";

export class BackgroundSync {
  readonly #sync: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #isDirty = false;
  /** Monotonic; of the oldest write that no sync has begun after. */
  #dirtySinceMs = 0;
  #running: Promise<void> | undefined;
  #failure: EngineError | undefined;

  constructor(intervalMs: number, sync: () => Promise<void>) {
    this.#sync = sync;
    this.#timer = setInterval(() => {
      if (this.#isDirty && this.#running === undefined) this.#running = this.#run();
    }, intervalMs).unref();
  }

  get failure(): EngineError | undefined {
    return this.#failure;
  }

  noteWrite(): void {
    if (!this.#isDirty) this.#dirtySinceMs = performance.now();
    this.#isDirty = true;
  }

  /** For how long something has been written and not synced. */
  get lagMs(): number {
    return this.#isDirty ? performance.now() - this.#dirtySinceMs : 0;
  }

  /** Resolves when no sync is under way; the files may then be closed. */
  async settled(): Promise<void> {
    await this.#running;
  }

  stop(): Promise<void> {
    clearInterval(this.#timer);
    return this.settled();
  }

  async #run(): Promise<void> {
    this.#isDirty = false;
    try {
      await this.#sync();
      this.#failure = undefined;
    } catch (cause) {
      this.#isDirty = true;
      const what = `the ledger could not be synced (${(cause as Error).message}): a power loss now may lose records`;
      this.#failure = new EngineError("ledger-failed", `${what}; check the disk`, { cause });
    } finally {
      this.#running = undefined;
    }
  }
}
