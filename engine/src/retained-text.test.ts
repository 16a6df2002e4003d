import type { Detector, FieldName, Scan } from "@sluice/core-wasm";
import { expect, test } from "vitest";
import type { Ledger } from "./contracts.ts";
import { createEngine } from "./engine.ts";
import { event, payload } from "./testing/event.ts";
import { jsonDetector } from "./testing/json-detector.ts";
import { memoryLedger } from "./testing/memory-ledger.ts";
import { testPolicy } from "./testing/test-policy.ts";

/** As the kernel does: bytes are views into one memory, which the next scan writes over. */
function reusingDetector(): Detector {
  const memory = Buffer.alloc(256);
  const inner = jsonDetector();
  const viewed = (scan: Scan): Scan => {
    const places = { prompt: 0, completion: 128 };
    for (const side of ["prompt", "completion"] as const) memory.set(scan.bytes(side), places[side]);
    const bytes = (field: FieldName) => {
      if (field !== "prompt" && field !== "completion") return scan.bytes(field);
      return memory.subarray(places[field], places[field] + scan.byteLength(field));
    };
    return { ...scan, bytes };
  };
  return {
    pack: inner.pack,
    open(bytes) {
      const opened = inner.open(bytes);
      return "reason" in opened ? opened : { ...opened, scan: (index) => viewed(opened.scan(index)) };
    },
  };
}

test("the text that is retained is the event's own, whatever events were read before its append", async () => {
  const inner = memoryLedger();
  const texts: string[] = [];
  const ledger: Ledger = {
    ...inner,
    append(drafts) {
      for (const { text } of drafts) {
        if (text !== undefined) texts.push(`${Buffer.from(text.prompt)} | ${Buffer.from(text.completion)}`);
      }
      return inner.append(drafts);
    },
  };
  const engine = await createEngine({ detector: reusingDetector(), policy: testPolicy(), ledger });
  await engine.ingest(
    payload(
      event("a", { prompt: "first bomb", completion: "no" }),
      event("b", { prompt: "hello there", completion: "hello" }),
      event("c", { prompt: "second bomb", completion: "never" }),
      event("d", { prompt: "good evening", completion: "again" }),
    ),
  );
  expect(texts).toEqual(["first bomb | no", "second bomb | never"]);
  await engine.stop();
});
