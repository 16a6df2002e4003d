/**
 * What the caller may show: the redacted text and the notice for the user. Spans are bytes of the decoded field; they
 * are widened to whole characters, and merged where they overlap or touch, so each run is replaced once.
 */
import { SIDES, type Side } from "@sluice/core-wasm";
import type { Decision, DecisionMatch, Output, PolicyPart } from "./contracts.ts";

export interface OutputInput {
  readonly decision: Decision;
  readonly messageKey: string | undefined;
  readonly locale: string | undefined;
  /** Decoded UTF-8 of a side. */
  readonly bytes: (side: Side) => Uint8Array;
}

/** Undefined when the caller releases everything as it is and tells the user nothing. */
export function outputOf(input: OutputInput, policy: PolicyPart): Output | undefined {
  const { decision, messageKey, locale, bytes } = input;
  const output: { prompt?: string; completion?: string; message?: string } = {};
  for (const side of SIDES) {
    if (decision.released[side] !== "redacted") continue;
    output[side] = redact(bytes(side), spansOf(decision.matches, side), policy.redaction);
  }
  const message = messageKey === undefined ? undefined : policy.message(messageKey, locale);
  if (message !== undefined) output.message = message;
  return Object.keys(output).length === 0 ? undefined : output;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spansOf(matches: readonly DecisionMatch[], side: Side): Span[] {
  return matches.filter((match) => match.field === side);
}

/** `text` with each span replaced. Spans may come in any order and overlap. */
export function redact(text: Uint8Array, spans: readonly Span[], replacement: string): string {
  const buffer = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  let result = "";
  let kept = 0; // end of what was written or replaced
  for (const span of mergeSpans(text, spans)) {
    result += buffer.toString("utf8", kept, span.start) + replacement;
    kept = span.end;
  }
  return result + buffer.toString("utf8", kept);
}

function mergeSpans(text: Uint8Array, spans: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const start = characterStart(text, Math.max(0, span.start));
    const end = characterEnd(text, Math.min(text.length, span.end));
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else if (start < end) merged.push({ start, end });
  }
  return merged;
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

function characterStart(text: Uint8Array, offset: number): number {
  let start = offset;
  while (start > 0 && isContinuation(text[start])) start -= 1;
  return start;
}

function characterEnd(text: Uint8Array, offset: number): number {
  let end = offset;
  while (end < text.length && isContinuation(text[end])) end += 1;
  return end;
}
