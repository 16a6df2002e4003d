import { expect, test } from "vitest";
import { parseServerUrl } from "./server-url.ts";

test.each([
  ["localhost", { servers: ["localhost:4222"], wantsTls: false }],
  ["10.0.0.1:5222", { servers: ["10.0.0.1:5222"], wantsTls: false }],
  ["nats://[::1]:4333", { servers: ["[::1]:4333"], wantsTls: false }],
  ["nats://a:1, nats://b", { servers: ["a:1", "b:4222"], wantsTls: false }],
  ["tls://me:p%40ss@a", { servers: ["a:4222"], wantsTls: true, user: "me", password: "p@ss" }],
  ["nats://s3cr3t@a,b", { servers: ["a:4222", "b:4222"], wantsTls: false, token: "s3cr3t" }],
  ["nats://100%@a", { servers: ["a:4222"], wantsTls: false, token: "100%" }],
])("%s is understood", (text, expected) => expect(parseServerUrl(text)).toEqual(expected));

test.each(["", "nats://", "http://me:secret@a", "nats://me:secret@a:99999", "nats://me:secret@"])(
  "%s is refused, without showing what it holds",
  (text) => {
    expect(() => parseServerUrl(text)).toThrow(expect.objectContaining({ code: "config-invalid" }));
    expect(() => parseServerUrl(text)).not.toThrow(/secret/);
  },
);
