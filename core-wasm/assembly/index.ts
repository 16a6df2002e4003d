/**
 * The kernel's border: numbers in, numbers out, everything else through memory (layout.ts, result.ts). It never
 * allocates, never grows its memory and never traps on any payload.
 */
import { noteQuiet } from "./compose";
import { COMPLETION, PROMPT, readEvent } from "./event";
import { foldText } from "./fold";
import {
  CANON,
  CLOCK,
  MATCHES,
  MEMORY_END,
  PACK,
  PAGE,
  PAYLOAD,
  RESULT,
  SPLIT,
  SUFFIX,
  TEMPLATES,
} from "./layout";
import { matchWords } from "./match";
import { fieldEntry, KIND_MASK, KIND_STRING, MATCH_COUNT, QUIET, TRUNCATED } from "./result";
import { beginScore, endScore } from "./score";

export { compose } from "./compose";
export { hashWord } from "./hash";
export { openPack } from "./pack";
export { splitPayload } from "./split";

/** Addresses that the host needs, so that they are written down once. */
export function addressOf(area: u32): usize {
  if (area == 0) return RESULT;
  if (area == 1) return PAYLOAD;
  if (area == 2) return SPLIT;
  if (area == 3) return MATCHES;
  if (area == 4) return CANON;
  if (area == 5) return PACK;
  if (area == 6) return MEMORY_END;
  if (area == 7) return TEMPLATES;
  if (area == 8) return CLOCK;
  if (area == 9) return SUFFIX;
  return area == 10 ? PAGE : 0;
}

function scanSide(field: u32, side: u32): void {
  const entry = fieldEntry(field);
  const length = load<u32>(entry, 16);
  if ((load<u32>(entry) & KIND_MASK) != KIND_STRING || length == 0) return;
  foldText(<usize>load<u32>(entry, 12), length);
  matchWords(side);
}

/** Reads, checks and scores event `index` of the split payload. False: the fault is in the result. */
export function scanEvent(index: u32): bool {
  const span = SPLIT + (<usize>index << 3);
  store<u32>(MATCH_COUNT, 0);
  store<u32>(TRUNCATED, 0);
  store<u32>(QUIET, 0);
  beginScore();
  if (!readEvent(load<u32>(span), load<u32>(span, 4))) return false;
  scanSide(PROMPT, 0);
  scanSide(COMPLETION, 1);
  endScore();
  noteQuiet();
  return true;
}
