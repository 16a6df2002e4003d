/** Decides prompts as an embedded Sluice with the default pack does at tier general, for the suite that asks for it. */
import { createSluice, type Sluice } from "@sluice/app";
import type { AnsweredDecision } from "@sluice/engine";
import { afterAll, beforeAll } from "vitest";
import { sampleEvent } from "./sample-event.ts";

/** To be called once a file. The returned function throws when the event is refused. */
export function promptDecider(): (prompt: string) => AnsweredDecision {
  let sluice: Sluice;
  beforeAll(async () => {
    sluice = await createSluice();
  });
  afterAll(() => sluice.close());
  return (prompt) => {
    const answer = sluice.evaluate(Buffer.from(JSON.stringify(sampleEvent({ prompt }))));
    if (!("decision" in answer)) throw new Error(answer.message);
    return answer;
  };
}
