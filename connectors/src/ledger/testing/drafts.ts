/** Drafts for tests: small decisions whose organisation and event id follow from a number. */
import type { RecordDraft } from "@sluice/engine";

export function decision(number: number, eventId = `event-${number}`, orgId = `org-${number % 8}`): RecordDraft {
  const digest = (number % 256).toString(16).padStart(2, "0").repeat(32);
  return {
    type: "decision",
    json: JSON.stringify({ event_id: eventId, org_id: orgId, action: "allow" }),
    key: { orgId, eventId, digest },
  };
}

export function decisions(from: number, count: number): RecordDraft[] {
  return Array.from({ length: count }, (_, index) => decision(from + index));
}

export function withText(draft: RecordDraft, prompt: string, completion = ""): RecordDraft {
  const bytes = (text: string) => new TextEncoder().encode(text);
  return { ...draft, text: { prompt: bytes(prompt), completion: bytes(completion) } };
}
