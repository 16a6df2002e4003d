/**
 * The numbers. Totals come from two sources that can only be too small, never too large: the live feed (misses what
 * lies in a gap) and /metrics (some seconds old); the larger one is shown.
 */
import { ACTIONS } from "../decisions/actions.ts";
import { countWord, latencyWord, rateWord, tileWord } from "../format.ts";
import { usePage } from "../page.ts";
import { TILE_SECONDS } from "../series/traffic.ts";

export function Tiles() {
  const { store, metrics } = usePage();
  const { total, actions, aslTriggers } = store.totals.value;
  const polled = metrics.value.value;
  const pulse = store.pulse.value;
  const totalShown = Math.max(total, polled?.total ?? 0);
  const totalsFrom =
    "since the ledger began; from the /live snapshot and every decision after it, checked against /metrics";
  return (
    <section class="tiles" aria-label="Numbers">
      <Tile name="Events" value={tileWord(totalShown)} title={`${countWord(totalShown)} decisions ${totalsFrom}`} />
      <Tile
        name="Events/s"
        value={rateWord(pulse.perSecond)}
        title={`Mean of the last ${TILE_SECONDS.rate} whole seconds, counted on this page from /live by decided_at`}
      />
      <div class="tile tile-actions">
        {ACTIONS.map((action) => {
          const count = Math.max(actions[action], polled?.actions[action] ?? 0);
          const share = totalShown === 0 ? 0 : count / totalShown;
          return (
            <div
              key={action}
              class="action-count"
              data-action={action}
              title={`${countWord(count)} decided ${action} (${(share * 100).toFixed(2)} %) ${totalsFrom}`}
            >
              <span class="tile-name">{action}</span>
              <span class="tile-value">{tileWord(count)}</span>
              <span class="share" aria-hidden="true">
                <span style={{ width: `${share * 100}%` }} />
              </span>
            </div>
          );
        })}
      </div>
      <Tile
        name="ASL triggers"
        value={tileWord(Math.max(aslTriggers, polled?.aslTriggers ?? 0))}
        title={`Decisions with an AI Safety Level trigger ${totalsFrom}`}
      />
      <Small
        name="Rejected"
        count={polled?.rejected}
        title="Refused events since this server process started, from /metrics"
      />
      <Small
        name="Duplicates"
        count={polled?.duplicates}
        title="Repeats that were answered again and not counted twice, since this server process started, from /metrics"
      />
      <Small
        name="Late"
        count={polled?.late}
        title="Events too late for their windows (they were still decided), since this server process started, from /metrics"
      />
      <Tile
        name="Latency p50"
        value={latencyWord(pulse.p50Us)}
        title={`The work on an event, from reading to verdict: half of the last ${TILE_SECONDS.latency} s took no longer; from latency_us on /live, to 4 %. All since the server started, from /metrics: ${latencyWord(polled?.latencyP50Us)}`}
      />
      <Tile
        name="Latency p99"
        value={latencyWord(pulse.p99Us)}
        title={`99 of 100 of the last ${TILE_SECONDS.latency} s took no longer; from latency_us on /live, to 4 %. All since the server started, from /metrics: ${latencyWord(polled?.latencyP99Us)}`}
      />
    </section>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly title: string;
}

function Tile({ name, value, title }: TileProps) {
  return (
    <div class="tile" title={title}>
      <span class="tile-name">{name}</span>
      <span class="tile-value">{value}</span>
    </div>
  );
}

function Small({
  name,
  count,
  title,
}: {
  readonly name: string;
  readonly count: number | undefined;
  readonly title: string;
}) {
  return <Tile name={name} value={count === undefined ? "–" : tileWord(count)} title={title} />;
}
