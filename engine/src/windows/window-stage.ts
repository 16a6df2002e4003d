/**
 * The windows as a stage of the engine: one machine behind its operator, fed by the pipeline and by the tick of the
 * clock.
 */
import { catchError, EMPTY, map, type Observable, Subject, share } from "rxjs";
import type { PartState, WindowResult } from "../contracts.ts";
import { runMachine } from "../machine.ts";
import type { WindowInput, WindowSet } from "./window-set.ts";

export interface WindowStage {
  readonly results$: Observable<readonly WindowResult[]>;
  push(input: WindowInput): void;
  /** The input ended: every open window fires. */
  finish(): void;
  /** Stops without firing: a window that a stop cut short is not final. */
  drop(): void;
  state(): PartState;
}

export function createWindowStage(windows: WindowSet, onMissed: (missed: number) => void): WindowStage {
  const input$ = new Subject<WindowInput>();
  let fault: string | undefined;
  const results$: Observable<readonly WindowResult[]> = input$.pipe(
    runMachine(() => windows),
    map((output) => {
      onMissed(output.missed);
      return output.results;
    }),
    catchError((error: unknown) => {
      fault = String(error);
      return EMPTY;
    }),
    share(),
  );
  const running = results$.subscribe();
  return {
    results$,
    push: (input) => input$.next(input),
    finish: () => input$.complete(),
    drop: () => running.unsubscribe(),
    state: () =>
      fault === undefined ? { state: "ready", detail: watermarkWord(windows) } : { state: "failed", detail: fault },
  };
}

function watermarkWord({ watermarkMs }: WindowSet): string {
  if (!Number.isFinite(watermarkMs)) return "no event yet";
  return `watermark ${new Date(watermarkMs).toISOString()}`;
}
