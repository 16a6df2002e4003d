/** The list of decisions with its filters. Arrow keys move through it (and hold it), Enter opens, Escape closes. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isFiltering, matchesFilter, NO_FILTER } from "../decisions/filter.ts";
import type { Row } from "../decisions/live-list.ts";
import { countWord } from "../format.ts";
import { usePage } from "../page.ts";
import { DecisionRow } from "./decision-row.tsx";
import { Filters } from "./filters.tsx";

/** Rows drawn at first and added by "Show more"; the list itself holds more. */
const ROWS_STEP = 100;

export function Decisions() {
  const { store, selection, select } = usePage();
  const drawnMax = useSignal(ROWS_STEP);
  const body = useRef<HTMLUListElement>(null);
  const filter = store.list.filter.value;
  const all = store.list.rows.value;
  const matching =
    store.list.mode.value.kind === "live" ? all : all.filter((row) => matchesFilter(filter, row.decision));
  const drawn = matching.slice(0, drawnMax.value);
  const chosen = selection.value.kind === "decision" ? selection.value.decision.decision_id : undefined;
  const firstChosen = drawn.findIndex((row) => row.decision.decision_id === chosen);
  usePauseKey();

  function move(event: KeyboardEvent): void {
    const index = walk(event, body.current);
    if (index === undefined) return;
    store.list.pause(); // a list that moves cannot be walked through
    const row = drawn[index];
    if (selection.value.kind === "decision" && row) select(row.decision);
  }
  return (
    <section class="decisions" id="decisions" aria-label="Decisions" tabIndex={-1}>
      <Filters />
      <ListState />
      <div class="columns" aria-hidden="true">
        {["Time", "Action", "Severity", "Organisation", "Tier", "Surface", "Top score", "Reason", "Latency"].map(
          (name) => (
            <span key={name}>{name}</span>
          ),
        )}
      </div>
      <ul
        class="rows"
        ref={body}
        aria-label="Decisions, newest first"
        onKeyDown={move}
        onPointerEnter={() => store.list.hold("pointer", true)}
        onPointerLeave={() => store.list.hold("pointer", false)}
        onScroll={(event) => store.list.hold("scroll", event.currentTarget.scrollTop > 0)}
      >
        {drawn.map((row, index) => (
          <DecisionRow
            key={row.ordinal}
            row={row}
            isChosen={row.decision.decision_id === chosen}
            isEntry={index === Math.max(0, firstChosen)}
            onChoose={select}
          />
        ))}
        {drawn.length === 0 && <Empty kept={all} />}
        {matching.length > drawn.length && (
          <li class="more">
            <button
              type="button"
              class="button"
              onClick={() => {
                store.list.pause();
                drawnMax.value += ROWS_STEP;
              }}
            >
              Show {Math.min(ROWS_STEP, matching.length - drawn.length)} more
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

/** Moves the focus by an arrow key; the index of the row that has it then. */
function walk(event: KeyboardEvent, body: HTMLElement | null): number | undefined {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || body === null) return undefined;
  event.preventDefault();
  const rows = [...body.querySelectorAll<HTMLElement>(".row")];
  const from = rows.indexOf(document.activeElement as HTMLElement);
  const index = Math.min(rows.length - 1, Math.max(0, from + step));
  rows[index]?.focus();
  return index;
}

const HOLD_WORDS = {
  none: "Newest first, as they arrive",
  pointer: "Held while you point at it",
  scroll: "Held while scrolled; at the top it follows again",
} as const;

/** One line of fixed height: what the list shows, and what it leaves out. */
function ListState() {
  const { store } = usePage();
  const mode = store.list.mode.value;
  const { admitted, arrived } = store.list.sampling.value;
  if (mode.kind === "live") {
    const isSampled = arrived > admitted && store.list.holdReason.value === "none";
    return (
      <p class="list-state" data-sampled={isSampled}>
        {isSampled
          ? `Showing ${countWord(admitted)} of ${countWord(arrived)} this second: severe ones first, all are counted`
          : HOLD_WORDS[store.list.holdReason.value]}
      </p>
    );
  }
  const words =
    mode.kind === "paused"
      ? "Paused"
      : `Decisions ${countWord(mode.gap.from)}–${countWord(mode.gap.to)}: ${countWord(mode.count)} loaded${mode.isComplete ? "" : ", the server no longer has the rest"}`;
  return (
    <p class="list-state" data-held="true" role="status">
      {words} · {countWord(mode.arrived)} arrived since
      {mode.kind === "gap" && (
        <button type="button" class="link" onClick={store.list.resume}>
          Back to live
        </button>
      )}
    </p>
  );
}

function Empty({ kept }: { readonly kept: readonly Row[] }) {
  const { store, setFilter } = usePage();
  const hasAny = kept.length > 0 || (store.numbers.value?.totals.total ?? 0) > 0;
  const isFilteredOut = isFiltering(store.list.filter.value) && hasAny;
  if (isFilteredOut) {
    return (
      <li class="empty">
        <p>No recent decision matches the filter. A new one that does will appear here.</p>
        <button type="button" class="button" onClick={() => setFilter(NO_FILTER)}>
          Clear the filter
        </button>
      </li>
    );
  }
  const state = store.connection.value.kind;
  if (state !== "live") {
    return (
      <li class="empty">
        <p>
          {state === "connecting" ? "Connecting to /live…" : "Not connected: what was recorded comes when it is back."}
        </p>
      </li>
    );
  }
  return (
    <li class="empty">
      <p>No decision yet. The next one will appear here.</p>
      <p>
        Send events to <code>POST /ingest</code>, or run{" "}
        <code>sluice simulate | sluice publish - --http {location.origin}</code>.
      </p>
    </li>
  );
}

/** The key `p` pauses and resumes, except while writing. */
function usePauseKey(): void {
  const { store } = usePage();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "p" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
      if (store.list.mode.value.kind === "live") store.list.pause();
      else store.list.resume();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [store]);
}
