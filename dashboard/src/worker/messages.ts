/** What the page and its worker say to each other. Small: rows to be shown, sums, never the decisions that passed. */
import type { WindowResult } from "@sluice/engine";
import type { Filter } from "../decisions/filter.ts";
import type { Row, Sampling } from "../decisions/live-list.ts";
import type { Names } from "../decisions/seen-names.ts";
import type { ConnectionState } from "../live/connection.ts";
import type { Gap, Totals } from "../live/feed.ts";
import type { LiveAlert } from "../live/frames.ts";
import type { LoadedGap } from "../live/load-gap.ts";
import type { OrganisationView } from "../series/organisations.ts";
import type { RiskView } from "../series/risk-map.ts";
import type { ChartData, Pulse } from "../series/traffic.ts";

export type Command =
  /** Comes first, once. `base` is the address of the page; `sample` 1 asks for every decision. */
  | { readonly kind: "open"; readonly base: string; readonly filter: Filter; readonly sample: number }
  /** `version` comes back with the rows that follow it. */
  | { readonly kind: "filter"; readonly filter: Filter; readonly version: number }
  | { readonly kind: "sample"; readonly sample: number }
  | { readonly kind: "load-gap"; readonly gap: Gap }
  | { readonly kind: "dismiss-gap"; readonly gap: Gap }
  | { readonly kind: "retry" };

/** At most ten a second, and only when something changed. */
export interface Numbers {
  readonly kind: "numbers";
  readonly lastSeq: number | undefined;
  readonly totals: Totals;
  readonly gaps: readonly Gap[];
  /** Decisions that came since the page was opened. */
  readonly arrived: number;
  readonly policy: string | undefined;
  readonly pack: string | undefined;
  /** Some decision said that it is of made-up traffic. */
  readonly isSynthetic: boolean;
  /** Only when there are new ones. */
  readonly names?: Names;
  /** For the list, oldest first: all of them when `isWhole`, else those that came since. */
  readonly rows: readonly Row[];
  readonly isWhole: boolean;
  /** Of the filter that the rows passed. */
  readonly filterVersion: number;
  /** The server began a new ledger since the last message. */
  readonly restarted: boolean;
}

/** Once a second. */
export interface Series {
  readonly kind: "series";
  readonly chart: ChartData;
  readonly pulse: Pulse;
  readonly risk: RiskView;
  readonly organisations: OrganisationView;
  readonly sampling: Sampling;
  /** One decision of so many is asked for; 1: all. */
  readonly sample: number;
  /** Share of the last second that the worker spent on frames. */
  readonly busyShare: number;
}

export type Message =
  | Numbers
  | Series
  | { readonly kind: "connection"; readonly state: ConnectionState }
  | { readonly kind: "gap-loaded"; readonly gap: Gap; readonly loaded: LoadedGap }
  | { readonly kind: "alerts"; readonly alerts: readonly LiveAlert[] }
  | { readonly kind: "windows"; readonly windows: readonly WindowResult[] };
