/**
 * One detector for the pipeline and for `evaluate`, and for every engine that was given it. A detector holds one payload
 * at a time, and a pipeline pauses in the middle of large ones; a payload is opened again when another came between, by
 * whatever way, so its scans stay valid.
 */
import type { Detector, Fault, PayloadKind, Scan } from "@sluice/core-wasm";
import { assert } from "./assert.ts";

export interface SharedPayload {
  readonly kind: PayloadKind;
  readonly count: number;
  /** As `Payload.scan`; valid until the next call of anything on this detector. */
  scan(index: number): Scan;
}

export interface SharedDetector {
  open(payload: Uint8Array): SharedPayload | Fault;
}

/** By detector, what it holds now. */
const holdings = new WeakMap<Detector, { latest: SharedPayload | undefined }>();

export function shareDetector(detector: Detector): SharedDetector {
  const held = holdings.get(detector) ?? { latest: undefined };
  holdings.set(detector, held);
  return {
    open(bytes) {
      held.latest = undefined;
      const first = detector.open(bytes);
      if ("reason" in first) return first;
      let opened = first;
      const shared: SharedPayload = {
        kind: opened.kind,
        count: opened.count,
        scan(index) {
          if (held.latest !== shared) {
            held.latest = undefined;
            const again = detector.open(bytes);
            assert(!("reason" in again), "a payload that opened once opens again");
            opened = again;
            held.latest = shared;
          }
          return opened.scan(index);
        },
      };
      held.latest = shared;
      return shared;
    },
  };
}
