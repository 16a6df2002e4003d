/** `POST /ingest`: a payload of events in, their decisions out, after they were recorded. */
import { answerProblem } from "../answer.ts";
import type { Ingest } from "../gathered-ingest.ts";
import { answerOutcome, unavailable } from "../outcome.ts";
import type { Route } from "../router.ts";
import { withBody } from "./body.ts";

export function ingestRoute(ingest: Ingest, payloadBytesMax: number): Route {
  return {
    method: "POST",
    path: "/ingest",
    role: "ingest",
    handle(request, response) {
      withBody(request, response, payloadBytesMax, (body) => {
        ingest(body).then(
          (outcome) => answerOutcome(response, outcome),
          (error: unknown) => answerProblem(response, 503, unavailable(error)),
        );
      });
    },
  };
}
