/**
 * The kernel's phrases and model in plain C, on the same tables: what the kernel is measured against.
 *
 *     kernel <tables file> <texts file>    parts: 1 phrases, 2 model; rounds.h says the rest
 */
#include "match.h"
#include "model.h"
#include "rounds.h"

enum { TEXT_BYTES_MAX = 1 << 20 };
static uint32_t partsAsked;

static uint32_t scanText(const uint8_t *text, uint32_t length, uint32_t parts) {
  partsAsked = parts;
  beginMatch();
  foldText(text, length);
  if ((parts & 1) != 0) matchWords();
  if ((parts & 2) != 0) scoreModel(text);
  return matchCount;
}

/** FNV-1a by whole numbers over matches and scores (Fowler, Noll, Vo). */
static uint32_t digest(void) {
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < matchCount; i++) {
    hash = (hash ^ matches[i].rule) * 16777619u;
    hash = (hash ^ matches[i].start) * 16777619u;
    hash = (hash ^ matches[i].end) * 16777619u;
  }
  if ((partsAsked & 2) == 0) return hash;
  hash = (hash ^ overallScore) * 16777619u;
  for (int i = 0; i < CATEGORIES_MAX; i++) hash = (hash ^ (uint32_t)categoryScores[i]) * 16777619u;
  return hash;
}

int main(int count, char **arguments) {
  if (count != 3) fail("usage: kernel <tables file> <texts file>");
  const Tables tables = readTables(arguments[1]);
  openFold(tables.fold, TEXT_BYTES_MAX);
  openMatch(tables);
  if (tables.model != NULL) openModel(tables.model);
  answerRounds(readTexts(arguments[2]), scanText, digest);
  return 0;
}
