/** Name, connection, last sequence, what decided (policy and pack), and the colours. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { countWord, hashWord } from "../format.ts";
import type { ConnectionState } from "../live/connection.ts";
import { usePage } from "../page.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

export function Header() {
  const { store, readiness } = usePage();
  const state = store.connection.value;
  const ready = readiness.value.value;
  const numbers = store.numbers.value;
  const policy = numbers?.policy ?? ready?.policy;
  const pack = numbers?.pack ?? ready?.pack;
  return (
    <header class="header">
      <h1 class="brand">
        <img src="./favicon.svg" alt="" width="20" height="20" /> Sluice
      </h1>
      <Connection state={state} />
      {state.kind === "lost" && (
        <button type="button" class="button" onClick={store.reconnect}>
          Reconnect
        </button>
      )}
      {numbers?.isSynthetic && (
        <span
          class="synthetic"
          title="At least one decision on this page carries synthetic: true. Evidence leaves these out."
        >
          synthetic traffic
        </span>
      )}
      <dl class="facts">
        <div title="Ledger sequence of the last decision that this page received, from /live">
          <dt>seq</dt>
          <dd class="seq">{numbers?.lastSeq === undefined ? "–" : countWord(numbers.lastSeq)}</dd>
        </div>
        <div title={`Policy in force: ${policy ?? "not known yet"}`}>
          <dt>policy</dt>
          <dd>{policy ? hashWord(policy) : "–"}</dd>
        </div>
        <div title={`Detector pack in use: ${pack ?? "not known yet"}`}>
          <dt>pack</dt>
          <dd>{pack ? hashWord(pack) : "–"}</dd>
        </div>
      </dl>
      <ThemeSwitch />
    </header>
  );
}

function Connection({ state }: { readonly state: ConnectionState }) {
  const nowMs = useSignal(Date.now());
  const isWaiting = state.kind === "reconnecting";
  useEffect(() => {
    if (!isWaiting) return;
    nowMs.value = Date.now();
    const timer = setInterval(() => {
      nowMs.value = Date.now();
    }, 250);
    return () => clearInterval(timer);
  }, [isWaiting, nowMs]);
  return (
    <span class="connection" data-state={state.kind} role="status">
      <span class="dot" aria-hidden="true" />
      {state.kind === "reconnecting"
        ? `reconnecting in ${Math.max(0, Math.ceil((state.retryAtMs - nowMs.value) / 1000))} s`
        : { connecting: "connecting", live: "live", lost: "connection lost" }[state.kind]}
    </span>
  );
}
