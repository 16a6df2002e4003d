/** One event from the stream and the duty to settle it once: what the engine says of it, in JetStream's words. */
import type { Delivery, IngestOutcome, Rejection } from "@sluice/engine";
import type { NatsMessage } from "./contracts.ts";

/** What becomes of a delivery. */
export interface Settlement {
  acknowledge(delivery: EventDelivery): void;
  /** After its refusals are kept in the dead letter. */
  acknowledgeRefused(delivery: EventDelivery, isWhole: boolean): void;
  retry(delivery: EventDelivery, delayMs: number): void;
}

export class EventDelivery implements Delivery<Uint8Array> {
  readonly value: Uint8Array;
  readonly orgId: string;
  /** Where the acknowledgement goes. */
  readonly reply: string;
  /** How often the event was delivered, this time included. */
  readonly deliveries: number;
  /** Monotonic; when the server heard of it last. */
  heardMs: number;
  readonly #settlement: Settlement;

  constructor(message: NatsMessage, orgId: string, deliveries: number, settlement: Settlement) {
    this.value = message.data;
    this.orgId = orgId;
    this.reply = message.reply;
    this.deliveries = deliveries;
    this.heardMs = performance.now();
    this.#settlement = settlement;
  }

  ack(outcome: IngestOutcome): void {
    if (outcome.rejected.length === 0) this.#settlement.acknowledge(this);
    else this.#settlement.acknowledgeRefused(this, false);
  }
  retry(delayMs: number): void {
    this.#settlement.retry(this, delayMs);
  }
  reject(_rejections: readonly Rejection[]): void {
    this.#settlement.acknowledgeRefused(this, true);
  }
}

/** Why an event goes to the dead letter that no process has settled. */
export function deliveredTooOften({ deliveries }: EventDelivery): Rejection {
  const message = `The event was delivered ${deliveries} times and never settled; see what the process that had it died of, then publish it again.`;
  return { index: 0, field: "", reason: "delivered-too-often", message };
}
