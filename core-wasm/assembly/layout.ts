/**
 * The kernel's memory, all of it: fixed areas, no allocator, no growth, so that every view the host holds stays valid.
 *
 *     0        compiler statics (constant tables)
 *     RESULT   what one scan found: header, fields, scores (read by the host)
 *     STACK    one byte a nesting level of the JSON reader
 *     MATCHES  matchesMax x (u32 rule, u32 side + 0x100 * encoding, u32 start, u32 end)
 *     TOP      the largest weights of each side and category, see score.ts
 *     SPLIT    eventsMax x (u32 start, u32 end), offsets into the payload
 *     TEMPLATES  templatesMax x templateBytesMax, see compose.ts
 *     COMPOSER what one composition needs besides: schedule, message and digest of SHA-256, clock, suffix
 *     SEEN     two sides x rulesMax x u32 epoch: "this rule matched already"
 *     PAGE     texts composed of events, one behind the other, until the host takes them
 *     PAYLOAD  the payload as it came, 64 bytes of padding on both sides
 *     CANON    the canonical event: (u8 field, u32 length, decoded bytes) a string field, in field order
 *     SEGMENTS what encoded runs of both sides decode to, see segments.ts; DECODED their texts
 *     FOLDED   the folded bytes of one side; at most twice its decoded bytes, and joined letters behind them
 *     WORDS    one entry a word of that side, see words.ts
 *     CANDIDATES  u32 a word: entries that may anchor a phrase
 *     PACK     the pack's kernel tables, see pack.ts
 *     MARKED   a word between its marks, MASK_ENTRIES and SUMS: what the model needs besides, see model.ts
 *     MEMO     words that the model has met, see model.ts
 *
 * Untouched pages cost no memory: a process that only sees ordinary events touches about 2 MiB of this.
 */
export const RESULT: usize = 0x1_0000;
export const STACK: usize = 0x1_4000;
export const MATCHES: usize = 0x1_8000;
export const TOP: usize = 0x1_c000;
export const SPLIT: usize = 0x2_0000;
export const TEMPLATES: usize = 0xa_0000;
export const SHA_WORDS: usize = 0xc_0000;
export const MESSAGE: usize = 0xc_0100;
export const DIGEST: usize = 0xc_0400;
export const CLOCK: usize = 0xc_0440;
export const SUFFIX: usize = 0xc_0480;
export const SEEN: usize = 0x10_0000;
export const PAGE: usize = 0x14_0000;
export const PAYLOAD: usize = 0x20_0000;
export const CANON: usize = 0xb0_0000;
export const SEGMENTS: usize = 0xc0_8000;
export const DECODED: usize = 0xc1_0000;
export const FOLDED: usize = 0xd0_0000;
export const WORDS: usize = 0x110_0000;
export const CANDIDATES: usize = 0x1e0_0000;
export const PACK: usize = 0x220_0000;
export const MARKED: usize = 0x3df_0000;
export const MASK_ENTRIES: usize = 0x3df_0100;
export const SUMS: usize = 0x3df_0200;
export const MEMO: usize = 0x3e0_0000;
export const MEMORY_END: usize = 0x400_0000;

export const PAYLOAD_MAX: u32 = 8 * 1024 * 1024;
export const EVENT_MAX: u32 = 1024 * 1024;
export const EVENTS_MAX: u32 = 65_536;
export const TEMPLATE_BYTES_MAX: usize = 4096;
export const PAGE_BYTES_MAX: usize = 0xb_0000;
export const DEPTH_MAX: u32 = 64;
export const MATCHES_MAX: u32 = 1024;
export const RULES_MAX: u32 = 32_768;
export const CATEGORIES_MAX: u32 = 32;
export const MEMO_SLOTS: u32 = 16_384;
export const CONTEXTS_MAX: u32 = 16;
export const ID_CHARS_MAX: u32 = 128;
export const SHORT_CHARS_MAX: u32 = 64;
