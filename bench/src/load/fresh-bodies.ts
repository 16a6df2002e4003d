/**
 * Bodies of events whose ids never come again. They are made before any time is taken; between uses only the last
 * digits of each id are counted up in place, so that the making of traffic is no part of a figure.
 */
const LINE_FEED = Buffer.of(0x0a);
const ZERO = 0x30;
const ID_DIGITS = 12;
const ID_END = /\d{12}(?=","timestamp")/;

export interface FreshBody {
  /** What is sent: the same buffer each time, so it must have left before `renew`. */
  readonly bytes: Buffer;
  readonly eventCount: number;
  /** Gives its events the ids from `firstNumber` on. */
  renew(firstNumber: number): void;
}

/**
 * @param events JSON of one event each, as `makeCorpus` makes them
 * @param wrap puts what the transport needs in front of the body; the body must be the end of the result
 */
export function freshBody(events: readonly Uint8Array[], wrap: (body: Buffer) => Buffer = (body) => body): FreshBody {
  // NDJSON, without a line feed behind the last.
  const body = Buffer.concat(events.flatMap((event, i) => (i === 0 ? [event] : [LINE_FEED, event])));
  const bytes = wrap(body);
  let start = bytes.length - body.length;
  const idEnds = events.map((event) => {
    const digitsAt = Buffer.from(event).toString("latin1").search(ID_END);
    if (digitsAt < 0) throw new Error("an event must have an id that ends with twelve digits, and then its timestamp");
    const end = start + digitsAt + ID_DIGITS;
    start += event.length + LINE_FEED.length;
    return end;
  });
  return {
    bytes,
    eventCount: events.length,
    renew(firstNumber) {
      let number = firstNumber;
      for (const end of idEnds) {
        for (let rest = number, at = end - 1; at >= end - ID_DIGITS; at -= 1, rest = Math.floor(rest / 10)) {
          bytes[at] = ZERO + (rest % 10);
        }
        number += 1;
      }
    },
  };
}
