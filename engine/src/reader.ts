/**
 * Payload bytes to events, with the kernel's faults contained: what it fails on is read slowly, to be answered closed.
 */
import type { Detector, Scan } from "@sluice/core-wasm";
import type { Rejection } from "./contracts.ts";
import { decode, type EventFields, isRejection } from "./decode.ts";
import { emptyPayload, engineFault, faultRejection } from "./rejection.ts";
import { salvage } from "./salvage.ts";
import { type SharedPayload, shareDetector } from "./shared-detector.ts";

/** `scan` undefined: the kernel failed on the event; its fields were salvaged. */
export interface ReadEvent {
  readonly fields: EventFields;
  readonly scan: Scan | undefined;
}

export interface OpenPayload {
  readonly count: number;
  /** Valid until the next call of anything on this reader. Never throws. */
  read(index: number): ReadEvent | Rejection;
  /** The event's scan when it is quiet (`Scan.quiet`); undefined: only `read` can tell. Never throws. */
  quiet(index: number): Scan | undefined;
}

export interface Reader {
  /** A rejection when the bytes are no payload at all. Never throws. */
  open(payload: Uint8Array): OpenPayload | Rejection;
}

export function createReader(detector: Detector): Reader {
  const shared = shareDetector(detector);
  return {
    open(bytes) {
      if (isBlank(bytes)) return emptyPayload();
      try {
        const payload = shared.open(bytes);
        if ("reason" in payload) return payload.reason === "empty" ? emptyPayload() : faultRejection(0, "", payload);
        return payload.count === 0 ? emptyPayload() : soundPayload(payload, bytes);
      } catch {
        return salvagedPayload(bytes) ?? engineFault(0, "");
      }
    },
  };
}

function isBlank(bytes: Uint8Array): boolean {
  // Stops at the first other byte.
  return bytes.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

function soundPayload(payload: SharedPayload, bytes: Uint8Array): OpenPayload {
  let salvaged: readonly (Scan | undefined)[] | undefined;
  return {
    count: payload.count,
    quiet(index) {
      try {
        const scan = payload.scan(index);
        return scan.quiet === true ? scan : undefined;
      } catch {
        return undefined; // `read` meets it again
      }
    },
    read(index) {
      try {
        const scan = payload.scan(index);
        const fields = decode(scan, index);
        return isRejection(fields) ? fields : { fields, scan };
      } catch {
        salvaged ??= salvage(bytes);
        return salvagedEvent(salvaged[index], index);
      }
    },
  };
}

function salvagedPayload(bytes: Uint8Array): OpenPayload | undefined {
  const scans = salvage(bytes);
  if (scans.length === 0) return undefined;
  return { count: scans.length, read: (index) => salvagedEvent(scans[index], index), quiet: () => undefined };
}

function salvagedEvent(scan: Scan | undefined, index: number): ReadEvent | Rejection {
  if (scan === undefined) return engineFault(index, "");
  const fields = decode(scan, index);
  return isRejection(fields) ? fields : { fields, scan: undefined };
}
