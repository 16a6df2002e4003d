/** Phrases on the words folded last, as core-wasm/assembly/match.ts and score.ts find and count them. */
#include "match.h"
#include <stdbool.h>

enum { TERMS = 8, CATEGORIES_MAX = 32, RULES_MAX = 32768, HAS_RIGHT = 1, HAS_LEFT = 2, HAS_ENDS = 4, NODE_SHIFT = 3 };
enum { RIGHT, LEFT, NEITHER, RIGHT_TURN = 11, LEFT_TURN = 22, NONE_TURN = 5 };
#define NONE 0xffffu
static const uint64_t EDGE_MIX = 0xa0761d6478bd642f, STEP_MIX = 0xe7037ed1a0b428db;

Match matches[MATCHES_MAX];
uint32_t matchCount;
static Tables pack;
static bool truncated, hasCounted;
static uint32_t seen[RULES_MAX], top[CATEGORIES_MAX][TERMS], epoch, contextsSeen;

void openMatch(Tables tables) { pack = tables; }

static inline uint32_t findEdge(uint64_t product) {
  const uint32_t upper = (uint32_t)(product >> 32);
  for (uint32_t slot = ((uint32_t)product ^ upper) & pack.edgeMask;; slot = (slot + 1) & pack.edgeMask) {
    const Edge edge = pack.edges[slot];
    if (edge.to == 0 || edge.upper == upper) return edge.to;
  }
}

static uint32_t nextEdge(uint32_t to, uint64_t direction, const Word *beside) {
  return findEdge((beside->key ^ (((uint64_t)(to >> NODE_SHIFT) << 1 | direction) + 1)) * EDGE_MIX);
}

static uint32_t firstEdge(const Word *anchor, uint64_t side, uint64_t beside) {
  return findEdge((((anchor->key << 17 | anchor->key >> 47) ^ beside) + side) * STEP_MIX);
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

static void report(uint32_t to, const Word *first, const Word *last) {
  if ((to & HAS_ENDS) == 0) return;
  const Node *node = &pack.nodes[to >> NODE_SHIFT];
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

static void walkLeft(uint32_t to, const Word *first, const Word *last) {
  while (to != 0) {
    report(to, first, last);
    if ((to & HAS_LEFT) == 0 || first == words) return;
    first--;
    to = nextEdge(to, LEFT, first);
  }
}

static void walkRight(uint32_t to, const Word *anchor) {
  const Word *last = anchor + 1;
  while (to != 0) {
    report(to, anchor, last);
    if ((to & HAS_LEFT) != 0 && anchor > words) walkLeft(nextEdge(to, LEFT, anchor - 1), anchor - 1, last);
    if ((to & HAS_RIGHT) == 0 || ++last == wordsEnd) return;
    to = nextEdge(to, RIGHT, last);
  }
}

static inline uint32_t turnedHigh(const Word *anchor, uint32_t by) {
  const uint32_t high = (uint32_t)(anchor->key >> 32);
  return high << by | high >> (32 - by);
}

static inline uint32_t stepBit(uint32_t mixed) { return isInFilter(pack.steps, pack.stepMask, mixed); }

static inline uint32_t mayGoRight(const Word *anchor) {
  return stepBit(turnedHigh(anchor, RIGHT_TURN) ^ (uint32_t)(anchor[1].key >> 32));
}

static inline uint32_t mayGoLeft(const Word *anchor) {
  return stepBit(turnedHigh(anchor, LEFT_TURN) ^ (uint32_t)(anchor[-1].key >> 32));
}

static inline uint32_t mayStand(const Word *anchor) { return stepBit(turnedHigh(anchor, NONE_TURN)); }

static inline uint32_t mayStep(const Word *anchor) { return mayGoRight(anchor) | mayGoLeft(anchor) | mayStand(anchor); }

static void walkFrom(const Word *anchor) {
  if (mayStand(anchor)) report(firstEdge(anchor, NEITHER, 0), anchor, anchor);
  if (anchor > words && mayGoLeft(anchor)) walkLeft(firstEdge(anchor, LEFT, anchor[-1].key), anchor - 1, anchor);
  if (anchor + 1 < wordsEnd && mayGoRight(anchor)) walkRight(firstEdge(anchor, RIGHT, anchor[1].key), anchor);
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
