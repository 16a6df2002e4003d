import { expect, test } from "vitest";
import { deliveriesOf } from "./ack-reply.ts";

test.each([
  ["$JS.ACK.SLUICE_EVENTS.sluice-engine.1.7.9.1700000000000000000.0", 1],
  ["$JS.ACK.SLUICE_EVENTS.sluice-engine.12.7.9.1700000000000000000.0", 12],
  ["$JS.ACK.hub.ABC.SLUICE_EVENTS.sluice-engine.3.7.9.1700000000000000000.0.xyz", 3],
  ["_INBOX.abc.1", undefined],
  ["$JS.ACK.S.C.x.7.9.17.0", undefined],
  ["", undefined],
])("%s is of a message delivered %s times", (reply, deliveries) => expect(deliveriesOf(reply)).toBe(deliveries));
