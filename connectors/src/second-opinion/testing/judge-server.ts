/** A judge's server for tests: a real one on loopback that answers well, late, with rubbish, or not at all. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface JudgeRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface JudgeServer {
  /** Base, as adapters take it. */
  readonly url: URL;
  readonly requests: JudgeRequest[];
  /** What is done with requests from now on. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export type Behaviour = (request: JudgeRequest, response: ServerResponse) => void;

export const answerJson =
  (answer: unknown): Behaviour =>
  (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  };
/** A moderation answer with the same scores for each text. */
export const moderate =
  (scores: Readonly<Record<string, unknown>>): Behaviour =>
  (request, response) => {
    const { input } = JSON.parse(request.body) as { input: readonly string[] };
    const results = input.map(() => ({ flagged: false, category_scores: scores }));
    answerJson({ id: "m", model: "test-moderation", results })(request, response);
  };
/** A chat answer; `content` gets the word that a verdict has to repeat. */
export const chat =
  (content: (word: string, body: string) => string): Behaviour =>
  (request, response) => {
    const word = /\bdata ([0-9a-f]{24})\b/.exec(request.body)?.[1] ?? "";
    const message = { role: "assistant", content: content(word, request.body) };
    answerJson({ choices: [{ message }], usage: { total_tokens: 321 } })(request, response);
  };
export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (_request, response) => {
    response.writeHead(code, headers).end('{"error":"no"}');
  };
export const hang: Behaviour = () => {};
export const hangUp: Behaviour = (_request, response) => {
  response.socket?.destroy();
};
/** Sends its head and a part of its body, then nothing more. */
export const stall: Behaviour = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" }).write('{"results":[');
};
/** Sends until the client has had enough. */
export const flood: Behaviour = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const more = () => {
    while (!response.destroyed && response.write("x".repeat(65_536)));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
};

export async function judgeServer(first: Behaviour): Promise<JudgeServer> {
  let behaviour = first;
  const requests: JudgeRequest[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const heard = { path: request.url ?? "", authorization: request.headers.authorization, body };
      requests.push(heard);
      behaviour(heard, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`),
    requests,
    behave(next) {
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
