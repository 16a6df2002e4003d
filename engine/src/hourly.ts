/** Decisions by hour of event time, for `/hourly-stats`. Free of watermarks: an hour takes decisions however late. */
import type { DecisionFacts, HourlyStats } from "./contracts.ts";

export const HOUR_MS = 3_600_000;
/** 31 days. A further hour pushes out the oldest one. */
export const HOURS_MAX = 744;

/** [events, blocked, escalated, with an ASL trigger] */
type Row = [number, number, number, number];
export type HourlyState = readonly (readonly [hour: number, row: Readonly<Row>])[];

export interface Hourly {
  add(facts: DecisionFacts, eventTimeMs: number, nowMs: number): void;
  /** The last `hours` hours up to the one that holds `nowMs`, or the newest one that was seen. */
  stats(hours: number, nowMs: number): HourlyStats;
  state(): HourlyState;
}

export function createHourly(initial: HourlyState = []): Hourly {
  const rows = new Map<number, Row>(initial.map(([hour, row]) => [hour, [...row] as Row])); // by hours since the epoch

  let lastHour = Number.NaN;
  let lastRow: Row | undefined;

  function rowOf(hour: number, nowMs: number): Row | undefined {
    if (hour === lastHour && lastRow !== undefined) return lastRow; // nearly always
    lastRow = rows.get(hour) ?? newRow(hour, nowMs);
    lastHour = hour;
    return lastRow;
  }

  function newRow(hour: number, nowMs: number): Row | undefined {
    if (hour > Math.floor(nowMs / HOUR_MS) + 1) return undefined; // an event of 2099 must not push out this month
    if (rows.size >= HOURS_MAX) {
      const oldest = Math.min(...rows.keys());
      if (hour < oldest) return undefined;
      rows.delete(oldest);
    }
    const row: Row = [0, 0, 0, 0];
    rows.set(hour, row);
    return row;
  }

  return {
    add(facts, eventTimeMs, nowMs) {
      const row = rowOf(Math.floor(eventTimeMs / HOUR_MS), nowMs);
      if (row === undefined) return;
      row[0] += 1;
      if (facts.action === "block") row[1] += 1;
      if (facts.action === "escalate") row[2] += 1;
      if (facts.asl !== null) row[3] += 1;
    },
    stats(hours, nowMs) {
      const count = Math.max(1, Math.min(HOURS_MAX, Math.floor(hours)));
      const last = Math.floor(nowMs / HOUR_MS);
      const range = Array.from({ length: count }, (_, i) => last - count + 1 + i);
      const column = (at: 0 | 1 | 2 | 3) => range.map((hour) => rows.get(hour)?.[at] ?? 0);
      return {
        hours: range.map((hour) => new Date(hour * HOUR_MS).toISOString()),
        event_counts: column(0),
        blocked: column(1),
        escalated: column(2),
        asl: column(3),
      };
    },
    state: () => [...rows].sort((a, b) => a[0] - b[0]),
  };
}
