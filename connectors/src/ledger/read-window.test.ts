import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { ReadWindow } from "./read-window.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-window-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string) {
  const path = join(folder, name);
  writeFileSync(path, text);
  let opened = 0;
  const read = (window: ReadWindow, offset: number, length: number) => {
    let fd: number | undefined;
    const bytes = window.read(path, offset, length, () => {
      opened += 1;
      fd = openSync(path, "r");
      return fd;
    });
    if (fd !== undefined) closeSync(fd);
    return bytes?.toString();
  };
  return { path, read, opened: () => opened };
}

test("any reads of two files give what stands there, whatever was read before", () => {
  const texts = ["0123456789".repeat(30), "abcdefghij".repeat(20)];
  const files = texts.map((text, at) => file(`any-${at}`, text));
  const aRead = fc.tuple(fc.nat(1), fc.nat(310), fc.integer({ min: 1, max: 40 }));
  fc.assert(
    fc.property(fc.array(aRead, { maxLength: 30 }), fc.integer({ min: 1, max: 64 }), (reads, bytesMax) => {
      const window = new ReadWindow(bytesMax);
      for (const [at, offset, length] of reads) {
        const text = texts[at]!;
        const wanted = offset + length <= text.length ? text.slice(offset, offset + length) : undefined;
        expect(files[at]!.read(window, offset, length)).toBe(wanted);
      }
    }),
  );
});

test("what lies close behind costs no further read, and what the file grew by is seen", () => {
  const { path, read, opened } = file("grows", "one two three ");
  const window = new ReadWindow(64);
  expect([read(window, 0, 3), read(window, 4, 3), read(window, 8, 5)]).toEqual(["one", "two", "three"]);
  expect(opened()).toBe(1);
  expect(read(window, 14, 4)).toBeUndefined();
  appendFileSync(path, "four");
  expect(read(window, 14, 4)).toBe("four");
});
