/**
 * Makes a consumer on SLUICE_DECISIONS that lives in the server's memory, acknowledges nothing and vanishes when nobody
 * pulls from it. Where it begins is decided here, once, and never behind what was read already.
 */
import { EngineError } from "@sluice/engine";
import type { FollowDecisionsOptions, NatsLink } from "./contracts.ts";
import { API_ERRORS, callApi, isApiError, wordsOf } from "./jetstream-api.ts";
import { DECISIONS_STREAM } from "./stream-config.ts";
import { DECISIONS_PREFIX, encodeToken } from "./subjects.ts";

export interface DecisionsConsumer {
  /** Where its messages are asked for. */
  readonly nextSubject: string;
  /** It begins with the first message behind this stream sequence. */
  readonly behindSeq: number;
  nextConsumerSeq: number;
  /** Messages that the request under way may still bring. */
  owed: number;
}

/** The part of the answer that is used. */
interface Made {
  readonly name: string;
  readonly delivered: { readonly stream_seq: number };
}

const INACTIVE_MAX_MS = 60_000;

/**
 * @param behindSeq last stream sequence that was read; undefined at the first time, which begins as `options` say.
 * @throws {EngineError} `broker-unfit`, `broker-refused`, `broker-unreachable`.
 */
export async function makeConsumer(
  options: Pick<FollowDecisionsOptions, "link" | "action" | "orgId" | "sinceMs">,
  behindSeq: number | undefined,
): Promise<DecisionsConsumer> {
  const { link, action = "*", orgId } = options;
  const config = {
    ...(await beginning(link, options.sinceMs, behindSeq)),
    filter_subject: `${DECISIONS_PREFIX}${action}.${orgId === undefined ? "*" : encodeToken(orgId)}`,
    ack_policy: "none",
    replay_policy: "instant",
    inactive_threshold: INACTIVE_MAX_MS * 1e6,
    mem_storage: true,
    num_replicas: 1,
  };
  const made = await ask<Made>(link, `CONSUMER.CREATE.${DECISIONS_STREAM}`, { stream_name: DECISIONS_STREAM, config });
  const { name, delivered } = made;
  return {
    nextSubject: `$JS.API.CONSUMER.MSG.NEXT.${DECISIONS_STREAM}.${name}`,
    behindSeq: delivered.stream_seq,
    nextConsumerSeq: 1,
    owed: 0,
  };
}

async function beginning(link: NatsLink, sinceMs: number | undefined, behindSeq: number | undefined): Promise<object> {
  if (behindSeq !== undefined) {
    const { state } = await ask<{ state: { last_seq: number } }>(link, `STREAM.INFO.${DECISIONS_STREAM}`, {});
    // A stream that was made anew counts from 1 again.
    return { deliver_policy: "by_start_sequence", opt_start_seq: state.last_seq < behindSeq ? 1 : behindSeq + 1 };
  }
  if (sinceMs === undefined) return { deliver_policy: "new" };
  return { deliver_policy: "by_start_time", opt_start_time: new Date(sinceMs).toISOString() };
}

async function ask<T extends object>(link: NatsLink, call: string, body: object): Promise<T> {
  const answer = await callApi<T>(link, call, body);
  if (!isApiError(answer)) return answer;
  const why =
    answer.error.err_code === API_ERRORS.streamNotFound
      ? `there is no stream ${DECISIONS_STREAM} on the NATS server; start \`sluice serve --nats\`, which makes it`
      : `the NATS server gives no decisions: ${wordsOf(answer.error)} (${call})`;
  throw new EngineError("broker-unfit", why);
}
