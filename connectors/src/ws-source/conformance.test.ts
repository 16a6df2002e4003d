import type { Delivery, Source } from "@sluice/engine";
import { describe, test } from "vitest";
import { SOURCE_CASES, type SourceKind } from "../conformance.ts";
import { feedPeer } from "./testing/feed-peer.ts";
import { wsSource } from "./ws-source.ts";

const QUICK = { backoffFirstMs: 10, backoffMaxMs: 50 };

/** The peer keeps what is not acknowledged, and each frame carries its number. */
const resuming: SourceKind = {
  ends: false,
  bringsAgain: true,
  hasConnection: true,
  async make({ payloads, inFlightMax }) {
    const peer = await feedPeer();
    peer.log.push(...payloads.map((payload, at) => `{"seq":${at + 1},${payload.slice(1)}`));
    const interrupt = async () => {
      await peer.kill();
      await peer.restart();
    };
    const source = unnumbered(wsSource({ url: peer.url, inFlightMax, ...QUICK }));
    return { source, interrupt, close: () => peer.kill() };
  },
};
/** What a plain peer sent into a connection that is gone is lost: that case is not for it. */
const plain: SourceKind = {
  ends: false,
  bringsAgain: true,
  hasConnection: false,
  async make({ payloads, inFlightMax }) {
    const peer = await feedPeer({ isPlain: true, greeting: payloads });
    return { source: wsSource({ url: peer.url, inFlightMax, ...QUICK }), close: () => peer.kill() };
  },
};

/** The cases compare payloads with what they gave, which knows no numbers. */
function unnumbered(source: Source<Uint8Array>): Source<Uint8Array> {
  const bare = (delivery: Delivery<Uint8Array>) => ({
    ...delivery,
    value: Buffer.from(
      Buffer.from(delivery.value)
        .toString()
        .replace(/"seq":\d+,/, ""),
    ),
  });
  return {
    name: source.name,
    async *read(signal) {
      for await (const batch of source.read(signal)) yield batch.map(bare);
    },
  };
}

describe.each([
  ["a peer that resumes", resuming],
  ["a plain peer", plain],
] as const)("a source at %s", (_name, kind) => {
  test.each(SOURCE_CASES.filter(({ isFor }) => isFor(kind)))("$name", ({ run }) => run(kind));
});
