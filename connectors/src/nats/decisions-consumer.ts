/**
 * Makes a consumer on SLUICE_DECISIONS that lives in the server's memory, acknowledges nothing and vanishes when nobody
 * pulls from it. Where it begins is decided here, once, and never behind what was read already.
 */
import { EngineError } from "@sluice/engine";
import type { FollowDecisionsOptions, NatsLink } from "./contracts.ts";
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

const STREAM = "SLUICE_DECISIONS";
const REQUEST_TIMEOUT_MS = 5_000;
const INACTIVE_MAX_MS = 60_000;
/** Of the JetStream API. */
const STREAM_NOT_FOUND = 10_059;

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
  const made = await ask(link, `CONSUMER.CREATE.${STREAM}`, { stream_name: STREAM, config });
  const { name, delivered } = made as { name: string; delivered: { stream_seq: number } };
  return {
    nextSubject: `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${name}`,
    behindSeq: delivered.stream_seq,
    nextConsumerSeq: 1,
    owed: 0,
  };
}

async function beginning(link: NatsLink, sinceMs: number | undefined, behindSeq: number | undefined): Promise<object> {
  if (behindSeq !== undefined) {
    const { state } = (await ask(link, `STREAM.INFO.${STREAM}`, {})) as { state: { last_seq: number } };
    // A stream that was made anew counts from 1 again.
    return { deliver_policy: "by_start_sequence", opt_start_seq: state.last_seq < behindSeq ? 1 : behindSeq + 1 };
  }
  if (sinceMs === undefined) return { deliver_policy: "new" };
  return { deliver_policy: "by_start_time", opt_start_time: new Date(sinceMs).toISOString() };
}

async function ask(link: NatsLink, call: string, body: object): Promise<object> {
  const { data } = await link.request(`$JS.API.${call}`, JSON.stringify(body), REQUEST_TIMEOUT_MS);
  const answer = JSON.parse(Buffer.from(data).toString()) as { error?: { err_code: number; description: string } };
  if (answer.error === undefined) return answer;
  const { err_code: code, description } = answer.error;
  if (code !== STREAM_NOT_FOUND)
    throw new EngineError("broker-unfit", `the NATS server answers ${call}: ${description}`);
  const advice = "start `sluice serve --nats`, which makes it";
  throw new EngineError("broker-unfit", `there is no stream ${STREAM} on the NATS server; ${advice}`);
}
