/** The contract of the server port over TLS, with a key and a certificate made for the run by openssl. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { PORT_LIMITS, type PortHandlers } from "../port.ts";
import { forEachAdapter } from "../testing/adapters.ts";
import { echoRoute, JSON_TYPE, startPort } from "../testing/port.ts";

const tls = selfSigned();

function selfSigned(): { readonly key: string; readonly cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "sluice-cert-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-days", "2"];
  const kind = ["-x509", "-newkey", "rsa:2048", "-nodes"];
  try {
    const { status } = spawnSync("openssl", ["req", ...kind, "-keyout", key, "-out", cert, ...subject]);
    return status === 0 ? { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") } : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function post(port: number, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const trust = { ca: tls!.cert, servername: "localhost", agent: false as const };
    const outgoing = request({ host: "127.0.0.1", port, method: "POST", ...trust }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => resolve(Buffer.concat(chunks).toString()));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const note = tls === undefined ? " (skipped: openssl is not installed)" : "";
describe.skipIf(tls === undefined)(`TLS${note}`, () => {
  forEachAdapter(({ adapter }) => {
    test("carries requests and sockets, and leaves no key behind", async () => {
      const before = readdirSync(tmpdir()).filter((name) => name.startsWith("sluice-tls-"));
      const { handlers } = echoRoute(1_024 * 1_024, { frameBytesMax: 200_000 });
      const echo: Partial<PortHandlers> = {
        ...handlers,
        request: (incoming, response) =>
          incoming.readBody(2_000_000, (body) => response.end(200, JSON_TYPE, Buffer.from(body as Uint8Array))),
      };
      const { port } = await startPort(adapter, echo, {}, tls);
      const left = readdirSync(tmpdir()).filter((name) => name.startsWith("sluice-tls-"));
      expect(left.filter((name) => !before.includes(name))).toEqual([]);
      for (const length of [1, 1_000, 1_000_000]) {
        const body = "x".repeat(length);
        expect((await post(port, body)) === body).toBe(true);
      }
      const trusted = { ca: tls!.cert, servername: "localhost" };
      const ws = new WebSocket(`wss://127.0.0.1:${port}/s`, trusted);
      await new Promise((resolve, reject) => ws.on("open", resolve).on("error", reject));
      const frame = "y".repeat(150_000);
      const echoed = new Promise((resolve) => ws.on("message", (data) => resolve(String(data) === frame)));
      ws.send(frame);
      expect(await echoed).toBe(true);
      ws.terminate();
    });

    test("with a key that is none is a fault", () => {
      const handlers = {
        request() {},
        upgrade: () => ({ status: 404, headers: {}, body: "" }),
        socketRoutes: () => [],
      };
      expect(() => adapter(handlers, { limits: PORT_LIMITS, tls: { key: "no", cert: "none" } })).toThrow();
    });
  });
});
