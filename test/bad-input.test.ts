/**
 * Every kind of bad input against a real server: the status, index, field and reason that are promised; what is sound
 * beside it is decided and recorded, and nothing that was refused is.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BAD_EVENTS, type BadEvent, EDGE_EVENTS } from "./support/bad-events.ts";
import { type Answer, ingest, JSON_TYPE, metrics, NDJSON_TYPE, type Rejected, send } from "./support/requests.ts";
import { sampleEvent } from "./support/sample-event.ts";
import { exportedDecisions, type Served, serve, verifyLedger } from "./support/served.ts";

const MIB = 1024 * 1024;
const data = mkdtempSync(join(tmpdir(), "sluice-bad-input-"));
const accepted = new Set<string>();
let served: Served;

beforeAll(async () => {
  served = await serve(data);
});
afterAll(async () => {
  await served?.kill();
  rmSync(data, { recursive: true, force: true });
});

/** A sound event whose record is looked for at the end. */
function sound(): Buffer {
  const event = sampleEvent();
  accepted.add(event.event_id);
  return Buffer.from(JSON.stringify(event));
}
const post = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  send(served.url, "/ingest", { body, headers });
const bodyOf = ({ text }: Answer) => JSON.parse(text) as { error: string; rejected: Rejected[] };
const wrapped = (events: readonly Buffer[]) =>
  Buffer.concat([Buffer.from('{"events":['), ...events.flatMap((e, at) => (at === 0 ? [e] : [COMMA, e])), END]);
const asLines = (events: readonly Buffer[]) => Buffer.concat(events.flatMap((event) => [event, Buffer.from("\n")]));
const COMMA = Buffer.from(",");
const END = Buffer.from("]}");

function refusal(bad: BadEvent, index: number) {
  const { field, reason, eventId } = bad;
  const id = eventId === undefined ? {} : { event_id: eventId };
  return [{ index, ...id, field, reason, message: expect.any(String) }];
}

describe("a bad event", () => {
  test.each(BAD_EVENTS.map((bad) => [bad.name, bad] as const))("%s", async (_name, bad) => {
    const alone = await post(wrapped([bad.bytes]));
    expect({ status: alone.status, ...bodyOf(alone) }).toEqual({
      status: 422,
      error: expect.any(String),
      rejected: refusal(bad, 0),
    });
    const among = await ingest(served.url, wrapped([sound(), bad.bytes, sound()]));
    expect(among).toMatchObject({ processed: 2, duplicates: 0, rejected: refusal(bad, 1) });
    const lines = await ingest(served.url, asLines([sound(), sound(), bad.bytes]), { headers: NDJSON_TYPE });
    expect(lines).toMatchObject({ processed: 2, duplicates: 0, rejected: refusal(bad, 2) });
  });

  test("says nothing of its text in the refusal", async () => {
    const secret = "purple elephants";
    for (const changes of [{ prompt: [secret] }, { metadata: { [secret]: 1 } }, { age: { band: secret } }]) {
      expect((await post(JSON.stringify(sampleEvent(changes)))).text).not.toContain("elephants");
    }
  });

  test("whose end cannot be found spoils its own line alone, but a wrapper as a whole", async () => {
    const json = JSON.stringify(sampleEvent());
    for (const endless of [json.slice(0, -10), json.slice(0, -1)]) {
      const bytes = Buffer.from(endless);
      const lines = await ingest(served.url, asLines([sound(), bytes, sound()]), { headers: NDJSON_TYPE });
      expect(lines.processed).toBe(2);
      expect(lines.rejected[0]).toMatchObject({ index: 1, field: "", reason: "malformed-json" });
      const whole = await post(wrapped([Buffer.from(JSON.stringify(sampleEvent())), bytes]));
      expect(whole.status).toBe(400);
      expect(bodyOf(whole).rejected).toMatchObject([{ index: 0, field: "", reason: "malformed-json" }]);
    }
  });

  test("with a raw line feed in a string spoils itself alone, in a wrapper and among lines", async () => {
    const bytes = Buffer.from(JSON.stringify(sampleEvent()).replace("fine day", "fine\nday"));
    const inWrapper = await ingest(served.url, wrapped([sound(), bytes, sound()]));
    const asNdjson = await ingest(served.url, asLines([sound(), bytes, sound()]), { headers: NDJSON_TYPE });
    for (const { processed, rejected } of [inWrapper, asNdjson]) {
      expect(processed).toBe(2);
      expect(rejected[0]).toMatchObject({ index: 1, field: "", reason: "malformed-json" });
    }
  });

  test.each(EDGE_EVENTS)("at the edge is none: %s", async (_name, changes) => {
    const event = sampleEvent(changes);
    accepted.add(event.event_id);
    expect(await ingest(served.url, JSON.stringify(event))).toMatchObject({ processed: 1, rejected: [] });
  });
});

