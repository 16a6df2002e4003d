import { createHmac } from "node:crypto";
import type { RecordDraft } from "@sluice/engine";
import { expect, test } from "vitest";
import { decisions } from "./testing/drafts.ts";
import { ledgerFolder, readAll } from "./testing/folder.ts";
import { encodeText, TEXT_HEADER_BYTES } from "./text-format.ts";

const folder = ledgerFolder();

/** The same draft with its text as bytes in the middle of a page; its string must not be asked for. */
function encoded({ json, type, key }: RecordDraft): RecordDraft {
  const bytes = Buffer.from(`before${json}behind`);
  return {
    type,
    ...(key && { key }),
    get json(): string {
      throw new Error("nobody asks for the string of an encoded draft");
    },
    encoded: { bytes, start: 6, end: 6 + Buffer.byteLength(json) },
  };
}

test("a draft that comes as bytes is written, found and read like one that comes as text", async () => {
  const ledger = await folder.open();
  const drafts = decisions(0, 40);
  await ledger.append(drafts.map((draft, at) => (at % 2 === 0 ? encoded(draft) : draft))).written;
  const records = await readAll(ledger);
  expect(records.map(({ json }) => json)).toEqual(
    drafts.map(({ json, key }, at) => {
      const members = json.slice(1, -1);
      return `{"seq":${at + 1},"type":"decision",${members},"event_digest":"sha256:${key?.digest}"}`;
    }),
  );
  expect(ledger.find("org-4", "event-4")?.seq).toBe(5);
});

test("many of them fill frames without losing one", async () => {
  const ledger = await folder.open();
  await ledger.append(decisions(0, 9000).map(encoded)).written;
  expect((await readAll(ledger)).map(({ seq }) => seq)).toEqual(Array.from({ length: 9000 }, (_, at) => at + 1));
});

test.each([
  ["begins with no brace", { start: 0, end: 4 }],
  ["is larger than 64 KiB", { start: 4, end: 70_006 }],
])("one that %s is refused", async (_what, { start, end }) => {
  const ledger = await folder.open();
  const bytes = Buffer.from(`null{"a":"${"x".repeat(70_000)}"}`.padEnd(70_006, "}"));
  expect(() => ledger.append([{ type: "decision", json: "", encoded: { bytes, start, end } }])).toThrow(/encoded JSON/);
});

test.each([0, 1, 63, 64, 1000, 16 * 1024, 16 * 1024 + 1])(
  "a retained text of %i bytes is pinned by its HMAC",
  (length) => {
    const prompt = Buffer.alloc(length, "p");
    const { entry, hashes } = encodeText(7, { prompt, completion: Buffer.from("completion") });
    const key = entry.subarray(24, TEXT_HEADER_BYTES);
    expect(hashes.prompt).toEqual(createHmac("sha256", key).update(prompt).digest());
    expect(hashes.completion).toEqual(createHmac("sha256", key).update("completion").digest());
  },
);

test("every text has a key of its own", () => {
  const keys = Array.from({ length: 300 }, (_, seq) =>
    encodeText(seq, { prompt: Buffer.alloc(0), completion: Buffer.alloc(0) })
      .entry.subarray(24, TEXT_HEADER_BYTES)
      .toString("hex"),
  );
  expect(new Set(keys).size).toBe(300);
  expect(keys).not.toContain("0".repeat(64));
});
