/** Phrases on the words of a text (words.h). */
#ifndef MATCH_H
#define MATCH_H
#include "tables.h"

#define MATCHES_MAX 1024

typedef struct {
  uint32_t rule, side, start, end;
} Match;

extern Match matches[MATCHES_MAX];
extern uint32_t matchCount;

/** Once, before any text. */
void openMatch(Tables tables);
/** Forgets the text before. */
void beginMatch(void);
/** Lists every phrase on the words folded last. */
void matchWords(void);
#endif
