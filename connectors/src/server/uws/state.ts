/** What the requests of one server on uWebSockets.js share. */
import type { IncomingBody } from "./body.ts";

export interface ExchangeState {
  /** Requests whose answer has not left. */
  inFlight: number;
  /** Bytes of bodies being read now. */
  bodyBytesHeld: number;
  readonly bodyBytesHeldMax: number;
  /** Bodies that have not come whole; a sweep now and then ends those that take too long. */
  readonly unfinished: Set<IncomingBody>;
  isClosing: boolean;
}
