/**
 * Requests to JetStream: JSON in, JSON or an error code out (docs.nats.io, "JetStream wire API reference"). Faults of
 * the server come out as answers; faults of reaching it are thrown.
 */
import { EngineError } from "@sluice/engine";
import type { NatsLink } from "./contracts.ts";

/** The server's own number of an error; its text may change. */
export const API_ERRORS = { streamNotFound: 10059, consumerNotFound: 10014, noMessage: 10037 } as const;

export interface ApiError {
  readonly code: number;
  readonly err_code?: number;
  readonly description?: string;
}
export type ApiAnswer<T> = T | { readonly error: ApiError };

const TIMEOUT_MS = 5_000;

/**
 * @throws {EngineError} `broker-unreachable`, `broker-refused` (a permission), `broker-unfit` (no JetStream).
 */
export async function callApi<T extends object>(
  link: NatsLink,
  call: string,
  body: object = {},
): Promise<ApiAnswer<T>> {
  const subject = `$JS.API.${call}`;
  const { status, data } = await link.request(subject, JSON.stringify(body), TIMEOUT_MS);
  if (status === 503) {
    const message = `the NATS server has no JetStream (nobody answers on ${subject}); start it with -js, or with jetstream { store_dir: … } in its configuration`;
    throw new EngineError("broker-unfit", message);
  }
  const answer = JSON.parse(Buffer.from(data).toString()) as ApiAnswer<T>;
  if (isApiError(answer) && answer.error.code === 503) {
    const message = `JetStream is not ready or not enabled for this account (${wordsOf(answer.error)}); enable it for the account, or wait until the server has a leader`;
    throw new EngineError("broker-unfit", message);
  }
  return answer;
}

export function isApiError(answer: object): answer is { readonly error: ApiError } {
  return "error" in answer;
}

export function wordsOf({ description = "no description", err_code, code }: ApiError): string {
  return `${description}, error ${err_code ?? code}`;
}
