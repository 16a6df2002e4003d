/**
 * Folding and keys as core-wasm/assembly/fold.ts, plain-blocks.ts, leet.ts, spaced.ts and anchors.ts make them, with the
 * widest vectors that the machine has.
 */
#include "words.h"
#include <immintrin.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { CLASS_WORD = 1, CLASS_SINGLE = 2, CLASS_REMOVED = 3, GAP_BYTES_MAX = 4, RUN_MIN = 3 };

enum { PLAIN_BYTES_MAX = 16, HASHED_BYTES_MAX = 64 };
static const uint64_t LONG_MIX = 0xd6e8feb86659fd93, KEY_MIX = 0x9e3779b97f4a7c15;

Word *words;
Word *wordsEnd;
Word **anchors;
Word **anchorsEnd;
static FoldTable fold;
static uint8_t *folded;
static uint8_t *out;
static bool inWord, hasSign, isSpaced;
static uint8_t *wordAt;
static uint32_t wordStart, wordEnd, units;

void openFold(FoldTable table, uint32_t textBytesMax) {
  fold = table;
  folded = (uint8_t *)calloc(1, 4 * (size_t)textBytesMax + 512) + 128;
  words = (Word *)calloc((size_t)textBytesMax + 8, sizeof(Word)) + 4;
  anchors = (Word **)calloc((size_t)textBytesMax + 8, sizeof(Word *));
}

static inline uint64_t load64(const uint8_t *address) {
  uint64_t value;
  memcpy(&value, address, 8);
  return value;
}

