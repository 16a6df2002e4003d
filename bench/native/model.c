/** The trained model as core-wasm/assembly/model.ts scores it, with the widest vectors that the machine has. */
#include "model.h"
#include <immintrin.h>
#include <math.h>
#include <stdbool.h>

enum { WORDS_MAX = 2048, BYTES_MAX = 32, OPENING_WORDS_MAX = 3, MEMO_SLOTS = 16384, MEMO_SHIFT = 50, WORD_FEATURES = 5 };
enum { ROW_BYTES = 9, CHECK_AT = 8, FULL_FEATURES = 4096 };
#define NONE 0xffffu
static const uint32_t JOIN = 0x85ebca6b, WORD = 0x9e3779b1, QUESTION = 0xc2b2ae3d, PAIR = 0x165667b1;
static const uint32_t SKIP = 0xd3a2646d, LOW = 0xfd7046c5, HIGH = 0xb55a4f09, CHARS = 0x8da6b343;
static const uint32_t MENTION = 0x51ed270b, DIGITS = 0x2f9be6cc, LONG = 0x7a3b8d15;

typedef struct {
  int32_t at, score;
} Knot;
typedef struct {
  uint32_t category, ownCount, ceilingCount, unused;
  Knot own[8], ceiling[8];
} Head;
/** As the kernel's: a cache line, of which the last half is the word itself. */
typedef struct {
  _Alignas(64) uint32_t hash;
  uint32_t features;
  uint32_t unused[2];
  __m128i sums;
  uint8_t word[32];
} Entry;
typedef struct {
  uint32_t key, typed;
} Opening;

uint32_t overallScore;
int32_t categoryScores[CATEGORIES_MAX];
static uint32_t rowShift, charsMin, charsMax, headCount, openingMask;
static const Opening *openings;
static const uint8_t *rows;
static const Head *heads;
static Entry memo[MEMO_SLOTS], mentionEntry, longEntry;
static int32_t sums[HEADS_MAX];
static bool hasScored;

static const uint64_t K1 = 0x9e3779b97f4a7c15, K2 = 0xd6e8feb86659fd93;

static inline uint64_t load64(const uint8_t *address) {
  uint64_t value;
  memcpy(&value, address, 8);
  return value;
}

static inline uint64_t mix(uint64_t hash, uint64_t part) {
  const uint64_t product = (hash ^ part) * K1;
  return product ^ (product >> 32);
}

static inline uint64_t hashOf(const uint8_t *address, uint32_t length) {
  const uint64_t first = load64(address);
  const bool isShort = length <= 8;
  uint64_t hash = mix(length * K2, isShort ? first << ((64 - (length << 3)) & 63) : first);
  if (length > 16) {
    for (uint32_t offset = 8; offset < length - 8; offset += 8) hash = mix(hash, load64(address + offset));
  }
  const uint64_t last = mix(hash, load64(address + length - 8));
  hash = (isShort ? hash : last) * K2;
  return hash ^ (hash >> 29);
}

static inline uint32_t rotl(uint32_t value, int count) { return value << count | value >> (32 - count); }

static inline __m128i rowOf(uint32_t product) {
  const uint8_t *row = rows + (size_t)(product >> rowShift) * ROW_BYTES;
  const int16_t isKnown = row[CHECK_AT] == (uint8_t)(product >> (rowShift - 8));
  return _mm_and_si128(_mm_cvtepi8_epi16(_mm_loadl_epi64((const __m128i *)row)), _mm_set1_epi16(-isKnown));
}

static void putMask(Entry *entry, uint32_t hash) {
  entry->hash = hash;
  entry->features = 1;
  entry->sums = rowOf(hash * WORD);
}

void openModel(const uint8_t *tables) {
  const uint32_t *header = (const uint32_t *)tables;
  rowShift = header[0];
  charsMin = header[1];
  charsMax = header[2];
  headCount = header[3];
  openingMask = header[4];
  openings = (const Opening *)(tables + header[5]);
  rows = tables + header[6];
  heads = (const Head *)(tables + 32);
  putMask(&mentionEntry, MENTION);
  putMask(&longEntry, LONG);
}

static bool hasDigit(const uint8_t *word) {
  uint32_t found = 0;
  for (int i = 0; i < BYTES_MAX; i++) found |= (uint8_t)(word[i] - '0') < 10;
  return found != 0;
}

static void fillEntry(Entry *entry, const uint8_t *word, uint32_t length, uint32_t hash) {
  memcpy(entry->word, word, BYTES_MAX);
  if (hasDigit(word)) {
    putMask(entry, DIGITS);
    return;
  }
  __m128i total = rowOf(hash * WORD);
  uint32_t features = 1;
  if (charsMax != 0) {
    uint8_t marked[BYTES_MAX + 16] = {2};
    memcpy(marked + 1, word, length);
    marked[1 + length] = 3;
    const uint32_t markedLength = length + 2;
    for (uint32_t start = 0; start < markedLength; start++) {
      uint64_t bytes;
      memcpy(&bytes, marked + start, 8);
      const uint32_t longest = charsMax < markedLength - start ? charsMax : markedLength - start;
      for (uint32_t size = charsMin; size <= longest; size++) {
        const uint64_t gram = bytes & (((uint64_t)1 << (size << 3)) - 1);
        const uint32_t mixed = ((uint32_t)gram * LOW) ^ (((uint32_t)(gram >> 32) | size << 16) * HIGH);
        total = _mm_add_epi16(total, rowOf((mixed ^ mixed >> 15) * CHARS));
        features++;
      }
    }
  }
  entry->hash = hash;
  entry->features = features;
  entry->sums = total;
}

