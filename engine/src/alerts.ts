/** Alerts to whoever listens; a listener's own failure is its own. */
import type { Alert, Clock } from "./contracts.ts";

export type RaiseAlert = (code: Alert["code"], count: number, message: string) => void;

const WARNINGS: ReadonlySet<Alert["code"]> = new Set(["event-id-reused", "ledger-recovered"]);

export function createAlerts(clock: Clock, onAlert: ((alert: Alert) => void) | undefined): RaiseAlert {
  return (code, count, message) => {
    if (onAlert === undefined) return;
    try {
      onAlert({ code, severity: WARNINGS.has(code) ? "warning" : "critical", count, message, atMs: clock.nowMs() });
    } catch {
      // An alert that nobody takes must not stop the traffic it is about.
    }
  };
}
