/** A pack's kernel tables, read where the kernel reads them: core-wasm/assembly/pack.ts and model.ts draw them. */
#ifndef TABLES_H
#define TABLES_H
#include "rounds.h"
#include "words.h"

typedef struct {
  uint32_t upper, to;
} Edge;
typedef struct {
  uint32_t firstPhrase, phraseCount;
} Node;
typedef struct {
  uint32_t rule, words, anchor, offset;
} Phrase;
typedef struct {
  uint32_t category, context, weight, sides;
} Rule;

typedef struct {
  uint32_t edgeMask, stepMask;
  FoldTable fold;
  const Edge *edges;
  const Node *nodes;
  const uint32_t *ends;
  const Phrase *phrases;
  const uint8_t *phraseBytes;
  const Rule *rules;
  const uint8_t *steps;
  /** NULL in a pack without a model. */
  const uint8_t *model;
} Tables;

static inline Tables readTables(const char *path) {
  size_t length;
  const uint8_t *pack = readFile(path, &length);
  const uint32_t *header = (const uint32_t *)pack;
  const uint8_t *at[12];
  for (int i = 0; i < 12; i++) at[i] = pack + header[8 + i];
  return (Tables){
      .edgeMask = header[7],
      .stepMask = header[20] & ~3u,
      .fold = {(const uint16_t *)at[1], (const uint32_t *)at[2], at[3], at[0]},
      .edges = (const Edge *)at[4],
      .nodes = (const Node *)at[5],
      .ends = (const uint32_t *)at[6],
      .phrases = (const Phrase *)at[7],
      .phraseBytes = at[8],
      .rules = (const Rule *)at[9],
      .steps = at[11],
      .model = header[21] == 0 ? NULL : pack + header[21],
  };
}
#endif