static inline uint64_t keyOfBytes(__m128i bytes, uint32_t length) {
  static const uint8_t KEPT[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
  const __m128i kept = _mm_and_si128(bytes, _mm_loadu_si128((const __m128i *)(KEPT + 16 - length)));
  return (((uint64_t)_mm_cvtsi128_si64(kept) * LONG_MIX) ^ (uint64_t)_mm_extract_epi64(kept, 1)) * KEY_MIX;
}

static inline uint64_t plainKey(const uint8_t *word, uint32_t length) {
  return keyOfBytes(_mm_or_si128(_mm_loadu_si128((const __m128i *)word), _mm_set1_epi8(0x20)), length);
}

static uint64_t keyOf(const uint8_t *address, uint32_t length) {
  if (length <= PLAIN_BYTES_MAX) return keyOfBytes(_mm_loadu_si128((const __m128i *)address), length);
  if (length > HASHED_BYTES_MAX) return 0;
  uint64_t mixed = length;
  for (uint32_t offset = 0; offset < length - 8; offset += 8) mixed = (mixed ^ load64(address + offset)) * LONG_MIX;
  return (mixed ^ load64(address + length - 8)) * KEY_MIX;
}

static inline uint32_t isAnchor(uint64_t key) {
  uint32_t bits;
  memcpy(&bits, fold.filter + (key >> 50), 4);
  return bits >> (key >> 45 & 31) & 1;
}

static inline void addKey(Word *word, uint64_t key) {
  word->key = key;
  *anchorsEnd = word;
  anchorsEnd += isAnchor(key);
}

static inline bool isLowerLetter(uint32_t byte) { return byte - 'a' < 26u; }
static inline bool isDigit(uint32_t byte) { return byte - '0' < 10u; }
static inline bool isAlphanumeric(uint32_t byte) { return isLowerLetter(byte | 0x20) || isDigit(byte); }

static inline uint32_t plainLetter(uint32_t byte) {
  switch (byte) {
    case '0': return 'o';
    case '1': return 'i';
    case '3': return 'e';
    case '4': case '@': return 'a';
    case '5': case '$': return 's';
    case '7': return 't';
    default: return 0;
  }
}

static void unleet(uint8_t *address, uint32_t length) {
  if (length < 3 || length > HASHED_BYTES_MAX) return;
  uint32_t letters = 0, signs = 0;
  for (uint32_t i = 0; i < length; i++) {
    if (isLowerLetter(address[i])) letters++;
    else if (plainLetter(address[i]) != 0) signs++;
  }
  if (signs == 0 || signs > letters) return;
  for (uint32_t i = 0; i < length; i++) {
    const uint32_t letter = plainLetter(address[i]);
    if (letter != 0) address[i] = (uint8_t)letter;
  }
}

static void addKeys(Word *first) {
  for (Word *word = first; word < wordsEnd; word++) addKey(word, keyOf(word->address, word->length));
}

static inline void putWord(Word *entry, const uint8_t *address, uint32_t length, uint32_t start, uint32_t stop) {
  entry->address = address;
  entry->length = length;
  entry->start = start;
  entry->end = stop;
}

static inline void closeWord(uint32_t length, uint32_t stop) {
  if (hasSign) unleet(wordAt, length);
  putWord(wordsEnd++, wordAt, length, wordStart, stop);
  units = length == 1 ? units + 1 : 0;
  if (units >= 3) isSpaced = true;
  inWord = false;
}

static inline void openWord(uint8_t *address, uint32_t start) {
  wordAt = address;
  wordStart = start;
  hasSign = false;
  inWord = true;
}

/** Masks of one block of 64 bytes; written to `target` with its letters in lower case. */
typedef struct {
  uint64_t letters, digits, table;
} Block;

#if defined(__AVX512BW__)
static inline Block readBlock(const uint8_t *from, uint8_t *target) {
  const __m512i block = _mm512_loadu_si512(from);
  const __m512i lowered = _mm512_or_si512(block, _mm512_set1_epi8(0x20));
  const __m512i turned = _mm512_sub_epi8(lowered, _mm512_set1_epi8('a'));
  const uint64_t letters = _mm512_cmplt_epu8_mask(turned, _mm512_set1_epi8(26));
  const uint64_t digits =
      _mm512_cmplt_epu8_mask(_mm512_sub_epi8(block, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
  const uint64_t table = _mm512_movepi8_mask(block) | _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('@')) |
                         _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('$'));
  _mm512_storeu_si512(target, lowered);
  return (Block){letters, digits, table};
}
#else
static inline Block readBlock(const uint8_t *from, uint8_t *target) {
  Block found = {0, 0, 0};
  for (int i = 0; i < 4; i++) {
    const __m128i block = _mm_loadu_si128((const __m128i *)(from + 16 * i));
    const __m128i lowered = _mm_or_si128(block, _mm_set1_epi8(0x20));
    const __m128i turned = _mm_sub_epi8(lowered, _mm_set1_epi8('a'));
    const __m128i letters = _mm_cmpeq_epi8(_mm_min_epu8(turned, _mm_set1_epi8(25)), turned);
    const __m128i number = _mm_sub_epi8(block, _mm_set1_epi8('0'));
    const __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(number, _mm_set1_epi8(9)), number);
    const __m128i table = _mm_or_si128(
        block, _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('@')), _mm_cmpeq_epi8(block, _mm_set1_epi8('$'))));
    _mm_storeu_si128((__m128i *)(target + 16 * i), lowered);
    found.letters |= (uint64_t)(uint32_t)_mm_movemask_epi8(letters) << (16 * i);
    found.digits |= (uint64_t)(uint32_t)_mm_movemask_epi8(digits) << (16 * i);
    found.table |= (uint64_t)(uint32_t)_mm_movemask_epi8(table) << (16 * i);
  }
  return found;
}
#endif

/** Where runs of more than 16 bits begin. */
static inline uint64_t longRuns(uint64_t inside) {
  const uint64_t two = inside & inside >> 1, four = two & two >> 2, eight = four & four >> 4;
  return eight & eight >> 8 & inside >> PLAIN_BYTES_MAX;
}

static inline void addPlain(const uint8_t *block, uint64_t starts, uint64_t stops, const uint8_t *text, uint8_t *target) {
  Word *entry = wordsEnd;
  Word **anchor = anchorsEnd;
  while (stops != 0) {
    const uint32_t start = (uint32_t)__builtin_ctzll(starts), stop = (uint32_t)__builtin_ctzll(stops);
    const uint32_t position = (uint32_t)(block - text);
    starts &= starts - 1;
    stops &= stops - 1;
    putWord(entry, target + start, stop - start, position + start, position + stop);
    entry->key = plainKey(block + start, stop - start);
    *anchor = entry;
    anchor += isAnchor(entry->key);
    entry++;
  }
  wordsEnd = entry;
  anchorsEnd = anchor;
}

static void addAny(const uint8_t *block, uint64_t starts, uint64_t stops, const uint8_t *text, uint8_t *target,
                   uint64_t digits) {
  while (stops != 0) {
    const uint32_t start = (uint32_t)__builtin_ctzll(starts), stop = (uint32_t)__builtin_ctzll(stops);
    const uint32_t size = stop - start, position = (uint32_t)(block - text);
    starts &= starts - 1;
    stops &= stops - 1;
    putWord(wordsEnd++, target + start, size, position + start, position + stop);
    const bool hasDigit = (digits >> start) << (64 - size) != 0;
    if (hasDigit) unleet(target + start, size);
    const bool isFolded = hasDigit || size > PLAIN_BYTES_MAX;
    addKey(wordsEnd - 1, isFolded ? keyOf(target + start, size) : plainKey(block + start, size));
  }
}

