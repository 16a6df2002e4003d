import { connect } from "nats";
import { describe, expect, test } from "vitest";
import { isNatsServerThere, natsSkipNote, startNatsServer } from "./nats-server.ts";

describe.skipIf(!isNatsServerThere())(`a nats-server for tests${natsSkipNote}`, () => {
  test("what a stream acknowledged is there after kill -9 and a restart on the same port", async () => {
    const server = await startNatsServer();
    try {
      const before = await connect({ servers: server.url, reconnect: false });
      await (await before.jetstreamManager()).streams.add({ name: "S", subjects: ["s.>"] });
      const { seq } = await before.jetstream().publish("s.a", "kept");
      await server.kill();
      await before.closed();
      await server.restart();
      const after = await connect({ servers: server.url });
      const message = await (await after.jetstreamManager()).streams.getMessage("S", { seq });
      expect(new TextDecoder().decode(message.data)).toBe("kept");
      await after.close();
    } finally {
      await server.stop();
    }
  });

  test("a fault of the configuration is told with the server's own words", async () => {
    await expect(startNatsServer({ config: "nonsense {" })).rejects.toThrow(/nats-server ended:\s.*Parse error/);
  });
});
