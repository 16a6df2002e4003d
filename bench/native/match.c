/** Phrases on the words folded last, as core-wasm/assembly/match.ts and score.ts find and count them. */
#include "match.h"
#include <stdbool.h>

enum { TERMS = 8, CATEGORIES_MAX = 32, RULES_MAX = 32768, HAS_RIGHT = 1, HAS_LEFT = 2 };
#define NO_NODE 0xffffffffu
#define NONE 0xffffu
static const uint64_t EDGE_MIX = 0xa0761d6478bd642f, STEP_MIX = 0xe7037ed1a0b428db;

Match matches[MATCHES_MAX];
uint32_t matchCount;
static Tables pack;
static bool truncated, hasCounted;
static uint32_t seen[RULES_MAX], top[CATEGORIES_MAX][TERMS], epoch, contextsSeen;

void openMatch(Tables tables) { pack = tables; }

static inline uint32_t edgeTo(uint32_t node, uint64_t direction, uint64_t word) {
  uint64_t key = (word ^ (((uint64_t)node << 1 | direction) + 1)) * EDGE_MIX;
  key ^= key >> 32;
  if (key == 0) key = 1;
  for (uint32_t slot = (uint32_t)key & pack.edgeMask;; slot = (slot + 1) & pack.edgeMask) {
    const Edge *edge = &pack.edges[slot];
    if (edge->key == key) return edge->node;
    if (edge->key == 0) return NO_NODE;
  }
}

static bool isPhrase(const Phrase *phrase, const Word *word) {
  const uint8_t *bytes = pack.phraseBytes + phrase->offset;
  for (uint32_t left = phrase->words; left > 0; left--, word++) {
    const uint32_t length = *bytes;
    if (word->length != length || memcmp(word->address, bytes + 1, length) != 0) return false;
    bytes += length + 1;
  }
  return true;
}

static void insertWeight(uint32_t *largest, uint32_t weight) {
  for (int i = 0; i < TERMS; i++) {
    const uint32_t there = largest[i];
    if (weight <= there) continue;
    largest[i] = weight;
    weight = there;
  }
}

/** Counts a rule that looks at prompts once; false for any other. */
static bool countRule(uint32_t number) {
  const Rule *rule = &pack.rules[number];
  if ((rule->sides & 1) == 0) return false;
  if (seen[number] == epoch) return true;
  seen[number] = epoch;
  hasCounted = true;
  if (rule->category == NONE) contextsSeen |= 1u << rule->context;
  else insertWeight(top[rule->category], rule->weight);
  return true;
}

static void report(const Node *node, const Word *first, const Word *last) {
  for (uint32_t i = 0; i < node->phraseCount; i++) {
    const Phrase *phrase = &pack.phrases[pack.ends[node->firstPhrase + i]];
    if (truncated && seen[phrase->rule] == epoch) continue;
    if (!isPhrase(phrase, first) || !countRule(phrase->rule)) continue;
    if (matchCount >= MATCHES_MAX) {
      truncated = true;
      continue;
    }
    matches[matchCount++] = (Match){phrase->rule, 0, first->start, last->end};
  }
}

static void walkLeft(uint32_t index, const Word *first, const Word *last) {
  while ((pack.nodes[index].flags & HAS_LEFT) != 0 && first > words) {
    first--;
    index = edgeTo(index, 1, first->key);
    if (index == NO_NODE) return;
    report(&pack.nodes[index], first, last);
  }
}

static void walkFrom(const Word *anchor) {
  uint32_t index = edgeTo(0, 0, anchor->key);
  const Word *last = anchor;
  while (index != NO_NODE) {
    report(&pack.nodes[index], anchor, last);
    walkLeft(index, anchor, last);
    if ((pack.nodes[index].flags & HAS_RIGHT) == 0 || ++last >= wordsEnd) return;
    index = edgeTo(index, 0, last->key);
  }
}

static inline uint32_t mayStepTo(uint64_t turned, uint64_t beside, uint64_t side) {
  return isInFilter(pack.steps, pack.stepMask, ((turned ^ beside) + side) * STEP_MIX);
}

static inline uint32_t mayStep(const Word *anchor) {
  const uint64_t turned = anchor->key << 17 | anchor->key >> 47;
  return mayStepTo(turned, anchor[1].key, 0) | mayStepTo(turned, anchor[-1].key, 1) | mayStepTo(turned, 0, 2);
}

void beginMatch(void) {
  epoch++;
  if (hasCounted) memset(top, 0, sizeof top);
  hasCounted = false;
  truncated = false;
  contextsSeen = 0;
  matchCount = 0;
}

void matchWords(void) {
  Word **kept = anchors;
  for (Word **anchor = anchors; anchor < anchorsEnd; anchor++) {
    Word *word = *anchor;
    *kept = word;
    kept += mayStep(word);
  }
  for (Word **anchor = anchors; anchor < kept; anchor++) walkFrom(*anchor);
}
