/** Panel 5: each part of the server as /ready tells of it, and what the server and this page say of the traffic. */
import type { PartState } from "@sluice/engine";
import { countWord, timeWord } from "../format.ts";
import { usePage } from "../page.ts";
import { Panel, Scroll } from "./panel.tsx";

export function HealthPanel() {
  const { readiness } = usePage();
  const ready = readiness.value.value;
  const fault = readiness.fault.value;
  const note = ready === undefined ? "" : ready.isReady ? "ready" : "not ready";
  return (
    <Panel
      name="health"
      heading="Sources, ledger, windows"
      note={fault ? "out of date" : note}
      source="Parts: /ready, every 5 s. Counts since the server started: /metrics, every 3 s. Sequence and windows: /live"
    >
      <Scroll label="Health">
        {ready === undefined ? (
          <p class="panel-empty">{fault ? `/ready: ${fault}` : "Asking /ready…"}</p>
        ) : (
          <ul class="parts">
            {worstFirst(ready.parts).map(([name, { state, detail }]) => (
              <li key={name} data-state={state} title={detail}>
                <span class="dot" aria-hidden="true" />
                <b>{name}</b>
                <span class="part-detail">
                  {state === "ready" ? "" : `${state}: `}
                  {shortHashes(detail)}
                </span>
              </li>
            ))}
          </ul>
        )}
        <Facts />
      </Scroll>
    </Panel>
  );
}

function worstFirst(parts: Readonly<Record<string, PartState>>): readonly (readonly [string, PartState])[] {
  const isReady = (part: PartState) => (part.state === "ready" ? 1 : 0);
  return Object.entries(parts).sort((left, right) => isReady(left[1]) - isReady(right[1]));
}

/** Whole hashes are in the header's titles. */
const shortHashes = (detail: string) => detail.replace(/sha256:([0-9a-f]{8})[0-9a-f]{56}/g, "$1");

function Facts() {
  const { store, metrics } = usePage();
  const polled = metrics.value.value;
  const numbers = store.numbers.value;
  const [window] = store.windows.value;
  const count = (value: number | undefined) => (value === undefined ? "–" : countWord(value));
  const facts: readonly (readonly [string, string, string])[] = [
    ["last seq", count(numbers?.lastSeq), "Ledger sequence of the last decision that this page received, from /live"],
    [
      "last window",
      window ? `${timeWord(new Date(window.startMs).toISOString()).slice(0, 8)} ${countWord(window.events)}` : "–",
      window
        ? `Newest window of ${window.sizeMs / 1000} s that fired: start in event time, its events; revision ${window.revision}; from /live`
        : "No window has fired since this page was opened",
    ],
    ["shed", count(polled?.shed), "Events refused because the queue was full, since the start, from /metrics"],
    ["late", count(polled?.late), "Events too late for their windows (they were still decided), from /metrics"],
    ["live readers", count(polled?.liveReaders), "Open /live sockets, this page included, from /metrics"],
    ["live gaps", count(polled?.liveGaps), "Gaps announced to live readers since the start, from /metrics"],
    ["connections", count(polled?.connections), "Open connections, from /metrics"],
  ];
  return (
    <dl class="health-facts">
      {facts.map(([name, value, title]) => (
        <div key={name} title={title}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
