/** One request of doctor to a server, its failure put into words that say what to do. */
import { Fault } from "./check.ts";

export interface ServerAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}
export interface AskOptions {
  readonly server: URL;
  readonly signal: AbortSignal;
  /** Sent as JSON by POST; without it a GET. */
  readonly body?: object;
}

/** Pages and answers that doctor asks for are far below. */
const TEXT_BYTES_MAX = 8 * 1024 * 1024;

/** @throws {Fault} when no answer comes. */
export async function askServer(path: string, { server, signal, body }: AskOptions): Promise<ServerAnswer> {
  const post = body && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  try {
    const response = await fetch(new URL(path, server), { ...post, signal, redirect: "manual" });
    const text = await textOf(response);
    return { status: response.status, type: response.headers.get("content-type") ?? "", text };
  } catch (error) {
    if (error instanceof Fault) throw error;
    const { cause, message } = error as Error & { cause?: Error & { code?: string } };
    const code = cause?.code ?? "";
    if (code.startsWith("HPE_")) {
      throw new Fault(`what listens on ${server.host} speaks no HTTP (${code})`, OTHER_PROGRAM, { cause: error });
    }
    const why = cause?.code ?? cause?.message ?? message;
    throw new Fault(`${server.origin}${path} gave no answer: ${why}`, adviceOn(code, server), { cause: error });
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > TEXT_BYTES_MAX) {
      throw new Fault(`${response.url} answers more than ${TEXT_BYTES_MAX} bytes`, "is this address a Sluice server?");
    }
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString();
}

const OTHER_PROGRAM = "another program may hold this port: check --http";

function adviceOn(code: string, server: URL): string {
  if (code === "ECONNREFUSED") return `start it: sluice serve --port ${server.port || "80"}; or name it with --http`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "no machine has this name: check --http";
  return "look at the server's log";
}

/** @throws {Fault} when the answer has another status or is no JSON. */
export async function askJson<T>(path: string, options: AskOptions): Promise<T> {
  const { status, text } = await askServer(path, options);
  if (status !== 200) {
    throw new Fault(`${path} answered ${status}: ${wordsOf(text)}`, ADVICE[status] ?? "look at the server's log");
  }
  return parsed<T>(path, text);
}

const ADVICE: Readonly<Record<number, string>> = {
  401: "this server wants authentication, which doctor cannot give",
  403: "this name of the server is not allowed: use the one it listens on, or serve --allow-host",
  404: "is this address a Sluice server, and of this version?",
  503: "the server cannot take events: see the check ready",
};

/** @throws {Fault} */
export function parsed<T>(path: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Fault(`${path} answers no JSON: ${wordsOf(text)}`, OTHER_PROGRAM, { cause: error });
  }
}

/** The `error` of a problem body, or the beginning of what came. */
export function wordsOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === "string") return error;
  } catch {
    // no problem body of ours: shown as it is
  }
  return JSON.stringify(text.slice(0, 80));
}
