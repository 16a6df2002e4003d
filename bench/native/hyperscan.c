/**
 * Hyperscan in block mode on the same phrases and texts: literals, and in the callback whether the match begins and
 * ends at the edge of a word.
 *
 *     hyperscan <phrases file> <texts file>    one phrase a line; parts: 0 case-sensitive, 1 caseless
 */
#include "rounds.h"
#include <hs/hs.h>

static uint32_t phraseCount;
static uint32_t *lengths;
static hs_database_t *databases[2];
static hs_scratch_t *scratch;
static const uint8_t *textNow;
static uint32_t lengthNow, found, hashNow;

static int isWordByte(uint8_t byte) {
  return (uint8_t)((byte | 0x20) - 'a') < 26 || (uint8_t)(byte - '0') < 10;
}

static int onMatch(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
  (void)from, (void)flags, (void)context;
  const uint32_t start = (uint32_t)to - lengths[id];
  if (start > 0 && isWordByte(textNow[start - 1])) return 0;
  if (to < lengthNow && isWordByte(textNow[to])) return 0;
  found++;
  /* A sum, because the order of matches that end together is not fixed. */
  hashNow += (id * 2654435761u ^ start) * 16777619u;
  return 0;
}

static uint32_t scanText(const uint8_t *text, uint32_t length, uint32_t parts) {
  textNow = text;
  lengthNow = length;
  found = 0;
  hashNow = 0;
  if (hs_scan(databases[parts & 1], (const char *)text, length, 0, scratch, onMatch, NULL) != HS_SUCCESS)
    fail("hyperscan refused to scan");
  return found;
}

static uint32_t digest(void) { return hashNow; }

int main(int count, char **arguments) {
  if (count != 3) fail("usage: hyperscan <phrases file> <texts file>");
  size_t size;
  char *bytes = (char *)readFile(arguments[1], &size);
  for (size_t i = 0; i < size; i++) phraseCount += bytes[i] == '\n';
  const char **phrases = malloc(phraseCount * sizeof *phrases);
  unsigned *flags = malloc(phraseCount * sizeof *flags);
  unsigned *ids = malloc(phraseCount * sizeof *ids);
  size_t *sizes = malloc(phraseCount * sizeof *sizes);
  lengths = malloc(phraseCount * sizeof *lengths);
  char *line = bytes;
  for (uint32_t i = 0; i < phraseCount; i++) {
    char *end = strchr(line, '\n');
    phrases[i] = line;
    ids[i] = i;
    sizes[i] = (size_t)(end - line);
    lengths[i] = (uint32_t)sizes[i];
    line = end + 1;
  }
  for (unsigned mode = 0; mode < 2; mode++) {
    for (uint32_t i = 0; i < phraseCount; i++) flags[i] = mode == 1 ? HS_FLAG_CASELESS : 0;
    hs_compile_error_t *error;
    if (hs_compile_lit_multi(phrases, flags, ids, sizes, phraseCount, HS_MODE_BLOCK, NULL, &databases[mode], &error) !=
        HS_SUCCESS)
      fail(error->message);
    if (hs_alloc_scratch(databases[mode], &scratch) != HS_SUCCESS) fail("hyperscan has no scratch");
  }
  answerRounds(readTexts(arguments[2]), scanText, digest);
  return 0;
}
