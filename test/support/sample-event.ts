/** A sound event, with a new id each time, to be spoilt or sent as it is. */
let count = 0;

export type SampleEvent = Readonly<Record<string, unknown>> & { readonly event_id: string };

/** A change to `undefined` leaves the member out. */
export function sampleEvent(changes: Readonly<Record<string, unknown>> = {}): SampleEvent {
  count += 1;
  return {
    event_id: `sample-${count}`,
    timestamp: "2026-01-31T12:00:00Z",
    user_id: "user-1",
    org_id: "org-1",
    surface: "api",
    tier: "general",
    prompt: "What a fine day",
    ...changes,
  };
}
