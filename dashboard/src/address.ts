/**
 * What the page's address says: filter, open decision, sample. A link shows another person the same, and the browser's
 * back button undoes a step.
 */
import { type Filter, readFilter, writeFilter } from "./decisions/filter.ts";

/** A decision is named by its event and organisation. */
export interface Target {
  readonly eventId: string;
  readonly organisation: string;
}

export interface Address {
  readonly filter: Filter;
  readonly target: Target | undefined;
  /** One decision of so many is asked for; 1: all. */
  readonly sample: number;
}

const SAMPLE_MAX = 64;

export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const eventId = query.get("event") ?? "";
  const sample = Number(query.get("sample") ?? "1");
  return {
    filter: readFilter(search),
    target: eventId === "" ? undefined : { eventId, organisation: query.get("in") ?? "" },
    sample: Number.isInteger(sample) && sample >= 1 && sample <= SAMPLE_MAX ? sample : 1,
  };
}

/** The query string with its `?`; "" when the address says nothing. Parameters of others stay. */
export function writeAddress({ filter, target, sample }: Address, search = ""): string {
  const query = new URLSearchParams(search);
  for (const key of ["event", "in", "sample"]) query.delete(key);
  if (target) {
    query.set("event", target.eventId);
    query.set("in", target.organisation);
  }
  if (sample > 1) query.set("sample", String(sample));
  const words = writeFilter(filter, query.toString());
  return words === "" ? "" : `?${words}`;
}
