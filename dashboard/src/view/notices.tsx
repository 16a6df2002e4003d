/** What the person should know before trusting the page: gaps, a new ledger, parts that are not ready, old numbers. */
import type { ComponentChildren } from "preact";
import { countWord } from "../format.ts";
import type { Gap } from "../live/feed.ts";
import { usePage } from "../page.ts";

export function Notices() {
  const { store, metrics, readiness } = usePage();
  const ready = readiness.value.value;
  const isLive = store.connection.value.kind === "live";
  const unready = ready && !ready.isReady && isLive;
  const parts = Object.entries(ready?.parts ?? {}).filter(([, { state }]) => state !== "ready");
  return (
    <div class="notices" aria-live="polite">
      {store.fault.value && <Notice kind="warning">{store.fault.value}</Notice>}
      <SamplingNotice />
      {store.restarted.value && (
        <Notice kind="info" onClose={() => (store.restarted.value = false)}>
          The server began a new ledger, so totals, charts and list start anew.
        </Notice>
      )}
      {unready && (
        <Notice kind="warning">
          The server is not ready to take events
          {parts.length > 0 &&
            `: ${parts.map(([name, { state, detail }]) => `${name} is ${state}: ${detail}`).join("; ")}`}
          .
        </Notice>
      )}
      {metrics.fault.value && isLive && (
        <Notice kind="warning">
          Rejected, duplicate and late counts are out of date: /metrics says “{metrics.fault.value}” It is asked again
          every 3 s.
        </Notice>
      )}
      {store.connection.value.kind === "lost" && (
        <Notice kind="warning">
          The server could not be reached. Check that <code>sluice serve</code> runs, then press Reconnect: nothing that
          was recorded meanwhile is lost, it is sent then.
        </Notice>
      )}
      {(store.numbers.value?.gaps ?? []).slice(-3).map((gap) => (
        <GapNotice key={`${gap.from}-${gap.to}`} gap={gap} />
      ))}
    </div>
  );
}

function SamplingNotice() {
  const { store, setSample } = usePage();
  const sample = store.series.value?.sample ?? 1;
  if (sample === 1) return null;
  return (
    <Notice kind="warning">
      Sampled: this page takes one decision of {countWord(sample)}, so that it keeps up. Totals are the server's
      counters and exact; rates, risk and organisations are estimates from the sample.{" "}
      <button type="button" class="button" onClick={() => setSample(1)}>
        Take all again
      </button>
    </Notice>
  );
}

function GapNotice({ gap }: { readonly gap: Gap }) {
  const { store } = usePage();
  const loading = store.gapLoading.value;
  const isLoading = loading?.from === gap.from && loading.to === gap.to;
  return (
    <Notice kind="warning" onClose={() => store.dismissGap(gap)}>
      Decisions {countWord(gap.from)}–{countWord(gap.to)} were not shown (slow connection). They are in the ledger.{" "}
      <button type="button" class="button" disabled={loading !== undefined} onClick={() => store.showGap(gap)}>
        {isLoading ? "Loading…" : "Load them"}
      </button>
    </Notice>
  );
}

interface NoticeProps {
  readonly kind: "info" | "warning";
  readonly onClose?: () => void;
  readonly children: ComponentChildren;
}

function Notice({ kind, onClose, children }: NoticeProps) {
  return (
    <div class="notice" data-kind={kind}>
      <p>{children}</p>
      {onClose && (
        <button type="button" class="icon-button" aria-label="Dismiss" onClick={onClose}>
          ×
        </button>
      )}
    </div>
  );
}
