import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineError, LogEntry } from "@sluice/engine";
import { afterEach, describe, expect, test } from "vitest";
import { connectNats } from "./client.ts";
import { type NatsRig, natsRig, until } from "./testing/nats-rig.ts";
import { isNatsServerThere, type NatsServerOptions, natsSkipNote, startNatsServer } from "./testing/nats-server.ts";

/** Undefined where openssl is missing. */
const tls = selfSigned();
function selfSigned(): { readonly key: string; readonly cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "sluice-nats-cert-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"];
  const kind = ["-x509", "-newkey", "rsa:2048", "-nodes"];
  try {
    const { status } = spawnSync("openssl", ["req", ...kind, "-keyout", key, "-out", cert, ...subject]);
    return status === 0 ? { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") } : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let rig: NatsRig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});
const start = async (options: NatsServerOptions = {}, userInfo = "") => {
  rig = await natsRig(options, userInfo);
  return rig;
};
const failure = (promise: Promise<unknown>): Promise<EngineError> =>
  promise.then(
    () => expect.unreachable(),
    (error: EngineError) => error,
  );
const USERS = `authorization { users = [
  { user: admin, password: admin }
  { user: me, password: "p@ss", permissions: { publish: ["allowed.>"], subscribe: ["_INBOX.>", "allowed.>"] } }
] }`;

describe.skipIf(!isNatsServerThere())(`a connection${natsSkipNote}`, () => {
  test("to nobody fails at once, and says where and what to do", async () => {
    const error = await failure(connectNats({ url: "nats://me:secret@127.0.0.1:1" }));
    expect(error).toMatchObject({ code: "broker-unreachable" });
    expect(error.message).toMatch(/127\.0\.0\.1:1 .*start it, or correct the address/);
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain("secret");
  });

  test("with the wrong credentials, or with none, is refused; with the right ones it stands", async () => {
    const { server } = await start({ config: USERS }, "me:p%40ss@");
    for (const userInfo of ["", "me:wrong@"]) {
      const error = await failure(connectNats({ url: server.url.replace("//", `//${userInfo}`) }));
      expect(error).toMatchObject({ code: "broker-refused", message: expect.stringMatching(/credentials/) });
      expect(error.message).not.toContain("wrong");
    }
  });

  test("takes a token", async () => {
    const server = await startNatsServer({ config: "authorization { token: s3cret }" });
    try {
      expect(await failure(connectNats({ url: server.url }))).toMatchObject({ code: "broker-refused" });
      await (await connectNats({ url: server.url.replace("//", "//s3cret@") })).close();
    } finally {
      await server.stop();
    }
  });

  test("that demands TLS is not made without", async () => {
    const { server } = await start();
    const error = await failure(connectNats({ url: server.url.replace("nats:", "tls:") }));
    expect(error).toMatchObject({ code: "broker-unfit", message: expect.stringMatching(/no TLS/) });
  });

  test.skipIf(tls === undefined)("over TLS stands with the authority that it is told, and not without", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-nats-tls-"));
    const [caFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    writeFileSync(caFile, tls!.cert);
    writeFileSync(keyFile, tls!.key);
    const files = `cert_file: ${JSON.stringify(caFile)}, key_file: ${JSON.stringify(keyFile)}`;
    const server = await startNatsServer({ config: `tls { ${files} }` });
    try {
      const url = `tls://localhost:${server.port}`;
      const link = await connectNats({ url, tls: { caFile } });
      expect(link.report.state().state).toBe("ready");
      await link.close();
      expect(await failure(connectNats({ url }))).toMatchObject({
        message: expect.stringMatching(/certificate .* not trusted/),
      });
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  });

  test("tells when it is gone and when it is back", async () => {
    const { server, link } = await start();
    expect(link.report.state()).toMatchObject({ state: "ready", detail: expect.stringMatching(/server 2\./) });
    const heard: string[] = [];
    link.onDisconnected(() => heard.push(`gone ${link.isConnected} ${link.report.state().state}`));
    const back = new Promise<void>((resolve) => {
      link.onConnected(() => {
        heard.push(`back ${link.isConnected} ${link.report.state().state}`);
        resolve();
      });
    });
    await server.kill();
    await server.restart();
    await back;
    expect(heard).toEqual(["gone false failed", "back true ready"]);
    await link.close();
    expect(link.report.state().state).toBe("stopped");
  });
});

describe.skipIf(!isNatsServerThere())(`messages${natsSkipNote}`, () => {
  test("reach a listener that fails on one of them, and the log names no text", async () => {
    const { server } = await start();
    const log: LogEntry[] = [];
    const link = await connectNats({ url: server.url, log: (entry) => void log.push(entry) });
    const heard: string[] = [];
    await link.subscribe("a.*", ({ subject, data }) => {
      if (subject === "a.bad") throw new TypeError("secret text");
      heard.push(Buffer.from(data).toString());
    });
    for (const token of ["1", "bad", "2"]) link.publish(`a.${token}`, `of ${token}`);
    await until(() => heard.length === 2);
    expect(heard).toEqual(["of 1", "of 2"]);
    expect(log).toMatchObject([{ level: "error", event: "nats-listener-failed" }]);
    expect(JSON.stringify(log)).not.toContain("secret");
    await link.close();
  });

  test("that are too large or not allowed are told, and stop nothing", async () => {
    const { link } = await start({ config: `${USERS}\nmax_payload: 1024` }, "me:p%40ss@");
    const denied: unknown[] = [];
    link.onDenied((denial) => denied.push(denial));
    expect(link.payloadBytesMax).toBe(1_024);
    expect(link.publish("allowed.a", "x".repeat(2_000))).toBe(false);
    expect(link.publish("forbidden.a", "x")).toBe(true);
    await until(() => denied.length === 1);
    expect(denied).toEqual([{ operation: "publish", subject: "forbidden.a" }]);
    const error = await failure(link.request("forbidden.b", "", 5_000));
    expect(error).toMatchObject({ code: "broker-refused", message: expect.stringMatching(/forbidden\.b/) });
  });

  test("that want an answer get one, or are told that nobody listens, or that the connection is gone", async () => {
    const { server, link, client } = await start();
    client.subscribe("answer", { callback: (_error, message) => void message.respond("yes") });
    await client.flush();
    expect(Buffer.from((await link.request("answer", "", 5_000)).data).toString()).toBe("yes");
    expect((await link.request("nobody", "", 5_000)).status).toBe(503);
    client.subscribe("silence", { callback: () => {} });
    await client.flush();
    expect(await failure(link.request("silence", "", 100))).toMatchObject({ code: "broker-unreachable" });
    const lost = failure(link.request("silence", "", 60_000));
    await server.kill();
    expect(await lost).toMatchObject({ code: "broker-unreachable", message: expect.stringMatching(/no connection/) });
    expect(await failure(link.request("answer", "", 60_000))).toMatchObject({ code: "broker-unreachable" });
  });
});
