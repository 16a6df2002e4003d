/**
 * The subjects of Sluice, and ids as tokens of them. A token is one level of a subject: what would end it, be taken for
 * a wildcard or break the protocol's line is percent-encoded, and so is the percent sign; everything else stands as it
 * is.
 */

export const EVENTS_PREFIX = "sluice.events.";
export const DECISIONS_PREFIX = "sluice.decisions.";
export const AGGREGATES_PREFIX = "sluice.aggregates.";
export const ALERTS_PREFIX = "sluice.alerts.";
export const DEAD_SUBJECT = "sluice.dead";
export const CHECK_SUBJECT = "sluice.check";

const UNSAFE = /[%.*>\s\p{Cc}]/gu;
const NO_TOKEN = "%";

/** @param text well-formed Unicode; the empty text has no token, and gets one that decodes to nothing. */
export function encodeToken(text: string): string {
  return text === "" ? NO_TOKEN : text.replace(UNSAFE, percent);
}

/** Undefined when it is no token that `encodeToken` could have made, or one spelled in another way. */
export function decodeToken(token: string): string | undefined {
  try {
    const text = decodeURIComponent(token);
    return token !== "" && encodeToken(text) === token ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Every byte of its UTF-8. Not `encodeURIComponent`: that leaves `.` and `*` as they are. */
function percent(character: string): string {
  let text = "";
  for (const byte of Buffer.from(character)) text += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return text;
}