describe("an event id", () => {
  const spoilt = { reason: "event-id-reused", field: "event_id" };

  test("that comes again for another event is refused, in a later payload and in the same one", async () => {
    const first = sampleEvent();
    accepted.add(first.event_id);
    await ingest(served.url, JSON.stringify(first));
    for (const change of [{ prompt: "other" }, { tier: "enterprise" }, { metadata: { a: "b" } }]) {
      const again = await post(JSON.stringify({ ...first, ...change }));
      expect(again.status).toBe(422);
      expect(bodyOf(again).rejected).toMatchObject([{ index: 0, event_id: first.event_id, ...spoilt }]);
    }
    const twin = sampleEvent();
    accepted.add(twin.event_id);
    const pair = [twin, { ...twin, prompt: "other" }, twin];
    expect(await ingest(served.url, JSON.stringify({ events: pair }))).toMatchObject({
      processed: 2,
      duplicates: 1,
      rejected: [{ index: 1, event_id: twin.event_id, ...spoilt }],
    });
  });

  test("of another organisation is another event", async () => {
    const first = sampleEvent();
    accepted.add(first.event_id);
    const both = { events: [first, { ...first, org_id: "org-2", prompt: "other" }] };
    expect(await ingest(served.url, JSON.stringify(both))).toMatchObject({ processed: 2, duplicates: 0, rejected: [] });
  });
});

describe("a payload that is none", () => {
  test.each([
    ["empty", "", "empty-payload"],
    ["blank", " \r\n\t ", "empty-payload"],
    ["a wrapper without events", '{"events":[]}', "empty-payload"],
    ["junk", "junk", "malformed-json"],
    ["a torn object", '{"event_id":"e', "malformed-json"],
    ["something behind the object", `${JSON.stringify(sampleEvent())}}`, "malformed-json"],
    ["an array of events", `[${JSON.stringify(sampleEvent())}]`, "not-an-object"],
    ["a wrapper with two lists", '{"events":[],"events":[]}', "duplicate-key"],
    ["too many events", `{"events":[${Array(65_537).fill("{}").join(",")}]}`, "too-many-events"],
  ])("%s is answered 400", async (_name, body, reason) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(bodyOf(answer)).toMatchObject({ error: expect.any(String), rejected: [{ index: 0, field: "", reason }] });
  });

  test("of 8 MiB it is taken, with all its events; one byte more is refused", async () => {
    const padding = "x".repeat(1_000);
    const events: string[] = [];
    let bytes = '{"events":[]}'.length;
    for (;;) {
      const event = JSON.stringify(sampleEvent({ completion: padding }));
      if (bytes + event.length + 1 > 8 * MIB) break;
      events.push(event);
      bytes += event.length + 1;
    }
    const body = `{"events":[${events.join(",")}]}`;
    const full = body + " ".repeat(8 * MIB - body.length);
    for (const event of events) accepted.add((JSON.parse(event) as { event_id: string }).event_id);
    expect(await ingest(served.url, full)).toMatchObject({ processed: events.length, duplicates: 0, rejected: [] });
    expect((await post(`${full} `)).status).toBe(413);
  });
});

test("what was sound is recorded once, what was refused is counted and in the dead letter, and the chain holds", async () => {
  const { rejected } = await metrics(served.url);
  const reasons = new Set(BAD_EVENTS.map(({ reason }) => reason)).add("event-id-reused").add("empty-payload");
  expect([...reasons].filter((reason) => !(Number(rejected[reason]) > 0))).toEqual([]);
  await served.stop();
  const decisions = await exportedDecisions(data);
  const ours = decisions.filter(({ org_id }) => org_id !== "org-2").map(({ event_id }) => String(event_id));
  expect(ours.toSorted()).toEqual([...accepted].sort());
  const letters = readFileSync(join(data, "dead-letter.ndjson"), "utf8").trimEnd().split("\n");
  const dead = new Set(letters.map((line) => (JSON.parse(line) as Rejected).reason));
  expect([...reasons].filter((reason) => !dead.has(reason))).toEqual([]);
  expect(await verifyLedger(data)).toMatchObject({ code: 0, report: { ok: true } });
});
