/**
 * A process that writes until it is killed: `node writer-child.js <directory> <sync> <first number>`.
 * On stdout, one line each: `ready`, then `acked <number>` when everything up to that number is recorded, or
 * `failed <number> <code>` when the batch that begins there was refused; it tries such a batch again after 20 ms.
 * Numbers are those of `decision`; every fourth has text. What is found already counts as recorded.
 */
import { writeSync } from "node:fs";
import type { EngineError, RecordDraft } from "@sluice/engine";
import { openLedger } from "../ledger.ts";
import type { SyncMode } from "../writer.ts";
import { decision, withText } from "./drafts.ts";

const [directory, sync, first] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const ledger = await openLedger({ directory: directory!, sync: sync as SyncMode, segmentBytesMax: 64 * 1024 });
say("ready");

for (let next = Number(first); ; ) {
  const count = 1 + (next % 37);
  const drafts: RecordDraft[] = [];
  for (let number = next; number < next + count; number += 1) {
    const draft = decision(number);
    if (ledger.find(draft.key!.orgId, draft.key!.eventId) !== undefined) continue;
    drafts.push(number % 4 === 0 ? withText(draft, `text ${number}`) : draft);
  }
  try {
    await ledger.append(drafts).written;
    next += count;
    say(`acked ${next - 1}`);
  } catch (error) {
    say(`failed ${next} ${(error as EngineError).code}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
