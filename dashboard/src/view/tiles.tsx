/** The numbers at a glance; each says where it comes from. */
import { countWord, latencyWord, rateWord, tileWord } from "../format.ts";
import { usePage } from "../page.ts";
import { TILE_SECONDS } from "../series/traffic.ts";
import { useTotals } from "../totals.ts";

export function Tiles() {
  return (
    <section class="tiles" aria-label="Numbers">
      <TotalTiles />
      <SinceStartTiles />
      <LatencyTiles />
    </section>
  );
}

const TOTALS_FROM =
  "since the ledger began; the server's counters, from the /live snapshot and every decision after it, and from /metrics";

function TotalTiles() {
  const { store } = usePage();
  const { total, actions, aslTriggers } = useTotals();
  const isSampled = (store.series.value?.sample ?? 1) > 1;
  return (
    <>
      <Tile name="Events" value={tileWord(total)} title={`${countWord(total)} decisions ${TOTALS_FROM}`} />
      <Tile
        name={isSampled ? "Events/s, estimated" : "Events/s"}
        value={`${isSampled ? "≈ " : ""}${rateWord(store.series.value?.pulse.perSecond ?? 0)}`}
        title={`Mean of the last ${TILE_SECONDS.rate} whole seconds, counted on this page from /live by decided_at`}
      />
      {(["escalate", "block"] as const).map((action) => (
        <Tile
          key={action}
          name={action === "block" ? "Blocked" : "Escalated"}
          value={tileWord(actions[action])}
          title={`${countWord(actions[action])} decided ${action} ${TOTALS_FROM}`}
          action={action}
        />
      ))}
      <Tile
        name="ASL triggers"
        value={tileWord(aslTriggers)}
        title={`Decisions with an AI Safety Level trigger ${TOTALS_FROM}`}
      />
    </>
  );
}

/** Of the server's process, from /metrics. */
function SinceStartTiles() {
  const polled = usePage().metrics.value.value;
  const tiles = [
    ["Rejected", polled?.rejected, "Refused events"],
    ["Duplicates", polled?.duplicates, "Repeats that were answered again and not counted twice,"],
    ["Shed", polled?.shed, "Payloads refused because the queue was full,"],
    ["Late", polled?.late, "Events too late for their windows (they were still decided),"],
  ] as const;
  return (
    <>
      {tiles.map(([name, count, what]) => (
        <Tile
          key={name}
          name={name}
          value={count === undefined ? "–" : tileWord(count)}
          title={`${what} since this server process started, from /metrics`}
        />
      ))}
    </>
  );
}

function LatencyTiles() {
  const { store, metrics } = usePage();
  const pulse = store.series.value?.pulse;
  const polled = metrics.value.value;
  const tiles = [
    ["p50", "half", pulse?.p50Us, polled?.latencyP50Us],
    ["p90", "90 of 100", pulse?.p90Us, polled?.latencyP90Us],
    ["p99", "99 of 100", pulse?.p99Us, polled?.latencyP99Us],
  ] as const;
  return (
    <>
      {tiles.map(([name, share, latencyUs, sinceStartUs]) => (
        <Tile
          key={name}
          name={`Latency ${name}`}
          value={latencyWord(latencyUs)}
          title={`The work on an event, from reading to verdict: ${share} of the last ${TILE_SECONDS.latency} s took no longer; from latency_us on /live, to 4 %. All since the server started, from /metrics: ${latencyWord(sinceStartUs)}`}
        />
      ))}
    </>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly title: string;
  readonly action?: string;
}

function Tile({ name, value, title, action }: TileProps) {
  return (
    <div class="tile" title={title} data-action={action}>
      <span class="tile-name">{name}</span>
      <span class="tile-value">{value}</span>
    </div>
  );
}
