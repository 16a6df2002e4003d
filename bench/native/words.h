/** Words of a text, as core-wasm/assembly/words.ts has them; folding fills them. */
#ifndef WORDS_H
#define WORDS_H
#include <stdint.h>
#include <string.h>

typedef struct {
  const uint8_t *address;
  uint32_t length, start, end;
  uint32_t unused;
  uint64_t key;
} Word;

/** What folding reads of a pack: the fold table and the filter of anchors (core-wasm/assembly/pack.ts). */
typedef struct {
  const uint16_t *index;
  const uint32_t *pages;
  const uint8_t *bytes;
  const uint8_t *filter;
} FoldTable;

/** Words of the text folded last: `words[0]` to before `wordsEnd`; an entry before and behind may be read. */
extern Word *words;
extern Word *wordsEnd;
/** Those of them that may anchor a phrase, `anchors[0]` to before `anchorsEnd`. */
extern Word **anchors;
extern Word **anchorsEnd;

/** Once, before any text. */
void openFold(FoldTable table, uint32_t textBytesMax);
void foldText(const uint8_t *text, uint32_t length);

/** Whether both bits of what keys are mixed to are set in a filter, 1 or 0. */
static inline uint32_t isInFilter(const uint8_t *filter, uint32_t mask, uint32_t mixed) {
  uint32_t bits;
  memcpy(&bits, filter + (mixed >> 8 & mask), 4);
  return bits >> (mixed & 31) & bits >> (mixed >> 5 & 31) & 1;
}
#endif
