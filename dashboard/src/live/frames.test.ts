import { expect, test } from "vitest";
import { readFrame } from "./frames.ts";

test.each([
  ["no JSON", "{"],
  ["no object", "7"],
  ["null", "null"],
  ["no type", "{}"],
])("%s is no frame", (_name, message) => expect(readFrame(message)).toBeUndefined());

test("a type that the page does not know is another frame, not an error", () =>
  expect(readFrame('{"type":"weather"}')).toEqual({ type: "other" }));

test("a frame of a known type with a faulty sequence is not taken for one", () =>
  expect(readFrame('{"type":"decisions","seq":-1,"prev":0,"decisions":[]}')).toEqual({ type: "other" }));

test("a snapshot without counters has none", () =>
  expect(readFrame('{"type":"snapshot","seq":3}')).toEqual({ type: "snapshot", seq: 3, counters: {} }));
