/**
 * Guards in the kernel's memory. WebAssembly traps only outside of its memory; a write from one area into the next
 * would go unseen. So the last 64 bytes before each area hold a pattern that must stay, and the pack's tables, which
 * are read-only, must stay as they are. An input of at most `INPUT_BYTES_MAX` fills no area up to its end.
 */
import { readFileSync } from "node:fs";
import type { Kernel } from "../src/detector.ts";

export const INPUT_BYTES_MAX = 4096;
const GUARD_BYTES = 64;
const PATTERN = 0xa5;
/** Not guarded: before these stand the compiler's own constants, and the list of matches, which may be full. */
const UNGUARDED = new Set(["RESULT", "TOP"]);

export interface Guards {
  /** Names the areas before which the pattern is broken. */
  broken(): string[];
  /** Whether the pack's tables are as the host wrote them; takes a millisecond. */
  areTablesWhole(): boolean;
}

/** The kernel's areas and where they begin, as its own layout states them. */
export function areas(): ReadonlyMap<string, number> {
  const layout = readFileSync(new URL("../assembly/layout.ts", import.meta.url), "utf8");
  const found = [...layout.matchAll(/^export const (\w+): usize = (0x[0-9a-f_]+);/gm)].map(
    ([, name = "", address = ""]) => [name, Number(address.replaceAll("_", ""))] as const,
  );
  // Sizes are written the same way, and are smaller than any address.
  return new Map(found.filter(([name]) => !name.endsWith("_MAX")));
}

/**
 * @param kernel one whose detector has opened its pack
 * @param tables the pack's tables
 */
export function setGuards(kernel: Kernel, tables: Uint8Array): Guards {
  const memory = Buffer.from(kernel.memory.buffer);
  const known = areas();
  const packAt = known.get("PACK") as number;
  const guards = [...known].filter(([name]) => !UNGUARDED.has(name));
  for (const [, address] of guards) memory.fill(PATTERN, address - GUARD_BYTES, address);
  const pattern = Buffer.alloc(GUARD_BYTES, PATTERN);
  const views = guards.map(([name, address]) => ({ name, view: memory.subarray(address - GUARD_BYTES, address) }));
  return {
    broken: () => views.filter(({ view }) => !view.equals(pattern)).map(({ name }) => name),
    areTablesWhole: () => memory.subarray(packAt, packAt + tables.length).equals(tables),
  };
}
