/**
 * `GET /decisions?…`: decisions that meet conditions, a page at a time. The tables of analytics say which; the
 * decisions themselves come from the ledger. An unknown parameter is refused, so that a misspelt one never widens a
 * search.
 */
import { ACTIONS } from "@sluice/engine";
import {
  type AnalyticsStore,
  type Coverage,
  type Order,
  type Refusal,
  SEARCH_LIMIT_DEFAULT,
  SEARCH_LIMIT_MAX,
  type SearchAnswer,
  type SearchFilter,
} from "../../analytics/contracts.ts";
import { answerJson, answerProblem } from "../answer.ts";
import type { PortResponse } from "../port.ts";
import type { Route } from "../router.ts";

export interface DecisionSearch {
  readonly filter: SearchFilter;
  readonly order: Order;
  readonly afterSeq?: number;
  readonly limit: number;
}

/** How long a search waits for records that were just written; then it answers and says how far it reaches. */
const CATCH_UP_MS = 1_000;
const TEXT_CHARS_MAX = 128;
const VALUES_MAX = 32;

export function searchRoute(analytics: AnalyticsStore | undefined): Route {
  return {
    method: "GET",
    path: "/decisions",
    role: "read",
    handle(request, response) {
      const search = parseSearch(request.query);
      if (typeof search === "string") return answerProblem(response, 400, search);
      if (analytics === undefined) return answerProblem(response, 503, NO_ANALYTICS);
      void analytics
        .ask({ kind: "search", catchUpMs: CATCH_UP_MS, ...search })
        .then((answer) => (answer.kind === "refused" ? answerRefusal(response, answer) : answerPage(response, answer)));
    },
  };
}

export const NO_ANALYTICS =
  "search and SQL are off: they need a data folder and a start without `--analytics off`; " +
  "GET /decisions/{event_id} and `sluice ledger export` work without";

export function answerRefusal(response: PortResponse, { reason, message, position }: Refusal): void {
  if (reason === "invalid" || reason === "too-slow") {
    const place = position === undefined ? {} : { position };
    answerJson(response, 400, JSON.stringify({ error: message, reason, ...place, rejected: [] }));
  } else answerProblem(response, 503, message);
}

export function searched({ fromSeq, toSeq, isComplete, rolledUpToMs }: Coverage): string {
  const before = rolledUpToMs === undefined ? {} : { rolled_up_to: new Date(rolledUpToMs).toISOString() };
  return JSON.stringify({ from_seq: fromSeq, to_seq: toSeq, complete: isComplete, ...before });
}

function answerPage(response: PortResponse, { decisionsJson, nextSeq, coverage }: SearchAnswer): void {
  const next = nextSeq === undefined ? "null" : `"${nextSeq}"`;
  answerJson(response, 200, `{"decisions":${decisionsJson},"next":${next},"searched":${searched(coverage)}}`);
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
interface Draft {
  readonly filter: Mutable<SearchFilter>;
  order: Order;
  afterSeq?: number;
  limit: number;
}
/** Puts a value into the draft, or says what would be right. */
type Parameter = (text: string, draft: Draft) => string | undefined;

const text =
  (key: "org" | "user" | "conversation" | "category" | "rule"): Parameter =>
  (value, { filter }) => {
    if (value === "" || value.length > TEXT_CHARS_MAX) return `1 to ${TEXT_CHARS_MAX} characters`;
    filter[key] = value;
    return undefined;
  };
const list =
  (key: "tiers" | "surfaces" | "actions", known?: readonly string[]): Parameter =>
  (value, { filter }) => {
    const items = value.split(",");
    const isRight = items.every((item) => known?.includes(item) ?? (item !== "" && item.length <= TEXT_CHARS_MAX));
    if (!isRight || items.length > VALUES_MAX) return known?.join(", ") ?? `1 to ${VALUES_MAX} names between commas`;
    filter[key] = items;
    return undefined;
  };
const time =
  (key: "fromMs" | "toMs"): Parameter =>
  (value, { filter }) => {
    const timeMs = parseTime(value);
    if (timeMs === undefined) return "an RFC 3339 time such as 2026-01-31T12:00:00Z, or a day";
    filter[key] = timeMs;
    return undefined;
  };

const PARAMETERS: Readonly<Record<string, Parameter>> = {
  org: text("org"),
  user: text("user"),
  conversation: text("conversation"),
  category: text("category"),
  rule: text("rule"),
  tier: list("tiers"),
  surface: list("surfaces"),
  action: list("actions", ACTIONS),
  from: time("fromMs"),
  to: time("toMs"),
  min_score(value, { filter }) {
    const score = /^\d?(\.\d{1,4})?$/.test(value) ? Number.parseFloat(value) : Number.NaN;
    if (!(score >= 0 && score <= 1)) return "a score from 0 to 1";
    filter.minScore = score;
    return undefined;
  },
  limit(value, draft) {
    const limit = /^\d{1,5}$/.test(value) ? Number(value) : 0;
    if (limit < 1 || limit > SEARCH_LIMIT_MAX) return `a whole number from 1 to ${SEARCH_LIMIT_MAX}`;
    draft.limit = limit;
    return undefined;
  },
  cursor(value, draft) {
    if (!/^\d{1,15}$/.test(value)) return "what `next` of the page before says";
    draft.afterSeq = Number(value);
    return undefined;
  },
  order(value, draft) {
    if (value !== "newest" && value !== "oldest") return "newest or oldest";
    draft.order = value;
    return undefined;
  },
};

/** @returns the search, or what is wrong with it. */
export function parseSearch(query: string): DecisionSearch | string {
  const draft: Draft = { filter: {}, order: "newest", limit: SEARCH_LIMIT_DEFAULT };
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    if (parameter === undefined) return `${name} is no parameter: there are ${Object.keys(PARAMETERS).join(", ")}`;
    if (seen.has(name)) return `${name} is given twice`;
    seen.add(name);
    const wanted = parameter(value, draft);
    if (wanted !== undefined) return `${name} must be ${wanted}`;
  }
  const { fromMs, toMs } = draft.filter;
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) return "from must be before to";
  return draft;
}

/** RFC 3339, UTC where no offset is given; a day is its beginning. */
function parseTime(value: string): number | undefined {
  const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/i.exec(value);
  if (form === null) return undefined;
  const timeMs = Date.parse(form[1] !== undefined && form[4] === undefined ? `${value}Z` : value);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
