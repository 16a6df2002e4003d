/**
 * The reply subject of a delivered message, which names the delivery (docs.nats.io, "JetStream wire API reference"):
 * `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream seq>.<consumer seq>.<nanoseconds>.<pending>`; newer servers put a
 * domain and an account before the stream.
 */
/** What an event is settled with: done with; never again; still at it; again. */
export const ACK = Buffer.from("+ACK");
export const TERMINATE = Buffer.from("+TERM");
export const WORKING = Buffer.from("+WPI");
export const AGAIN_NOW = Buffer.from("-NAK");
export const againAfter = (delayMs: number) => `-NAK {"delay":${Math.round(delayMs * 1e6)}}`;

const TOKENS_WITHOUT_DOMAIN = 9;
const DELIVERIES_AT = 4;
const DOMAIN_TOKENS = 2;
const FIRST = /^\$JS\.ACK\.[^.]+\.[^.]+\.1\.\d+\.\d+\.\d+\.\d+$/;

/** How often the message was delivered, this time included; undefined when the subject is of something else. */
export function deliveriesOf(reply: string): number | undefined {
  if (FIRST.test(reply)) return 1; // nearly always
  const tokens = reply.split(".");
  if (tokens[0] !== "$JS" || tokens[1] !== "ACK" || tokens.length < TOKENS_WITHOUT_DOMAIN) return undefined;
  const at = DELIVERIES_AT + (tokens.length > TOKENS_WITHOUT_DOMAIN ? DOMAIN_TOKENS : 0);
  const deliveries = Number(tokens[at]);
  return Number.isSafeInteger(deliveries) && deliveries >= 1 ? deliveries : undefined;
}
