/** How much each text counts in training: by the size of its source, by its class, and by who wrote it. */
export interface Lesson {
  readonly isUnsafe: boolean;
  readonly source: string;
  /** What leave-source-out holds out together; an authored family is its own. */
  readonly family: string;
  /** Whether the licence lets it teach weights that ship. */
  readonly mayTeach: boolean;
  readonly isAuthored: boolean;
}

export interface WeightOptions {
  /** A source of n texts weighs n^sourcePower in all: 1 counts texts, 0 counts sources. */
  readonly sourcePower: number;
  /** Share of authored texts in the weight of their class. */
  readonly authoredShare: number;
  /** Share of unsafe texts in the whole weight. */
  readonly unsafeShare: number;
  /** Families that must hold a row before it is learnt. */
  readonly familiesMin: number;
  /** How many families an authored one counts for there: it was written for this, so no source shows through it. */
  readonly authoredHolders: number;
}

/** One weight a lesson; their mean is 1 when both classes and both kinds of author are there. */
export function lessonWeights(lessons: readonly Lesson[], options: WeightOptions): Float32Array {
  const { sourcePower, authoredShare, unsafeShare } = options;
  const sourceOf = ({ source, isUnsafe }: Lesson) => `${source}/${isUnsafe}`;
  const groupOf = ({ isUnsafe, isAuthored }: Lesson) => `${isUnsafe}/${isAuthored}`;
  const counts = sums(lessons, sourceOf, () => 1);
  const raw = lessons.map((lesson) => (counts.get(sourceOf(lesson)) ?? 1) ** (sourcePower - 1));
  const totals = sums(lessons, groupOf, (index) => raw[index] ?? 0);
  return Float32Array.from(lessons, (lesson, index) => {
    const hasAuthored = totals.has(`${lesson.isUnsafe}/true`);
    const authored = hasAuthored ? authoredShare : 0;
    const share = (lesson.isUnsafe ? unsafeShare : 1 - unsafeShare) * (lesson.isAuthored ? authored : 1 - authored);
    return (share * lessons.length * (raw[index] ?? 0)) / (totals.get(groupOf(lesson)) ?? 1);
  });
}

function sums(lessons: readonly Lesson[], key: (lesson: Lesson) => string, value: (index: number) => number) {
  const totals = new Map<string, number>();
  for (const [index, lesson] of lessons.entries()) {
    totals.set(key(lesson), (totals.get(key(lesson)) ?? 0) + value(index));
  }
  return totals;
}
