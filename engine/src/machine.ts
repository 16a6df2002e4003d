/** State machines as RxJS operators: the one place where an Observable is made by hand. */
import { Observable, type OperatorFunction } from "rxjs";

/** A pure state machine: one input in, zero or more outputs out. No clock, no I/O. */
export interface Machine<In, Out> {
  push(input: In): readonly Out[];
  /** The input ended: hand over what is still held. */
  finish(): readonly Out[];
}

/** Runs a state machine as an operator. Each subscription gets its own machine. */
export function runMachine<In, Out>(create: () => Machine<In, Out>): OperatorFunction<In, Out> {
  return (source) =>
    new Observable<Out>((subscriber) => {
      const machine = create();
      const emit = (step: () => readonly Out[]) => {
        try {
          for (const output of step()) subscriber.next(output);
        } catch (error) {
          subscriber.error(error); // else RxJS 7 rethrows it on a timer and the stream completes as if well
        }
      };
      return source.subscribe({
        next: (input) => emit(() => machine.push(input)),
        error: (error) => subscriber.error(error),
        complete: () => {
          emit(() => machine.finish());
          subscriber.complete();
        },
      });
    });
}
