/**
 * What the measured programs share: they read texts once, then answer lines on standard input, one pass over all texts
 * a line, so that whoever compares can take turns with them.
 *
 *     texts file   u32 count, u32 end[count], bytes; all little-endian
 *     "time <parts>\n"   one pass; answers "<nanoseconds of the processor> <matches>\n"
 *     "check <parts>\n"  one pass; answers one line a text, made by the program
 */
#ifndef ROUNDS_H
#define ROUNDS_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/** Bytes that may be read before and behind what a file holds. */
#define PADDING 128

typedef struct {
  uint32_t count;
  const uint32_t *ends;
  const uint8_t *bytes;
} Texts;

static inline void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static inline uint8_t *readFile(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail("a file cannot be opened");
  fseek(file, 0, SEEK_END);
  *length = (size_t)ftell(file);
  rewind(file);
  /* Cache lines as the kernel has them: its tables begin at a multiple of 64. */
  uint8_t *memory = aligned_alloc(64, (*length + 3 * PADDING) / 64 * 64 + PADDING);
  if (memory == NULL) fail("no memory");
  memset(memory, 0, (*length + 3 * PADDING) / 64 * 64 + PADDING);
  if (fread(memory + PADDING, 1, *length, file) != *length) fail("a file is cut short");
  fclose(file);
  return memory + PADDING;
}

static inline Texts readTexts(const char *path) {
  size_t length;
  const uint8_t *bytes = readFile(path, &length);
  Texts texts;
  memcpy(&texts.count, bytes, 4);
  texts.ends = (const uint32_t *)(bytes + 4);
  texts.bytes = bytes + 4 + 4 * (size_t)texts.count;
  return texts;
}

/** Of the processor, so that what else the machine does is no part of it. */
static inline uint64_t processorNs(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/** Matches of one text; `parts` says what is asked for. */
typedef uint32_t (*Scan)(const uint8_t *text, uint32_t length, uint32_t parts);
/** A number that tells answers of the last text apart. */
typedef uint32_t (*Digest)(void);

static inline void answerRounds(Texts texts, Scan scan, Digest digest) {
  char command[16];
  uint32_t parts;
  while (scanf("%15s %u", command, &parts) == 2) {
    const int isCheck = strcmp(command, "check") == 0;
    uint64_t matches = 0;
    const uint64_t start = processorNs();
    uint32_t from = 0;
    for (uint32_t i = 0; i < texts.count; i++) {
      const uint32_t found = scan(texts.bytes + from, texts.ends[i] - from, parts);
      matches += found;
      if (isCheck) printf("%u %u\n", found, digest());
      from = texts.ends[i];
    }
    if (!isCheck) printf("%llu %llu\n", (unsigned long long)(processorNs() - start), (unsigned long long)matches);
    fflush(stdout);
  }
}
#endif