static inline uint64_t nearBehind(uint64_t letters, uint64_t past, uint64_t inside) {
  return letters << 2 | letters << 3 | letters << 4 | (letters << 5 & ~(inside << 2)) | (past >> 59 != 0 ? 31 : 0);
}

static inline uint32_t unitsOf(uint64_t single, uint64_t near) {
  return near >> 59 != 0 ? 2 : single >> 59 != 0 ? 1 : 0;
}

static uint32_t foldPlain(const uint8_t *text, uint32_t position, uint32_t length) {
  const uint64_t all = ~(uint64_t)0;
  uint8_t *target = out;
  uint64_t single = units > 0 ? all : 0, near = units > 1 ? all : 0;
  while (position < length) {
    const uint32_t left = length - position;
    const uint64_t counted = left >= 64 ? all : ((uint64_t)1 << left) - 1;
    const Block block = readBlock(text + position, target);
    if ((block.table & counted) != 0) break;
    const uint64_t digits = block.digits & counted;
    const uint64_t alphabetic = block.letters & counted;
    const uint64_t inside = alphabetic | digits;
    const uint64_t mixed = digits & (alphabetic << 1 | alphabetic >> 1);
    const uint32_t whole = inside == all ? 0 : 64 - (uint32_t)__builtin_clzll(~inside);
    const uint32_t reach = whole == 0 ? 64 : whole, step = reach < left ? reach : left;
    const uint64_t before = (inside << 1) | inWord;
    const uint64_t starts = inside & ~before;
    uint64_t stops = before & ~inside;
    if (inWord) {
      const uint32_t stop = stops == 0 ? 64 : (uint32_t)__builtin_ctzll(stops);
      if ((digits & (stop == 64 ? all : ((uint64_t)1 << stop) - 1)) != 0) hasSign = true;
      if (stop < 64) {
        closeWord((uint32_t)(target + stop - wordAt), stop == 0 ? wordEnd : position + stop);
        addKeys(wordsEnd - 1);
        stops &= stops - 1;
        if (units > 0) single = all;
        if (units > 1) near = all;
      }
    }
    const uint64_t letters = starts & stops >> 1;
    const uint64_t nearHere = letters & nearBehind(letters, single, inside);
    if (nearHere != 0 && (letters & nearBehind(nearHere, near, inside)) != 0) isSpaced = true;
    if ((mixed | longRuns(inside)) == 0) addPlain(text + position, starts, stops, text, target);
    else addAny(text + position, starts, stops, text, target, digits);
    if (whole == 0 && !inWord) {
      units = unitsOf(single, near);
      openWord(target, position);
      hasSign = digits != 0;
    }
    if (inWord) wordEnd = position + step;
    single = letters << (64 - step);
    near = nearHere << (64 - step);
    position += step;
    target += step;
  }
  units = unitsOf(single, near);
  out = target;
  return position < length ? position : length;
}

static uint32_t jointSigns(const uint8_t *text, uint32_t position, uint32_t length) {
  if (position == 0 || !isAlphanumeric(text[position - 1])) return 0;
  uint32_t behind = position + 1;
  while (behind < length && behind < position + 3 && (text[behind] == '@' || text[behind] == '$')) behind++;
  if (behind >= length || behind == position + 3) return 0;
  return isAlphanumeric(text[behind]) ? behind - position : 0;
}

static inline void putByte(uint32_t byte, uint32_t position) {
  if (!inWord) openWord(out, position);
  *out++ = (uint8_t)byte;
  wordEnd = position + 1;
}

static inline void endWord(void) {
  if (inWord) closeWord((uint32_t)(out - wordAt), wordEnd);
}

static uint32_t foldAscii(const uint8_t *text, uint32_t position, uint32_t length) {
  const uint32_t byte = text[position];
  if (isLowerLetter(byte | 0x20)) {
    putByte(byte | 0x20, position);
  } else if (isDigit(byte)) {
    putByte(byte, position);
    hasSign = true;
  } else if (byte == '@' || byte == '$') {
    const uint32_t count = jointSigns(text, position, length);
    if (count != 0) {
      for (uint32_t i = 0; i < count; i++) putByte(text[position + i], position + i);
      hasSign = true;
      return position + count;
    }
    endWord();
  } else {
    endWord();
  }
  return position + 1;
}

