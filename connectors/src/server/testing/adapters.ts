/**
 * Test material: the adapters of the server port that run on this Node, and what each cannot do as the port says.
 * docs/decisions/0007-two-server-adapters.md lists the same for people.
 */
import { describe } from "vitest";
import { nodeAdapter } from "../node/adapter.ts";
import type { ServerAdapter } from "../port.ts";
import { uwsAdapter } from "../uws/adapter.ts";
import { findUws, thisRuntime } from "../uws/find.ts";

export interface AdapterTraits {
  /** A peer that the server refuses is told why, though its request could not be read. */
  readonly answersMalformed: boolean;
  /** `Expect: 100-continue` is answered only when the body will be read. */
  readonly holdsContinue: boolean;
  /** A second request may come before the first is answered. */
  readonly pipelines: boolean;
  /** Chunks may have extensions. */
  readonly readsChunkExtensions: boolean;
  /** A socket can stop reading. */
  readonly pauses: boolean;
  /** How a frame over the limit closes its socket. */
  readonly tooBigCode: number;
  /** Text frames that are no UTF-8 are handed over. */
  readonly takesBrokenText: boolean;
  /** The limits of time for headers and for idle connections are those that were set, not its own of 10 s. */
  readonly timesHeaders: boolean;
  /** What is over `connectionsMax` is not even accepted. */
  readonly refusesConnections: boolean;
}

export interface AdapterUnderTest {
  readonly name: "node" | "uws";
  readonly adapter: ServerAdapter;
  readonly traits: AdapterTraits;
}

const NODE_TRAITS: AdapterTraits = {
  answersMalformed: true,
  holdsContinue: true,
  pipelines: true,
  readsChunkExtensions: true,
  pauses: true,
  tooBigCode: 1009,
  takesBrokenText: true,
  timesHeaders: true,
  refusesConnections: true,
};
const UWS_TRAITS: AdapterTraits = {
  answersMalformed: false,
  holdsContinue: false,
  pipelines: false,
  readsChunkExtensions: false,
  pauses: false,
  tooBigCode: 1006,
  takesBrokenText: false,
  timesHeaders: false,
  refusesConnections: false,
};

const found = findUws(thisRuntime());

/** Runs a suite once for each adapter; where uWebSockets.js cannot run, it is skipped and its name says why. */
export function forEachAdapter(suite: (under: AdapterUnderTest) => void): void {
  describe("on the node adapter", () => suite({ name: "node", adapter: nodeAdapter(), traits: NODE_TRAITS }));
  if ("uws" in found) {
    const adapter = uwsAdapter(found.uws);
    describe("on the uws adapter", () => suite({ name: "uws", adapter, traits: UWS_TRAITS }));
  } else {
    describe.skip(`on the uws adapter (skipped: ${found.missing})`, () =>
      suite({ name: "uws", adapter: nodeAdapter(), traits: UWS_TRAITS }));
  }
}
