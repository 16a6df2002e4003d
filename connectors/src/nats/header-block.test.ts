import { headers } from "nats";
import { expect, test } from "vitest";
import { headerBlock } from "./header-block.ts";

test("a block has the bytes that the client library would write", () => {
  const named = { "Nats-Msg-Id": "abc234", "Sluice-Seq": "17", "Sluice-Message": "a: b, c %0D%0A ~" };
  const library = headers();
  for (const [name, value] of Object.entries(named)) library.append(name, value);
  const written = (library as unknown as { encode(): Uint8Array }).encode();
  expect(headerBlock(named)?.toString()).toBe(Buffer.from(written).toString());
});

test.each(["a\r\nNats-Msg-Id: b", "a\nb", "é", "\u0000"])(
  "a value that could be read as more is left to the library: %j",
  (value) => {
    expect(headerBlock({ "Nats-Msg-Id": "a", "Sluice-Message": value })).toBeUndefined();
  },
);
