import { expect, test } from "vitest";
import { makeCorpus } from "../corpus.ts";
import { freshBody } from "./fresh-bodies.ts";

const { events } = makeCorpus({ seed: 1, phraseCount: 10, eventCount: 3, eventBytes: 600 });
const idsIn = (text: string) =>
  text.split("\n").map((line) => Number((JSON.parse(line) as { event_id: string }).event_id.slice(-12)));

test("each use has ids of its own, and nothing else changes", () => {
  const body = freshBody(events);
  body.renew(41);
  const first = body.bytes.toString();
  body.renew(123_456_789_012 - 2);
  const second = body.bytes.toString();
  expect(idsIn(first)).toEqual([41, 42, 43]);
  expect(idsIn(second)).toEqual([123_456_789_010, 123_456_789_011, 123_456_789_012]);
  const withoutIds = (text: string) => text.replace(/\d{12}","timestamp/g, "");
  expect(withoutIds(second)).toBe(withoutIds(first));
});

test("ids are found behind what the transport puts in front", () => {
  const body = freshBody(events.slice(0, 1), (bytes) => Buffer.concat([Buffer.from("head "), bytes]));
  body.renew(7);
  expect(body.bytes.toString().startsWith("head {")).toBe(true);
  expect(idsIn(body.bytes.toString().slice(5))).toEqual([7]);
});

test("an event without such an id is refused", () => {
  expect(() => freshBody([Buffer.from('{"event_id":"a","timestamp":""}')])).toThrow("twelve digits");
});
