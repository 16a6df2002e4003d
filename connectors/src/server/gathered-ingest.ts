/**
 * Payloads that arrive in one turn of the event loop go to the engine together, so that many small requests share one
 * batch and one write of the ledger: a request by itself costs two hand-overs to the disk. Order is kept. Holds what
 * one turn can bring: a body of each connection, and of a socket the frames that it may have unanswered.
 */
import type { Engine } from "@sluice/engine";

export type Ingest = Engine["ingest"];

export function gatheredIngest(engine: Pick<Engine, "ingest">): Ingest {
  let gathered: (() => void)[] = [];

  function handOver(): void {
    const turn = gathered;
    gathered = [];
    for (const offer of turn) offer();
  }
  return (payload) =>
    new Promise((resolve) => {
      if (gathered.length === 0) setImmediate(handOver); // behind all that the poll under way still brings
      gathered.push(() => resolve(engine.ingest(payload)));
    });
}
