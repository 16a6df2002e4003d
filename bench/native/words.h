/** Words of a text, as core-wasm/assembly/words.ts has them; folding fills them. */
#ifndef WORDS_H
#define WORDS_H
#include <stdint.h>

typedef struct {
  const uint8_t *address;
  uint32_t length, start, end;
  uint32_t unused;
  uint64_t hash;
} Word;

/** The fold table of a pack (core-wasm/assembly/pack.ts). */
typedef struct {
  const uint16_t *index;
  const uint32_t *pages;
  const uint8_t *bytes;
} FoldTable;

/** Words of the text folded last: `words[0]` to before `wordsEnd`; an entry before and behind may be read. */
extern Word *words;
extern Word *wordsEnd;

/** Once, before any text. */
void openFold(FoldTable table, uint32_t textBytesMax);
void foldText(const uint8_t *text, uint32_t length);
#endif
