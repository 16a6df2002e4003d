/** The authored corpus: every family, expanded. Licence-clean by construction, and the same text for the same seed. */

import { ADULT } from "./families/adult.ts";
import { ADVICE } from "./families/advice.ts";
import { CONFIDING } from "./families/confiding.ts";
import { CRIME } from "./families/crime.ts";
import { CYBER } from "./families/cyber.ts";
import { EVERYDAY } from "./families/everyday.ts";
import { HATE } from "./families/hate.ts";
import { INJECTION } from "./families/injection.ts";
import { LANGUAGES } from "./families/languages.ts";
import { MORE_LANGUAGES } from "./families/more-languages.ts";
import { PLAIN_HARM } from "./families/plain-harm.ts";
import { PROBING } from "./families/probing.ts";
import { PROTECTING_THE_YOUNG } from "./families/protecting-the-young.ts";
import { SELF_HARM } from "./families/self-harm.ts";
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
];

export function authoredCorpus(seed: number): CorpusRecord[] {
  return FAMILIES.flatMap((family) => expandFamily(family, seed));
}
