/** The organisation that the subject of an event names; the answers for a few thousand subjects are kept. */
import { decodeToken, EVENTS_PREFIX } from "./subjects.ts";

const SUBJECTS_MAX = 4_096;
/** Nobody's id: an event under no proper subject is refused. */
const NOBODY = "";

export function subjectOrganisations(): (subject: string) => string {
  let known = new Map<string, string>();
  return (subject) => {
    let orgId = known.get(subject);
    if (orgId !== undefined) return orgId;
    orgId = decodeToken(subject.slice(EVENTS_PREFIX.length)) ?? NOBODY;
    if (known.size >= SUBJECTS_MAX) known = new Map();
    known.set(subject, orgId);
    return orgId;
  };
}
