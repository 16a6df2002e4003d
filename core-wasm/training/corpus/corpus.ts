/** The authored corpus: every family, expanded. Licence-clean by construction, and the same text for the same seed. */

import { EAST_ASIA } from "./families/abroad/east-asia.ts";
import { GERMANIC } from "./families/abroad/germanic.ts";
import { HARM_IN_LATIN_SCRIPT } from "./families/abroad/harm-in-latin-script.ts";
import { HARM_IN_OTHER_SCRIPTS } from "./families/abroad/harm-in-other-scripts.ts";
import { MALICE_AND_KINDNESS } from "./families/abroad/malice-and-kindness.ts";
import { MIDDLE_EAST } from "./families/abroad/middle-east.ts";
import { ROMANCE } from "./families/abroad/romance.ts";
import { SLAVIC_AND_GREEK } from "./families/abroad/slavic-and-greek.ts";
import { SOUTH_ASIA_AND_AFRICA } from "./families/abroad/south-asia-and-africa.ts";
import { SOUTHEAST_ASIA } from "./families/abroad/southeast-asia.ts";
import { STUDY_HEALTH_AND_DESPAIR } from "./families/abroad/study-health-and-despair.ts";
import { ADULT } from "./families/adult.ts";
import { ADVICE } from "./families/advice.ts";
import { CARE_AND_CONTEMPT } from "./families/answers/care-and-contempt.ts";
import { EVERYDAY_ANSWERS } from "./families/answers/everyday-answers.ts";
import { REFUSAL_AND_COMPLIANCE } from "./families/answers/refusal-and-compliance.ts";
import { THIN_ANSWERS } from "./families/answers/thin-answers.ts";
import { AUTONOMY } from "./families/autonomy.ts";
import { COAXING } from "./families/coaxing.ts";
import { CONFIDING } from "./families/confiding.ts";
import { COUNSEL } from "./families/counsel.ts";
import { COUNSEL_LETTERS } from "./families/counsel-letters.ts";
import { CRIME } from "./families/crime.ts";
import { CYBER } from "./families/cyber.ts";
import { DOCUMENTS } from "./families/documents.ts";
import { EVERYDAY } from "./families/everyday.ts";
import { EXAMINATIONS } from "./families/examinations.ts";
import { HATE } from "./families/hate.ts";
import { INJECTION } from "./families/injection.ts";
import { LANGUAGES } from "./families/languages.ts";
import { MACHINE_TEXT } from "./families/machine-text.ts";
import { MORE_LANGUAGES } from "./families/more-languages.ts";
import { NOISE } from "./families/noise.ts";
import { PLAIN_HARM } from "./families/plain-harm.ts";
import { PLAIN_INSTRUCTIONS } from "./families/plain-instructions.ts";
import { PROBING } from "./families/probing.ts";
import { PROTECTING_THE_YOUNG } from "./families/protecting-the-young.ts";
import { QUIET_HARM } from "./families/quiet-harm.ts";
import { ROLE_ASSIGNMENTS } from "./families/role-assignments.ts";
import { SELF_HARM } from "./families/self-harm.ts";
import { SOURCES_AND_CLASSES } from "./families/sources-and-classes.ts";
import { TALK_ABOUT_HARM } from "./families/talk-about-harm.ts";
import { THIN_ENDS } from "./families/thin-ends.ts";
import { THIN_TOPICS } from "./families/thin-topics.ts";
import { VIOLENCE } from "./families/violence.ts";
import { WEAPONS_OF_MASS_HARM } from "./families/weapons-of-mass-harm.ts";
import { WRAPPERS } from "./families/wrappers.ts";
import { type CorpusRecord, expandFamily, type Family } from "./family.ts";

export const FAMILIES: readonly Family[] = [
  ...VIOLENCE,
  ...HATE,
  ...SELF_HARM,
  ...CYBER,
  ...INJECTION,
  ...CRIME,
  ...WEAPONS_OF_MASS_HARM,
  ...PROTECTING_THE_YOUNG,
  ...ADULT,
  ...ADVICE,
  ...EVERYDAY,
  ...CONFIDING,
  ...PROBING,
  ...PLAIN_HARM,
  ...WRAPPERS,
  ...THIN_TOPICS,
  ...MORE_LANGUAGES,
  ...LANGUAGES,
  ...ROMANCE,
  ...GERMANIC,
  ...SLAVIC_AND_GREEK,
  ...MIDDLE_EAST,
  ...EAST_ASIA,
  ...SOUTHEAST_ASIA,
  ...SOUTH_ASIA_AND_AFRICA,
  ...HARM_IN_LATIN_SCRIPT,
  ...HARM_IN_OTHER_SCRIPTS,
  ...MALICE_AND_KINDNESS,
  ...STUDY_HEALTH_AND_DESPAIR,
  ...QUIET_HARM,
  ...ROLE_ASSIGNMENTS,
  ...THIN_ENDS,
  ...TALK_ABOUT_HARM,
  ...DOCUMENTS,
  ...COAXING,
  ...COUNSEL,
  ...COUNSEL_LETTERS,
  ...EXAMINATIONS,
  ...PLAIN_INSTRUCTIONS,
  ...SOURCES_AND_CLASSES,
  ...AUTONOMY,
  ...NOISE,
  ...MACHINE_TEXT,
  ...REFUSAL_AND_COMPLIANCE,
  ...EVERYDAY_ANSWERS,
  ...CARE_AND_CONTEMPT,
  ...THIN_ANSWERS,
];

/** The prompts of all families. */
export function authoredCorpus(seed: number): CorpusRecord[] {
  return expandAll(seed, "prompt");
}

/** The completions of all families, each with the prompt that it answers. */
export function authoredCompletions(seed: number): CorpusRecord[] {
  return expandAll(seed, "completion");
}

function expandAll(seed: number, role: CorpusRecord["role"]): CorpusRecord[] {
  return FAMILIES.filter((family) => (family.role ?? "prompt") === role).flatMap((family) =>
    expandFamily(family, seed),
  );
}
