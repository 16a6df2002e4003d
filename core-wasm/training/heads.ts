/**
 * One head a category, and `risk` over all. What a record teaches a head: its own category is unsafe, safe records and
 * other known topics are safe, and the rest is left out, because a record of unknown topic may be of this one too.
 */
import type { Lesson } from "./lesson-weights.ts";

export const RISK = "risk";
export const JAILBREAK = "jailbreak";
/** Labelled records name these; the corpus names them and the finer ones below. */
const COARSE = ["cbrn", "self_harm", JAILBREAK, "exploitation", "child_safety", "violence", "hate", "sexual"] as const;
/** Topics that labelled sources file under `exploitation` or another coarse one: only the corpus tells them apart. */
const FINE = ["privacy", "cyber_offense", "deception", "social_engineering", "autonomous_replication"] as const;
export const HEADS: readonly string[] = [RISK, ...COARSE, ...FINE];

export interface Labelled extends Lesson {
  readonly category: string;
}

/** Lessons of one head: relabelled, and those that say nothing about it no longer teaching. */
export function headLessons(lessons: readonly Labelled[], head: string): Labelled[] {
  if (head === RISK) return [...lessons];
  const isFine = (FINE as readonly string[]).includes(head);
  return lessons.map((lesson) => {
    const { category, isUnsafe, isAuthored, mayTeach } = lesson;
    const isAttackAlone = category === JAILBREAK && isAuthored;
    const isSilent = isUnsafe && category !== head && !isAttackAlone && isVague(category, head, isFine && !isAuthored);
    return { ...lesson, isUnsafe: isUnsafe && category === head, mayTeach: mayTeach && !isSilent };
  });
}

/** Whether an unsafe record of another category may be of this head's topic as well. */
function isVague(category: string, head: string, isCoarseForFine: boolean): boolean {
  if (category === "other" || isCoarseForFine) return true;
  // A labelled attack on the assistant carries any topic (an authored one none, and without those every topic would
  // light up on a plain attack); and a fine topic is often called exploitation.
  if (category === JAILBREAK) return true;
  return head === "exploitation" && (FINE as readonly string[]).includes(category);
}
