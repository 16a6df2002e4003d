/**
 * `sluice.resume.v1`: what a peer and this source say to each other beside events, so that a feed goes on where it was
 * recorded. docs/guides/ws-source.md describes it for who writes a peer. Only the head of a frame is looked at here;
 * the events in it are the engine's to read.
 */
import type { Rejection } from "@sluice/engine";

/** Offered as a subprotocol; a peer that does not choose it is a plain one. */
export const RESUME_PROTOCOL = "sluice.resume.v1";

/** Where a feed is to go on: after `seq` (0: from its beginning) of the log that the peer calls `feed`. */
export interface Position {
  readonly feed: string | undefined;
  readonly seq: number;
}

export type Frame =
  | { readonly kind: "events" }
  | { readonly kind: "numbered"; readonly seq: number }
  | { readonly kind: "feed"; readonly feed: string }
  | { readonly kind: "live" }
  | { readonly kind: "refused"; readonly rejection: Rejection };

/** The peer writes the member first, so that the frame need not be parsed to find it. */
const HEAD_BYTES = 256;
const SEQ_FIRST = /^\s*\{\s*"seq"\s*:\s*([1-9]\d{0,15})\s*,/;
const FEED_ALONE = /^\s*\{\s*"feed"\s*:\s*"([\w.:-]{1,128})"\s*\}\s*$/;
/** The first frames of a Sluice's own `/live`. */
const LIVE_FIRST = /^\s*\{\s*"type"\s*:\s*"(?:snapshot|decisions)"/;

/** @param isResumable the peer chose `sluice.resume.v1` */
export function readFrame(bytes: Uint8Array, isResumable: boolean): Frame {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD_BYTES)).toString("latin1");
  if (LIVE_FIRST.test(head)) return { kind: "live" };
  if (!isResumable) return { kind: "events" };
  const seq = Number(SEQ_FIRST.exec(head)?.[1] ?? 0);
  if (seq > 0 && Number.isSafeInteger(seq)) return { kind: "numbered", seq };
  const feed = bytes.byteLength <= HEAD_BYTES ? FEED_ALONE.exec(head)?.[1] : undefined;
  return feed === undefined ? { kind: "refused", rejection: UNNUMBERED } : { kind: "feed", feed };
}

const UNNUMBERED: Rejection = {
  index: 0,
  field: "seq",
  reason: "missing",
  message: `A frame of ${RESUME_PROTOCOL} must begin with its number: {"seq":1,"events":[…]}.`,
};

export function frameTooLarge(frameBytesMax: number): Rejection {
  const message = `A frame was larger than ${frameBytesMax} bytes, so it was not read; send fewer events a frame.`;
  return { index: 0, field: "", reason: "payload-too-large", message };
}

/** First frame of the source. */
export function resumeFrame({ feed, seq }: Position): string {
  return JSON.stringify(feed === undefined ? { resume: seq } : { resume: seq, feed });
}

/** Everything up to `seq` is recorded: the peer need not keep it. */
export function ackFrame(seq: number): string {
  return `{"ack":${seq}}`;
}
