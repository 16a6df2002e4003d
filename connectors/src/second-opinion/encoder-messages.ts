/** What the encoder's thread and its judge say to each other. */
import type { JudgeFaultReason } from "./contracts.ts";

export interface ToEncoder {
  readonly id: number;
  readonly text: string;
}
export type FromEncoder = { readonly id: number } & ({ readonly score: number } | { readonly fault: JudgeFaultReason });
