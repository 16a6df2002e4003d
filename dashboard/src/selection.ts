/**
 * The one decision that is open, and what the server knows of why. A decision chosen in the list is shown at once; its
 * comparisons are asked for when the person has stayed at it for a moment.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Decision } from "@sluice/engine";
import type { Target } from "./address.ts";
import { type Api, ApiError, type Explanation } from "./api.ts";

const STAY_MS = 150;

export type Selection =
  | { readonly kind: "none" }
  | { readonly kind: "loading"; readonly target: Target }
  | { readonly kind: "failed"; readonly target: Target; readonly message: string }
  | { readonly kind: "decision"; readonly decision: Decision };

export type Why =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "known"; readonly explanation: Explanation };

export interface SelectionState {
  readonly selection: ReadonlySignal<Selection>;
  readonly why: ReadonlySignal<Why>;
  select(decision: Decision): void;
  /** Opens what an address names. */
  open(target: Target): void;
  close(): void;
}

export function createSelection(api: Api): SelectionState {
  const selection = signal<Selection>({ kind: "none" });
  const why = signal<Why>({ kind: "loading" });
  let turn = 0; // answers to older questions are not taken
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(target: Target): Promise<void> {
    const mine = turn;
    try {
      const { decision, explanation } = await api.decision(target.eventId, target.organisation);
      if (mine !== turn) return;
      if (selection.value.kind !== "decision") selection.value = { kind: "decision", decision };
      why.value = { kind: "known", explanation };
    } catch (error) {
      if (mine !== turn) return;
      const message = error instanceof ApiError ? error.message : "The decision could not be read.";
      why.value = { kind: "failed", message };
      if (selection.value.kind !== "decision") selection.value = { kind: "failed", target, message };
    }
  }
  function begin(next: Selection, target: Target, afterMs: number): void {
    turn += 1;
    clearTimeout(timer);
    selection.value = next;
    why.value = { kind: "loading" };
    timer = setTimeout(() => void ask(target), afterMs);
  }
  return {
    selection,
    why,
    select: (decision) =>
      begin({ kind: "decision", decision }, { eventId: decision.event_id, organisation: decision.org_id }, STAY_MS),
    open: (target) => begin({ kind: "loading", target }, target, 0),
    close() {
      turn += 1;
      clearTimeout(timer);
      selection.value = { kind: "none" };
    },
  };
}
