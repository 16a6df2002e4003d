/**
 * Tumbling windows over event time: one size, no gap, no overlap.
 * A window is [startMs, startMs + sizeMs), aligned to the Unix epoch. It fires when the watermark reaches its end, with
 * revision 0; late items within the allowed lateness fire it again with the next revision, once a batch; then it
 * closes. It holds one accumulator, never the events. Terms: Akidau et al., "The Dataflow Model", VLDB 2015.
 */
import { assert } from "../assert.ts";
import { EngineError } from "../errors.ts";
import type { Machine } from "../machine.ts";

export interface Item<E> {
  readonly eventTimeMs: number;
  readonly item: E;
}
export type Input<E> =
  | { readonly kind: "batch"; readonly items: readonly Item<E>[] }
  | { readonly kind: "watermark"; readonly watermarkMs: number };
export type Output<A> =
  | { readonly kind: "window"; readonly startMs: number; readonly revision: number; readonly value: A }
  | { readonly kind: "rejected"; readonly reason: "late" | "too-many-windows"; readonly eventTimeMs: number };

export interface TumblingOptions<E, A> {
  readonly sizeMs: number;
  readonly allowedLatenessMs: number;
  readonly openWindowsMax: number;
  empty(): A;
  /** May change `value` and return it. A fired value is copied by `snapshot`. */
  accumulate(value: A, item: E): A;
  snapshot(value: A): A;
}

/** What a restart goes on from. `revision` -1: not fired yet. */
export interface TumblingState<A> {
  readonly watermarkMs: number;
  readonly open: readonly { readonly startMs: number; readonly revision: number; readonly value: A }[];
}

export interface Tumbling<E, A> extends Machine<Input<E>, Output<A>> {
  state(): TumblingState<A>;
  readonly openCount: number;
}

interface OpenWindow<A> {
  value: A;
  revision: number;
}

export function tumbling<E, A>(options: TumblingOptions<E, A>, initial?: TumblingState<A>): Tumbling<E, A> {
  const { sizeMs, allowedLatenessMs, openWindowsMax, empty, accumulate, snapshot } = options;
  if (!(sizeMs > 0)) throw new EngineError("config-invalid", `sizeMs must be positive, got ${sizeMs}`);
  if (!(allowedLatenessMs >= 0)) {
    throw new EngineError("config-invalid", `allowedLatenessMs must not be negative, got ${allowedLatenessMs}`);
  }
  const open = new Map<number, OpenWindow<A>>(); // by startMs
  for (const { startMs, revision, value } of initial?.open ?? []) open.set(startMs, { revision, value });
  let watermarkMs = initial?.watermarkMs ?? -Infinity;
  const isDue = (startMs: number) => startMs + sizeMs <= watermarkMs;
  const isClosed = (startMs: number) => startMs + sizeMs + allowedLatenessMs <= watermarkMs;

  function fire(startMs: number): Output<A> {
    const window = open.get(startMs);
    assert(window !== undefined, "only an open window fires");
    window.revision += 1;
    return { kind: "window", startMs, revision: window.revision, value: snapshot(window.value) };
  }

  function advance(toMs: number): readonly Output<A>[] {
    if (!(toMs > watermarkMs)) return []; // a watermark never goes back
    watermarkMs = toMs;
    const starts = [...open.keys()].sort((a, b) => a - b);
    const fired = starts.filter((start) => isDue(start) && open.get(start)?.revision === -1).map(fire);
    for (const start of starts) if (isClosed(start)) open.delete(start);
    return fired;
  }

  function take(items: readonly Item<E>[]): readonly Output<A>[] {
    const outputs: Output<A>[] = [];
    const corrected = new Set<number>();
    for (const { eventTimeMs, item } of items) {
      const startMs = Math.floor(eventTimeMs / sizeMs) * sizeMs;
      const known = open.get(startMs);
      if (isClosed(startMs)) outputs.push({ kind: "rejected", reason: "late", eventTimeMs });
      else if (known === undefined && open.size >= openWindowsMax) {
        outputs.push({ kind: "rejected", reason: "too-many-windows", eventTimeMs });
      } else {
        const window = known ?? { value: empty(), revision: -1 };
        window.value = accumulate(window.value, item);
        open.set(startMs, window);
        if (isDue(startMs)) corrected.add(startMs); // late but allowed: a correction
      }
    }
    for (const startMs of [...corrected].sort((a, b) => a - b)) outputs.push(fire(startMs));
    return outputs;
  }

  return {
    push: (input) => (input.kind === "watermark" ? advance(input.watermarkMs) : take(input.items)),
    finish: () => advance(Infinity),
    state: () => ({ watermarkMs, open: [...open].map(([startMs, window]) => ({ startMs, ...window })) }),
    get openCount() {
      return open.size;
    },
  };
}
