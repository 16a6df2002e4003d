/** The sources of this process; those with a peer run the same cases in their own tests. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { queueSource } from "@sluice/engine";
import { afterAll, beforeAll, describe, test } from "vitest";
import { SOURCE_CASES, type SourceKind } from "./conformance.ts";
import { fileSource } from "./file/file-source.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "sluice-conformance-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const file: SourceKind = {
  ends: true,
  bringsAgain: true,
  hasConnection: false,
  async make({ payloads, inFlightMax }) {
    const path = join(directory, `${Math.random()}.jsonl`);
    writeFileSync(path, payloads.join("\n"));
    const source = fileSource(path, { inFlightMax, batchMax: Math.min(256, inFlightMax) });
    return { source, close: async () => {} };
  },
};

/** Holds what it is offered, so its bound is on what is offered: the sender offers the next when one is settled. */
const queue: SourceKind = {
  ends: false,
  bringsAgain: false,
  hasConnection: false,
  async make({ payloads, inFlightMax }) {
    const source = queueSource(inFlightMax, 1024 * 1024);
    let next = 0;
    const offerNext = () => {
      const payload = payloads[next++];
      if (payload === undefined) return;
      const bytes = Buffer.from(payload);
      const settled = () => {
        source.gate.release(bytes.length);
        offerNext();
      };
      source.offer(bytes).then(settled, settled);
    };
    for (let room = inFlightMax; room > 0; room--) offerNext();
    return { source, close: async () => {} };
  },
};

describe.each([
  ["a file", file],
  ["the queue behind ingest", queue],
] as const)("%s", (_name, kind) => {
  test.each(SOURCE_CASES.filter(({ isFor }) => isFor(kind)))("$name", ({ run }) => run(kind));
});
