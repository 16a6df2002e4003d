/**
 * Draws when something came, at most once an animation frame; the costly part at most once every `slowEveryMs`, and
 * once more after the last change. Nothing runs while nothing comes.
 */
export interface DrawLoopOptions {
  readonly drawFast: () => void;
  readonly drawSlow: () => void;
  readonly slowEveryMs: number;
}

/** @returns call it after each change */
export function drawLoop({ drawFast, drawSlow, slowEveryMs }: DrawLoopOptions): () => void {
  let isScheduled = false;
  let isSlowDue = false;
  let slowTimer: ReturnType<typeof setTimeout> | undefined;

  function draw(): void {
    isScheduled = false;
    drawFast();
    if (slowTimer !== undefined) {
      isSlowDue = true;
      return;
    }
    isSlowDue = false;
    drawSlow();
    slowTimer = setTimeout(() => {
      slowTimer = undefined;
      if (isSlowDue) schedule();
    }, slowEveryMs);
  }
  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(draw);
  }
  return schedule;
}
