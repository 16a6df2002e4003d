/** The trained model on the words of a text (words.h), which are hashed already. */
#ifndef MODEL_H
#define MODEL_H
#include "tables.h"

#define HEADS_MAX 8
#define CATEGORIES_MAX 32

/** What it says of the text: overall, and by category. */
extern uint32_t overallScore;
extern int32_t categoryScores[CATEGORIES_MAX];

/** Once, before any text. */
void openModel(const uint8_t *tables);
void scoreModel(const uint8_t *text);
#endif
