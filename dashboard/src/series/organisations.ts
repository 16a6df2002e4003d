/**
 * Organisations by how much they sent over the last five minutes, and what became of it. At most `namesMax` are counted
 * by name at a time; a name that has sent nothing for the whole span makes room for another, the rest is `other`.
 */
import type { Decision } from "@sluice/engine";
import { countRing } from "./count-ring.ts";
import { nameSlots, OTHER } from "./name-slots.ts";
import { SPAN } from "./risk-map.ts";

export const ORGANISATIONS = { namesMax: 400, shownMax: 8, rateBuckets: 6 } as const;

export interface OrganisationOptions {
  readonly namesMax: number;
  readonly shownMax: number;
  readonly rateBuckets: number;
}

export interface OrganisationRow {
  readonly name: string;
  readonly count: number;
  readonly blocked: number;
  readonly escalated: number;
  /** Mean of the last minute. */
  readonly perSecond: number;
}

export interface OrganisationView {
  /** Most first, at most `shownMax`. */
  readonly top: readonly OrganisationRow[];
  /** All that are not in `top`; undefined when there are none. */
  readonly other: OrganisationRow | undefined;
  readonly total: number;
}

export interface Organisations {
  /** @param weight how many decisions this one stands for when the feed is sampled */
  add(decision: Decision, nowMs: number, weight: number): void;
  view(nowMs: number): OrganisationView;
  clear(): void;
}

const KINDS = 3; // count, blocked, escalated

export function organisations({ namesMax, shownMax, rateBuckets }: OrganisationOptions = ORGANISATIONS): Organisations {
  const names = nameSlots(namesMax);
  const ring = countRing({ ...SPAN, width: (namesMax + 1) * KINDS });
  let releasedAtMs = 0;
  let sinceMs = Number.POSITIVE_INFINITY;

  function makeRoom(nowMs: number): void {
    if (!names.isFull || nowMs - releasedAtMs < SPAN.bucketMs) return;
    releasedAtMs = nowMs;
    const sums = ring.sums();
    names.release((slot) => sums[slot * KINDS] === 0);
  }
  /** By slot, the one for all others last; those without a decision left out. */
  function rowsOf(nowMs: number): readonly (OrganisationRow & { readonly isNamed: boolean })[] {
    const seconds = Math.max(1, Math.min(rateBuckets * (SPAN.bucketMs / 1000), (nowMs - sinceMs) / 1000));
    const recent = ring.sums(rateBuckets).slice();
    const sums = ring.sums();
    return Array.from({ length: namesMax + 1 }, (_none, slot) => ({
      name: names.nameOf(slot),
      isNamed: slot < namesMax,
      count: sums[slot * KINDS] ?? 0,
      blocked: sums[slot * KINDS + 1] ?? 0,
      escalated: sums[slot * KINDS + 2] ?? 0,
      perSecond: (recent[slot * KINDS] ?? 0) / seconds,
    })).filter(({ count }) => count > 0);
  }
  return {
    add(decision, nowMs, weight) {
      ring.turn(nowMs);
      sinceMs = Math.min(sinceMs, nowMs);
      makeRoom(nowMs);
      const at = names.slotOf(decision.org_id) * KINDS;
      ring.add(at, weight);
      if (decision.action === "block") ring.add(at + 1, weight);
      else if (decision.action === "escalate") ring.add(at + 2, weight);
    },
    view(nowMs) {
      ring.turn(nowMs);
      const rows = rowsOf(nowMs);
      const named = rows.filter((row) => row.isNamed).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
      const rest: OrganisationRow[] = [...named.slice(shownMax), ...rows.filter((row) => !row.isNamed)];
      return {
        top: named.slice(0, shownMax),
        other: rest.length === 0 ? undefined : { ...rest.reduce(join), name: OTHER },
        total: rows.reduce((sum, { count }) => sum + count, 0),
      };
    },
    clear() {
      ring.clear();
      names.clear();
      sinceMs = Number.POSITIVE_INFINITY;
    },
  };
}

function join(left: OrganisationRow, right: OrganisationRow): OrganisationRow {
  return {
    name: OTHER,
    count: left.count + right.count,
    blocked: left.blocked + right.blocked,
    escalated: left.escalated + right.escalated,
    perSecond: left.perSecond + right.perSecond,
  };
}
