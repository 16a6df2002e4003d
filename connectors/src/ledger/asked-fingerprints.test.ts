import fc from "fast-check";
import { expect, test } from "vitest";
import { AskedFingerprints } from "./asked-fingerprints.ts";
import { fingerprinter } from "./fingerprint.ts";

test("answers as the fingerprinter does, whatever was asked, appended or left out before", () => {
  const step = fc.record({ isAppend: fc.boolean(), org: fc.nat(2), event: fc.nat(5) });
  const fingerprints = fingerprinter(Buffer.from("01234567"));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const asked = new AskedFingerprints(fingerprints);
      for (const { isAppend, org, event } of steps) {
        const [orgId, eventId] = [`org-${org}`, `event-${event}`];
        const made = isAppend ? asked.take(orgId, eventId) : asked.ask(orgId, eventId);
        expect(made).toEqual(fingerprints.of(orgId, eventId));
      }
    }),
  );
});

test("makes the fingerprint of an event once between its look-up and its append", () => {
  let made = 0;
  const real = fingerprinter(Buffer.from("01234567"));
  const asked = new AskedFingerprints({
    event: real.event,
    of(orgId, eventId) {
      made += 1;
      return real.of(orgId, eventId);
    },
  });
  const ids = Array.from({ length: 100 }, (_, at) => `event-${at}`);
  for (const id of ids) asked.ask("org", id);
  for (const id of ids.filter((_, at) => at % 3 > 0)) asked.take("org", id);
  expect(made).toBe(100);
  for (let at = 0; at < 5000; at += 1) asked.ask("org", `other-${at}`); // never appended: bounded, not kept
  asked.take("org", "event-0");
  expect(made).toBe(5101);
});
