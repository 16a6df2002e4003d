/** One event, read, scored and decided now; recorded nowhere. */
import type { AnsweredDecision, Clock, EvaluateOptions, Rejection } from "./contracts.ts";
import { isRejection } from "./decode.ts";
import type { Judge } from "./judge.ts";
import type { Reader } from "./reader.ts";
import { notOneEvent, unserialisable } from "./rejection.ts";

export function evaluate(
  event: Uint8Array | object,
  options: EvaluateOptions,
  reader: Reader,
  judge: Judge,
  clock: Pick<Clock, "monotonicUs">,
): AnsweredDecision | Rejection {
  const startedUs = clock.monotonicUs();
  const bytes = event instanceof Uint8Array ? event : bytesOf(event);
  if (bytes === undefined) return unserialisable();
  const payload = reader.open(bytes);
  if (isRejection(payload)) return payload;
  if (payload.count !== 1) return notOneEvent(payload.count);
  const read = payload.read(0);
  if (isRejection(read)) return read;
  const { decision, json, output } = judge.judge(read.fields, read.scan, {
    startedUs,
    replay: options.replay === true,
  });
  const answer = { decision, json, seq: 0, duplicate: false };
  return output === undefined ? answer : { ...answer, output };
}

function bytesOf(event: object): Uint8Array | undefined {
  try {
    return Buffer.from(JSON.stringify(event));
  } catch {
    return undefined; // a circle or a BigInt: answered as a rejection
  }
}
