/**
 * What one scan found, as the host reads it. Little-endian, offsets from RESULT:
 *
 *     0    u32 fault (0 none, else 1 + index in FAULT_REASONS)    4   u32 faultField (0xffff none)
 *     8    u32 faultOffset (payload bytes)                       12   u32 payloadKind
 *     16   u32 eventCount                                        20   u32 matchCount
 *     24   u32 truncated                                         28   u32 scored
 *     32   f64 eventTimeMs                                       40   u32 canonLength
 *     44   u32 contexts seen on the prompt (bit set)             48   the same of the completion
 *     52   u32 quiet: sound, nothing scored, plain ids, and none of the fields that are objects or arrays
 *     56   u32 overall score of the model on the prompt          60   the same on the completion
 *     64   15 fields x 20 bytes: u32 kind, rawStart, rawEnd (payload), textStart, textLength (memory)
 *     512  i32 scores[2][32], in 1/10,000
 *     768  i32 scores[2][32] of the model alone
 *     1024 u32 a side had more words than the model reads      1028 u32 largest score of the rules alone
 *     1088 u32[2][32] segment that a score of the model alone came from (segments.ts), 0 for the side's own text
 *     1344 u32[2] the same of the overall scores
 *     1408 i32 scores[2][32] of the rules alone, written where the model says anything
 *
 * A field's kind: 0 absent, 1 string, 2 object, 3 array, 4 number or literal, 5 null; + 0x100 not ASCII, + 0x200
 * escaped.
 */
import { RESULT } from "./layout";

export const FAULT: usize = RESULT;
export const FAULT_FIELD: usize = RESULT + 4;
export const FAULT_OFFSET: usize = RESULT + 8;
export const PAYLOAD_KIND: usize = RESULT + 12;
export const EVENT_COUNT: usize = RESULT + 16;
export const MATCH_COUNT: usize = RESULT + 20;
export const TRUNCATED: usize = RESULT + 24;
export const SCORED: usize = RESULT + 28;
export const EVENT_TIME: usize = RESULT + 32;
export const CANON_LENGTH: usize = RESULT + 40;
export const CONTEXTS_SEEN: usize = RESULT + 44;
export const QUIET: usize = RESULT + 52;
export const MODEL_OVERALL: usize = RESULT + 56;
export const FIELD_TABLE: usize = RESULT + 64;
export const FIELD_BYTES: usize = 20;
export const FIELD_COUNT: u32 = 15;
export const SCORES: usize = RESULT + 512;
export const MODEL_SCORES: usize = RESULT + 768;
export const MODEL_CUT: usize = RESULT + 1024;
export const RULES_LARGEST: usize = RESULT + 1028;
export const MODEL_ORIGINS: usize = RESULT + 1088;
export const OVERALL_ORIGINS: usize = RESULT + 1344;
export const RULES_SCORES: usize = RESULT + 1408;

export const KIND_ABSENT: u32 = 0;
export const KIND_STRING: u32 = 1;
export const KIND_OBJECT: u32 = 2;
export const KIND_ARRAY: u32 = 3;
export const KIND_SCALAR: u32 = 4;
export const KIND_NULL: u32 = 5;
export const KIND_MASK: u32 = 0xff;
export const FLAG_NOT_ASCII: u32 = 0x100;
export const FLAG_ESCAPED: u32 = 0x200;

/** Numbers of FAULT_REASONS in src/types.ts, from 1. */
export const MALFORMED_JSON: u32 = 1;
export const INVALID_UTF8: u32 = 2;
export const TOO_DEEP: u32 = 3;
export const NOT_AN_OBJECT: u32 = 4;
export const DUPLICATE_KEY: u32 = 5;
export const MISSING: u32 = 6;
export const WRONG_TYPE: u32 = 7;
export const EMPTY: u32 = 8;
export const TOO_LONG: u32 = 9;
export const CONTROL_CHARACTER: u32 = 10;
export const BAD_TIMESTAMP: u32 = 11;
export const EVENT_TOO_LARGE: u32 = 12;
export const PAYLOAD_TOO_LARGE: u32 = 13;
export const TOO_MANY_EVENTS: u32 = 14;

export const NO_FIELD: u32 = 0xffff;

/** Writes a fault and answers false, so that a check can `return fail(…)`. `at` is an address in the payload. */
export function fail(reason: u32, field: u32, offset: u32): bool {
  store<u32>(FAULT, reason);
  store<u32>(FAULT_FIELD, field);
  store<u32>(FAULT_OFFSET, offset);
  return false;
}

// @ts-ignore: decorator
@inline
export function fieldEntry(field: u32): usize {
  return FIELD_TABLE + <usize>field * FIELD_BYTES;
}
