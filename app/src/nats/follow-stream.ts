/** The decisions of a stream on NATS, filtered, until stopped; each once, also when the NATS server restarts. */
import { connectNats, followNatsDecisions } from "@sluice/connectors";
import type { Action, Log } from "@sluice/engine";

export interface FollowStreamOptions {
  readonly url: string;
  /** Undefined for all. One is chosen by the NATS server, several are told apart here: it takes one filter. */
  readonly actions: readonly Action[] | undefined;
  readonly orgId: string | undefined;
  /** Milliseconds since the epoch; undefined begins with what comes next. */
  readonly sinceMs: number | undefined;
  readonly stop: AbortSignal;
  /** Once, when every decision from now on will come. */
  readonly subscribed: () => void;
  /** What happened to the connection, a sentence. */
  readonly said: (message: string) => void;
  /** As the JSON stands in the stream. The next one waits for the promise. Must not reject. */
  readonly decision: (json: string) => Promise<void>;
}

/**
 * Resolves when `stop` aborts and the decision in hand is done with.
 * @throws {EngineError} `broker-unreachable`, `broker-refused`, `broker-unfit` when it cannot begin.
 */
export async function followStream(options: FollowStreamOptions): Promise<void> {
  const { url, actions, orgId, sinceMs, stop, subscribed, said, decision } = options;
  const log: Log = ({ message }) => said(message);
  const link = await connectNats({ url, name: "sluice watch", log });
  let turn: Promise<void> | undefined;
  try {
    const [only, ...others] = actions ?? [];
    const isWanted = wanted(actions);
    const subscription = await followNatsDecisions({
      link,
      ...(only === undefined || others.length > 0 ? {} : { action: only }),
      ...(orgId === undefined ? {} : { orgId }),
      ...(sinceMs === undefined ? {} : { sinceMs }),
      onDecision(data) {
        const json = Buffer.from(data).toString();
        turn = isWanted(json) ? decision(json) : undefined;
        return turn;
      },
    });
    subscribed();
    await aborted(stop);
    subscription.close();
    await turn;
  } finally {
    await link.close();
  }
}

function wanted(actions: readonly Action[] | undefined): (json: string) => boolean {
  if (actions === undefined || actions.length < 2) return () => true;
  return (json) => actions.includes((JSON.parse(json) as { action: Action }).action);
}

function aborted(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener("abort", () => resolve(), { once: true });
  });
}