static uint32_t codePointAt(const uint8_t *text, uint32_t size) {
  const uint32_t second = text[1] & 0x3f;
  if (size == 2) return (text[0] & 0x1fu) << 6 | second;
  const uint32_t third = text[2] & 0x3f;
  if (size == 3) return (text[0] & 0x0fu) << 12 | second << 6 | third;
  return (text[0] & 0x07u) << 18 | second << 12 | third << 6 | (text[3] & 0x3fu);
}

static uint32_t foldCodePoint(const uint8_t *text, uint32_t position) {
  const uint8_t *address = text + position;
  const uint32_t size = *address < 0xe0 ? 2 : *address < 0xf0 ? 3 : 4;
  const uint32_t codePoint = codePointAt(address, size);
  const uint32_t entry = fold.pages[(uint32_t)fold.index[codePoint >> 8] << 8 | (codePoint & 0xff)];
  const uint32_t kind = entry & 3;
  const uint32_t behind = position + size;
  if (kind == CLASS_REMOVED) return behind;
  if (kind != CLASS_WORD) endWord();
  if (kind != CLASS_WORD && kind != CLASS_SINGLE) return behind;
  if (!inWord) openWord(out, position);
  const uint32_t bytes = (entry >> 2) & 15;
  memcpy(out, bytes == 0 ? address : fold.bytes + (entry >> 6), bytes == 0 ? 4 : 8);
  out += bytes == 0 ? size : bytes;
  wordEnd = behind;
  if (kind == CLASS_WORD) hasSign = true;
  else endWord();
  return behind;
}

static bool isUnit(const Word *word) {
  return word->length == 1 && (isLowerLetter(word->address[0]) || isDigit(word->address[0]));
}

static inline uint32_t gapBefore(const Word *word) {
  return word->start - word[-1].end;
}

static bool isSameGap(const uint8_t *text, const Word *word, const Word *other) {
  const uint32_t length = gapBefore(word);
  return length == gapBefore(other) && memcmp(text + word[-1].end, text + other[-1].end, length) == 0;
}

static Word *runEnd(const uint8_t *text, Word *first, const Word *stop) {
  Word *word = first + 1;
  while (word < stop && isUnit(word)) {
    const uint32_t gap = gapBefore(word);
    if (gap == 0 || gap > GAP_BYTES_MAX) break;
    if (word > first + 1 && !isSameGap(text, word, first + 1)) break;
    word++;
  }
  return word;
}

static void joinSpaced(const uint8_t *text, uint8_t *space) {
  const Word *stop = wordsEnd;
  Word *from = words;
  while (from < stop && !(isUnit(from) && runEnd(text, from, stop) - from >= RUN_MIN)) from++;
  if (from == stop) return;
  Word *to = from;
  while (from < stop) {
    Word *behind = isUnit(from) ? runEnd(text, from, stop) : from + 1;
    const uint32_t count = (uint32_t)(behind - from);
    if (count < RUN_MIN) {
      *to++ = *from++;
      continue;
    }
    const uint32_t start = from->start, joinedEnd = behind[-1].end;
    for (uint32_t i = 0; i < count; i++) space[i] = from[i].address[0];
    unleet(space, count);
    putWord(to, space, count, start, joinedEnd);
    to++->key = keyOf(space, count);
    space += count;
    from = behind;
  }
  wordsEnd = to;
  anchorsEnd = anchors;
  for (Word *word = words; word < wordsEnd; word++) {
    *anchorsEnd = word;
    anchorsEnd += isAnchor(word->key);
  }
}

void foldText(const uint8_t *text, uint32_t length) {
  wordsEnd = words;
  anchorsEnd = anchors;
  out = folded;
  inWord = false;
  units = 0;
  isSpaced = false;
  uint32_t position = 0;
  while (position < length) {
    position = foldPlain(text, position, length);
    Word *first = wordsEnd;
    const uint32_t stop = position + 64 < length ? position + 64 : length;
    while (position < stop) {
      position = text[position] < 0x80 ? foldAscii(text, position, length) : foldCodePoint(text, position);
    }
    if (position >= length) endWord();
    addKeys(first);
  }
  if (isSpaced) joinSpaced(text, out);
}