static inline Entry *entryOf(const Word *word) {
  static const uint8_t KEEP[64] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                   255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
  Entry *entry = &memo[word->key >> MEMO_SHIFT];
  const uint8_t *keep = KEEP + BYTES_MAX - word->length;
#if defined(__AVX2__)
  const __m256i bytes = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)word->address),
                                         _mm256_loadu_si256((const __m256i *)keep));
  const __m256i other = _mm256_xor_si256(bytes, _mm256_load_si256((const __m256i *)entry->word));
  if (!_mm256_testz_si256(other, other)) {
    uint8_t kept[BYTES_MAX];
    _mm256_storeu_si256((__m256i *)kept, bytes);
    fillEntry(entry, kept, word->length, (uint32_t)hashOf(word->address, word->length));
  }
#else
  uint8_t kept[BYTES_MAX];
  for (int i = 0; i < BYTES_MAX; i++) kept[i] = word->address[i] & keep[i];
  if (memcmp(kept, entry->word, BYTES_MAX) != 0) fillEntry(entry, kept, word->length, (uint32_t)hashOf(word->address, word->length));
#endif
  return entry;
}

static inline Entry *entryFor(const uint8_t *text, const Word *word) {
  if (word->start > 0 && text[word->start - 1] == '@') return &mentionEntry;
  return word->length > BYTES_MAX ? &longEntry : entryOf(word);
}

static uint32_t typedBy(uint32_t key) {
  for (uint32_t slot = (key ^ key >> 16) & openingMask;; slot = (slot + 1) & openingMask) {
    if (openings[slot].key == key) return openings[slot].typed;
    if (openings[slot].key == 0) return 0;
  }
}

static uint32_t wordsRead(void) {
  const size_t count = (size_t)(wordsEnd - words);
  return count < WORDS_MAX ? (uint32_t)count : WORDS_MAX;
}

static uint32_t questionOf(const uint8_t *text) {
  const uint32_t count = wordsRead() < OPENING_WORDS_MAX ? wordsRead() : OPENING_WORDS_MAX;
  for (uint32_t length = count; length > 0; length--) {
    uint32_t key = length;
    for (uint32_t i = 0; i < length; i++) key = (rotl(key, 11) + entryFor(text, &words[i])->hash) * JOIN;
    const uint32_t typed = typedBy(key == 0 ? 1 : key);
    if (typed != 0) return typed;
  }
  return 0;
}

/** Sums the rows of all words into `sums`; answers the number of features. */
static uint32_t sumWords(const uint8_t *text) {
  const Word *stop = words + wordsRead();
  const uint32_t typed = questionOf(text);
  uint32_t first = 0, second = 0, third = 0, features = 0;
  int64_t last = -1;
#if defined(__AVX2__)
  __m256i total = _mm256_setzero_si256();
#else
  __m128i low = _mm_setzero_si128(), high = _mm_setzero_si128();
#endif
  for (const Word *word = words; word < stop; word++) {
    const Entry *entry = entryFor(text, word);
    const uint32_t hash = entry->hash;
    if ((int64_t)hash == last) {
      third = second;
      second = first;
      continue;
    }
    last = (int64_t)hash;
    features += entry->features + WORD_FEATURES - 1;
    const __m128i pairs = _mm_add_epi16(rowOf((typed + hash) * QUESTION), rowOf((first + hash) * PAIR));
    const __m128i skips = _mm_add_epi16(rowOf((second + hash) * SKIP), rowOf((third + hash) * SKIP));
    const __m128i found = _mm_add_epi16(_mm_add_epi16(pairs, skips), entry->sums);
    third = second;
    second = first;
    first = rotl(hash, 11);
#if defined(__AVX2__)
    total = _mm256_add_epi32(total, _mm256_cvtepi16_epi32(found));
#else
    low = _mm_add_epi32(low, _mm_cvtepi16_epi32(found));
    high = _mm_add_epi32(high, _mm_cvtepi16_epi32(_mm_srli_si128(found, 8)));
#endif
  }
#if defined(__AVX2__)
  _mm256_storeu_si256((__m256i *)sums, total);
#else
  _mm_storeu_si128((__m128i *)sums, low);
  _mm_storeu_si128((__m128i *)(sums + 4), high);
#endif
  return features;
}

static int32_t scoreBy(const Knot *knot, uint32_t count, int32_t at) {
  if (count == 0 || at < knot->at) return 0;
  for (; count > 1; count--, knot++) {
    if (at >= knot[1].at) continue;
    const int64_t rise = knot[1].score - knot->score;
    return knot->score + (int32_t)((int64_t)(at - knot->at) * rise / (knot[1].at - knot->at));
  }
  return knot->score;
}

void scoreModel(const uint8_t *text) {
  if (hasScored) memset(categoryScores, 0, sizeof categoryScores);
  hasScored = false;
  const uint32_t features = sumWords(text);
  const int64_t norm = features < FULL_FEATURES
                           ? ((int64_t)1 << 40) / (int64_t)sqrt((double)(features + 1) * 4294967296.0)
                           : ((int64_t)1 << 30) / (int64_t)(features + 1);
  int32_t normed[HEADS_MAX];
  for (int i = 0; i < HEADS_MAX; i++) normed[i] = (int32_t)((sums[i] * norm) >> 16);
  overallScore = (uint32_t)scoreBy(heads->own, heads->ownCount, normed[0]);
  if (overallScore == 0) return;
  hasScored = true;
  for (uint32_t number = 1; number < headCount; number++) {
    const Head *head = &heads[number];
    if (head->category == NONE) continue;
    const int32_t own = scoreBy(head->own, head->ownCount, normed[number]);
    const int32_t ceiling = scoreBy(head->ceiling, head->ceilingCount, normed[0]);
    categoryScores[head->category] = own < ceiling ? own : ceiling;
  }
}
