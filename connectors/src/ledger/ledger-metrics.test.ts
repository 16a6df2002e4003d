import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decision } from "./testing/drafts.ts";
import { ledgerFolder } from "./testing/folder.ts";

const folder = ledgerFolder();

test("a ledger's numbers say what lies on the disk, over segments and restarts", async () => {
  const { directory } = folder;
  const open = () => folder.open({ sync: "interval", segmentBytesMax: 4_096 });
  let ledger = await open();
  for (let number = 0; number < 40; number += 1) await ledger.append([decision(number)]).written;
  const onDisk = () => {
    const names = readdirSync(join(directory, "ledger")).filter((name) => name.endsWith(".segment"));
    return { segments: names.length, bytes: sum(names.map((name) => statSync(join(directory, "ledger", name)).size)) };
  };
  const check = () => {
    const numbers = Object.fromEntries(
      ledger.metrics().flatMap(({ name, samples }) => {
        const [sample] = samples;
        return sample !== undefined && "value" in sample ? [[name, sample.value]] : [];
      }),
    );
    const { segments, bytes } = onDisk();
    expect(segments).toBeGreaterThan(1);
    expect(numbers).toMatchObject({
      sluice_ledger_up: 1,
      sluice_ledger_last_seq: 40,
      sluice_ledger_segments: segments,
      sluice_ledger_bytes: bytes,
      sluice_ledger_pending_records: 0,
    });
    expect(numbers.sluice_ledger_sync_lag_seconds).toBeGreaterThanOrEqual(0);
  };
  check();
  const writes = ledger.metrics().find(({ name }) => name === "sluice_ledger_write_seconds");
  expect(writes?.samples[0]).toMatchObject({ count: 40 });
  await ledger.close();
  ledger = await open();
  check();
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
