/** Everything that is counted of the decisions that pass, in memory of fixed size. */
import type { Decision } from "@sluice/engine";
import { type LiveList, liveList } from "../decisions/live-list.ts";
import { type SeenNames, seenNames } from "../decisions/seen-names.ts";
import { organisations } from "../series/organisations.ts";
import { riskMap } from "../series/risk-map.ts";
import { traffic } from "../series/traffic.ts";
import type { Series } from "./messages.ts";

const NAMES_MAX = 200;

export interface Tally {
  /** @param weight how many decisions each stands for when the feed is sampled */
  take(decisions: readonly Decision[], nowMs: number, weight: number): void;
  view(nowMs: number): Omit<Series, "kind" | "sample" | "busyShare">;
  readonly list: LiveList;
  readonly names: SeenNames;
  readonly arrived: number;
  clear(): void;
}

export function createTally(): Tally {
  const list = liveList();
  const names = seenNames(NAMES_MAX);
  const series = traffic();
  const risk = riskMap();
  const organisation = organisations();
  let arrived = 0;
  return {
    list,
    names,
    take(decisions, nowMs, weight) {
      arrived += decisions.length;
      for (const decision of decisions) {
        list.add(decision, nowMs);
        names.add(decision);
        if (decision.revision > 0) continue; // an event counts once, by its first decision
        series.take(decision, nowMs, weight);
        risk.add(decision, nowMs, weight);
        organisation.add(decision, nowMs, weight);
      }
    },
    view: (nowMs) => ({
      chart: series.chart(nowMs),
      pulse: series.pulse(nowMs),
      risk: risk.view(nowMs),
      organisations: organisation.view(nowMs),
      sampling: list.sampling(nowMs),
    }),
    get arrived() {
      return arrived;
    },
    clear() {
      for (const part of [list, series, risk, organisation]) part.clear();
    },
  };
}
