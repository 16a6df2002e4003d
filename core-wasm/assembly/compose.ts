/**
 * Writes the text of a quiet event's decision, so that no string of it is made in the host: literals of a template with
 * values of the event between them. What the text says is the host's matter; here are only parts.
 *
 *     template   TEMPLATES + 4096 * number: parts, each u32 slot, u32 length of the literal, the literal, padded to 16;
 *                the literal comes first, then the value of the slot
 *     slot       0–14 a string field · 32 name: base32 of SHA-256 (org_id, line break, event_id, suffix) ·
 *                33 clock: the host's text · 34 number · 35 nothing, and the template ends
 */
import { CLOCK, DIGEST, MESSAGE, PAGE, PAGE_BYTES_MAX, SUFFIX, TEMPLATE_BYTES_MAX, TEMPLATES } from "./layout";
import { fieldEntry, FLAG_ESCAPED, FLAG_NOT_ASCII, QUIET, SCORED } from "./result";
import { DIGEST_BYTES, hashMessage } from "./sha256";

const NAME: u32 = 32;
const TIME: u32 = 33;
const NUMBER: u32 = 34;
const END: u32 = 35;
const CLOCK_BYTES: usize = 24;
const PROMPT: u32 = 6;
const ORG_ID: u32 = 3;
const EVENT_ID: u32 = 0;
const CONVERSATION_ID: u32 = 9;
const TAGS: u32 = 14;
/** A template, eight fields of at most 512 bytes and the other values. */
const TEXT_BYTES_MAX: usize = TEMPLATE_BYTES_MAX + 8 * 512 + 128;
/** RFC 4648, lower case. */
const ALPHABET: usize = memory.data<u8>([
  97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120,
  121, 122, 50, 51, 52, 53, 54, 55,
]);

/** Sets QUIET after a scan. Plain ids have at most 128 bytes, which bounds what is composed of them. */
export function noteQuiet(): void {
  let kinds: u32 = 0;
  for (let field: u32 = 0; field <= CONVERSATION_ID; field++) {
    if (field != PROMPT && field != PROMPT + 1) kinds |= load<u32>(fieldEntry(field)) & (FLAG_NOT_ASCII | FLAG_ESCAPED);
  }
  for (let field: u32 = CONVERSATION_ID + 1; field <= TAGS; field++) kinds |= load<u32>(fieldEntry(field)); // 0: absent
  store<u32>(QUIET, kinds == 0 && load<u32>(SCORED) == 0 ? 1 : 0);
}

/** Copies in blocks of 16: writes up to 15 bytes more, where the next part goes. Answers the address behind it. */
// @ts-ignore: decorator
@inline
function put(to: usize, from: usize, length: usize): usize {
  for (let offset: usize = 0; offset < length; offset += 16) v128.store(to + offset, v128.load(from + offset));
  return to + length;
}

// @ts-ignore: decorator
@inline
function putField(to: usize, field: u32): usize {
  const entry = fieldEntry(field);
  return put(to, <usize>load<u32>(entry, 12), <usize>load<u32>(entry, 16));
}

function putName(to: usize): usize {
  let end = putField(MESSAGE, ORG_ID);
  store<u8>(end, 0x0a);
  end = putField(end + 1, EVENT_ID);
  end = put(end, SUFFIX + 4, <usize>load<u32>(SUFFIX));
  hashMessage(MESSAGE, end - MESSAGE, DIGEST);
  store<u32>(DIGEST + DIGEST_BYTES, 0); // the last character takes bits behind the digest
  let out = to;
  for (let bit: usize = 0; bit < DIGEST_BYTES << 3; bit += 5) {
    const bits = (<u32>load<u8>(DIGEST + (bit >> 3)) << 8) | <u32>load<u8>(DIGEST + (bit >> 3) + 1);
    store<u8>(out, load<u8>(ALPHABET + <usize>((bits >> (11 - (<u32>bit & 7))) & 31)));
    out += 1;
  }
  return out;
}

function putNumber(to: usize, value: u32): usize {
  let end = to + 1;
  for (let rest = value; rest > 9; rest /= 10) end += 1;
  let rest = value;
  for (let digit = end - 1; digit >= to; digit--) {
    store<u8>(digit, <u8>(0x30 + (rest % 10)));
    rest /= 10;
  }
  return end;
}

/**
 * Composes the event scanned last by a template, from offset `from` of the page on. Answers the offset behind the text;
 * 0 when the event is not quiet or the page has no room for it.
 */
export function compose(template: u32, value: u32, from: u32): u32 {
  if (load<u32>(QUIET) == 0 || <usize>from + TEXT_BYTES_MAX > PAGE_BYTES_MAX) return 0;
  let part = TEMPLATES + <usize>template * TEMPLATE_BYTES_MAX;
  let out = PAGE + <usize>from;
  for (;;) {
    const slot = load<u32>(part);
    const length = <usize>load<u32>(part, 4);
    out = put(out, part + 8, length);
    part += (8 + length + 15) & ~15;
    if (slot < NAME) out = putField(out, slot);
    else if (slot == NAME) out = putName(out);
    else if (slot == TIME) out = put(out, CLOCK, CLOCK_BYTES);
    else if (slot == NUMBER) out = putNumber(out, value);
    else if (slot == END) break;
  }
  return <u32>(out - PAGE);
}
