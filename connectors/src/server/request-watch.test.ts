import { setFlagsFromString } from "node:v8";
import { describe, expect, test } from "vitest";
import type { PortRequest, PortResponse } from "./port.ts";
import { requestWatch } from "./request-watch.ts";

setFlagsFromString("--allow-natives-syntax");
/** V8's own word: false of an object with accessors of its own, which live in the old generation. */
const hasFastProperties = new Function("object", "return %HasFastProperties(object)") as (object: object) => boolean;

const request: PortRequest = {
  method: "POST",
  path: "/check",
  query: "",
  header: () => "",
  remoteAddress: "127.0.0.1",
  readBody() {},
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function recorder(): { readonly response: PortResponse; readonly answers: Answer[]; isAborted: boolean } {
  const answers: Answer[] = [];
  const state = { isAborted: false, answers };
  const response: PortResponse = {
    get isAborted() {
      return state.isAborted;
    },
    end: (status, headers, body) => answers.push({ status, headers, body }),
    stream: (status, headers, pieces) => answers.push({ status, headers, body: [...pieces] }),
  };
  return Object.assign(state, { response });
}

describe("a watched answer", () => {
  test("has nothing in the old generation, where it would keep its request until a full collection", () => {
    const watch = requestWatch(() => {});
    const [, second] = [watch.watch(request, recorder().response), watch.watch(request, recorder().response)];
    expect(hasFastProperties(second)).toBe(true);
  });

  test("leaves as it was given, counted by route and status", () => {
    const watch = requestWatch(() => {});
    const { response, answers } = recorder();
    for (const send of ["end", "stream"] as const) {
      const watched = watch.watch(request, response);
      watched.route = "/check";
      if (send === "end") watched.end(200, { a: "1" }, "yes");
      else watched.stream(200, { a: "1" }, ["y", "es"]);
    }
    expect(answers).toEqual([
      { status: 200, headers: { a: "1" }, body: "yes" },
      { status: 200, headers: { a: "1" }, body: ["y", "es"] },
    ]);
    const samples = watch.metrics().find(({ name }) => name === "sluice_http_requests_total")?.samples;
    expect(samples).toEqual([{ labels: { route: "/check", status: "200" }, value: 2 }]);
  });

  test("knows when the peer has left, however late", () => {
    const state = recorder();
    const watched = requestWatch(() => {}).watch(request, state.response);
    expect(watched.isAborted).toBe(false);
    state.isAborted = true;
    expect(watched.isAborted).toBe(true);
  });
});
