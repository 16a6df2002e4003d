/**
 * The windows of the engine: 10 seconds, 1 minute, 1 hour, under one watermark. A batch of decisions is first summed
 * into panes of 10 seconds, and each size merges panes: every size is a whole number of panes, so a pane never
 * straddles two windows, and lateness, which is judged by window, is the same for all events of a pane.
 */
import type { DecisionFacts, WindowResult } from "../contracts.ts";
import type { Machine } from "../machine.ts";
import { type Aggregate, type AggregateState, createAggregate } from "./aggregate.ts";
import { type Item, type Output, type Tumbling, type TumblingState, tumbling } from "./tumbling.ts";
import { createWatermark, type WatermarkOptions } from "./watermark.ts";

export const PANE_MS = 10_000;
export const WINDOW_SIZES_MS = [PANE_MS, 60_000, 3_600_000] as const;
/** Windows one size holds open. */
export const OPEN_WINDOWS_MAX = 256;

export interface Timed {
  readonly facts: DecisionFacts;
  readonly eventTimeMs: number;
}
export type WindowInput =
  | { readonly kind: "batch"; readonly events: readonly Timed[]; readonly nowMs: number }
  | { readonly kind: "tick"; readonly nowMs: number };

export interface WindowOutput {
  readonly results: readonly WindowResult[];
  /** Events that the shortest window did not take: late, too far ahead, or more windows than are held open. */
  readonly missed: number;
}

export interface WindowSetOptions extends WatermarkOptions {
  readonly allowedLatenessMs: number;
}

/** JSON; null stands for a watermark that never moved. */
export interface WindowSetState {
  readonly watermarkMs: number | null;
  readonly open: readonly (readonly {
    readonly startMs: number;
    readonly revision: number;
    readonly value: AggregateState;
  }[])[];
}

export interface WindowSet extends Machine<WindowInput, WindowOutput> {
  /** -Infinity until the first event. */
  readonly watermarkMs: number;
  /** Windows that still take events, by size. */
  readonly openCounts: readonly { readonly sizeMs: number; readonly count: number }[];
  state(): WindowSetState;
}

export function createWindowSet(options: WindowSetOptions, initial?: WindowSetState): WindowSet {
  const startMs = initial?.watermarkMs ?? -Infinity;
  const watermark = createWatermark(options, startMs);
  const sizes = WINDOW_SIZES_MS.map((sizeMs, at) => openSize(sizeMs, options.allowedLatenessMs, at, initial));

  function collect(step: (size: Tumbling<Aggregate, Aggregate>) => readonly Output<Aggregate>[]): WindowResult[] {
    return sizes.flatMap((size, at) => step(size).flatMap((output) => resultOf(output, WINDOW_SIZES_MS[at] as number)));
  }

  function advance(): readonly WindowResult[] {
    const watermarkMs = watermark.valueMs;
    return collect((size) => size.push({ kind: "watermark", watermarkMs }));
  }

  function take(events: readonly Timed[], nowMs: number): WindowOutput {
    const panes = new Map<number, Item<Aggregate>>();
    let ahead = 0;
    let pane: Item<Aggregate> | undefined; // of the event before: nearly always this one's too
    for (const { facts, eventTimeMs } of events) {
      if (!watermark.observe(eventTimeMs, nowMs)) {
        ahead += 1;
        continue;
      }
      const paneMs = Math.floor(eventTimeMs / PANE_MS) * PANE_MS;
      if (pane?.eventTimeMs !== paneMs) pane = panes.get(paneMs);
      if (pane === undefined) {
        pane = { eventTimeMs: paneMs, item: createAggregate() };
        panes.set(paneMs, pane);
      }
      pane.item.add(facts);
    }
    const items = [...panes.values()];
    let missed = ahead;
    const results = sizes.flatMap((size, at) => {
      const outputs = size.push({ kind: "batch", items });
      if (at === 0) missed += missedEvents(outputs, panes);
      return outputs.flatMap((output) => resultOf(output, WINDOW_SIZES_MS[at] as number));
    });
    return { results: [...results, ...advance()], missed };
  }

  const wrap = (output: WindowOutput) => (output.results.length > 0 || output.missed > 0 ? [output] : []);
  return {
    push(input) {
      if (input.kind === "batch") return wrap(take(input.events, input.nowMs));
      watermark.tick(input.nowMs);
      return wrap({ results: advance(), missed: 0 });
    },
    get watermarkMs() {
      return watermark.valueMs;
    },
    get openCounts() {
      return sizes.map(({ openCount }, at) => ({ sizeMs: WINDOW_SIZES_MS[at] as number, count: openCount }));
    },
    finish: () => wrap({ results: collect((size) => size.finish()), missed: 0 }),
    state: () => ({
      watermarkMs: Number.isFinite(watermark.valueMs) ? watermark.valueMs : null,
      open: sizes.map((size) => size.state().open.map((window) => ({ ...window, value: window.value.state() }))),
    }),
  };
}

function openSize(sizeMs: number, allowedLatenessMs: number, at: number, initial: WindowSetState | undefined) {
  const saved = initial?.open[at] ?? [];
  const state: TumblingState<Aggregate> = {
    watermarkMs: initial?.watermarkMs ?? -Infinity,
    open: saved.map((window) => ({ ...window, value: createAggregate(window.value) })),
  };
  return tumbling<Aggregate, Aggregate>(
    {
      sizeMs,
      allowedLatenessMs,
      openWindowsMax: OPEN_WINDOWS_MAX,
      empty: createAggregate,
      accumulate(value, pane) {
        value.merge(pane);
        return value;
      },
      snapshot: (value) => createAggregate(value.state()),
    },
    state,
  );
}

function missedEvents(outputs: readonly Output<Aggregate>[], panes: ReadonlyMap<number, Item<Aggregate>>): number {
  let missed = 0;
  for (const output of outputs) {
    if (output.kind === "rejected") missed += panes.get(output.eventTimeMs)?.item.counts.events ?? 0;
  }
  return missed;
}

function resultOf(output: Output<Aggregate>, sizeMs: number): WindowResult[] {
  if (output.kind === "rejected") return [];
  const { startMs, revision, value } = output;
  return [{ sizeMs, startMs, revision, ...value.state() }];
}
