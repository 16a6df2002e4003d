/** Texts to learn from: labelled prompts that the caller names, then the prompts of the authored corpus. */

import { type Extractor, featureExtractor } from "../src/model/features.ts";
import { authoredCorpus } from "./corpus/corpus.ts";
import type { Lesson } from "./lesson-weights.ts";
import { type Matrix, matrixOf } from "./matrix.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import { familyOf, isShippable, type LabelledText } from "./records.ts";
import type { TrainSettings } from "./settings.ts";
import { tokenize } from "./tokens.ts";

/** A lesson and what heads of categories need to know of it. */
export interface Text extends Lesson {
  /** Of the record, or of its place in the corpus. */
  readonly id: string;
  readonly category: string;
}
export interface Lessons {
  readonly texts: readonly Text[];
  readonly matrix: Matrix;
  readonly extractor: Extractor;
}

/** @param hasCorpus whether the authored texts teach too */
export function lessonsOf(records: readonly LabelledText[], settings: TrainSettings, hasCorpus: boolean): Lessons {
  const extractor = featureExtractor(settings.features);
  const words = records.map(({ text }) => tokenize(text));
  const authored = hasCorpus ? authoredCorpus(settings.learning.seed).filter(({ role }) => role === "prompt") : [];
  const isAlike = nearDuplicates(
    authored.map(({ text }) => tokenize(text)),
    words,
  );
  const corpus = authored.filter((_, index) => !isAlike[index]);
  const rows = [...words, ...corpus.map(({ text }) => tokenize(text))].map((text) => extractor.extract(text));
  const texts: Text[] = [
    ...records.map((record) => ({
      id: record.id,
      isUnsafe: record.isUnsafe,
      category: record.category,
      source: record.source,
      family: familyOf(record.source),
      mayTeach: isShippable(record),
      isAuthored: false,
    })),
    ...corpus.map(({ isUnsafe, category, family }, index) => ({
      id: `authored/${family}/${index}`,
      isUnsafe,
      category,
      source: `authored/${family}`,
      family: `authored/${family}`,
      mayTeach: true,
      isAuthored: true,
    })),
  ];
  return { texts, matrix: matrixOf(rows), extractor };
}
