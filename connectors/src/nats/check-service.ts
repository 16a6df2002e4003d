/**
 * `sluice.check`: what `POST /check` answers, to a request on NATS. Processes share the requests as one queue group.
 * Answered at once and on the spot, so nothing queues; records nothing. An error is the JSON of the HTTP error with its
 * status in the header `Sluice-Status`.
 */
import { systemClock } from "@sluice/engine";
import { answerCheck } from "../server/routes/check.ts";
import type { NatsCheckOptions, NatsFeed } from "./contracts.ts";
import { CHECK_SUBJECT } from "./subjects.ts";

const QUEUE = "sluice";

/** Resolves when requests are answered. @throws {EngineError} `broker-refused`. */
export function serveNatsCheck({ link, engine, clock = systemClock }: NatsCheckOptions): Promise<NatsFeed> {
  return link.subscribe(
    CHECK_SUBJECT,
    ({ data, reply }) => {
      if (reply === "") return; // nobody wants to know
      const { status, body } = answerCheck(engine, clock, data);
      link.publish(reply, body, { headers: { "Sluice-Status": String(status) } });
    },
    { queue: QUEUE },
  );
}
