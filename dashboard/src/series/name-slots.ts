/**
 * Names from outside as small whole numbers, so that counts by name lie in arrays of fixed size. Invariant: at most
 * `namesMax` names are held; every further one is slot `namesMax`, shown as `other`. A name that is no longer counted
 * may be released, and its slot goes to a new one.
 */
export const OTHER = "other";

export interface NameSlots {
  /** Slot of the name, from 0; `namesMax` when all are taken. */
  slotOf(name: string): number;
  nameOf(slot: number): string;
  /** Frees the slots that `isIdle` says nothing is counted in. */
  release(isIdle: (slot: number) => boolean): void;
  readonly isFull: boolean;
  clear(): void;
}

export function nameSlots(namesMax: number): NameSlots {
  const slots = new Map<string, number>();
  const names: (string | undefined)[] = Array.from({ length: namesMax }, () => undefined);
  return {
    slotOf(name) {
      const known = slots.get(name);
      if (known !== undefined) return known;
      if (slots.size >= namesMax) return namesMax;
      const free = names.indexOf(undefined);
      names[free] = name;
      slots.set(name, free);
      return free;
    },
    nameOf: (slot) => names[slot] ?? OTHER,
    release(isIdle) {
      for (const [name, slot] of slots) {
        if (!isIdle(slot)) continue;
        slots.delete(name);
        names[slot] = undefined;
      }
    },
    get isFull() {
      return slots.size >= namesMax;
    },
    clear() {
      slots.clear();
      names.fill(undefined);
    },
  };
}
