/**
 * One detector for the pipeline and for `evaluate`. A detector holds one payload at a time, and the pipeline pauses in
 * the middle of large ones; a payload is opened again when another came between, so its scans stay valid.
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

export function shareDetector(detector: Detector): SharedDetector {
  let latest: SharedPayload | undefined;
  return {
    open(bytes) {
      latest = undefined;
      const first = detector.open(bytes);
      if ("reason" in first) return first;
      let opened = first;
      const shared: SharedPayload = {
        kind: opened.kind,
        count: opened.count,
        scan(index) {
          if (latest !== shared) {
            latest = undefined;
            const again = detector.open(bytes);
            assert(!("reason" in again), "a payload that opened once opens again");
            opened = again;
            latest = shared;
          }
          return opened.scan(index);
        },
      };
      latest = shared;
      return shared;
    },
  };
}
