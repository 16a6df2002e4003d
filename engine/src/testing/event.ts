/** Events for tests. */
export function event(id: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    event_id: id,
    timestamp: "2026-01-31T12:00:00Z",
    user_id: "user-1",
    org_id: "org-1",
    surface: "api",
    tier: "general",
    prompt: "hello",
    ...changes,
  };
}

export function payload(...events: readonly unknown[]): Uint8Array {
  return Buffer.from(JSON.stringify({ events }));
}
