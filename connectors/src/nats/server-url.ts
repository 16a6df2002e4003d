/**
 * The address of a NATS server as people write it, taken apart: hosts for the client, credentials apart from them, so
 * that what is shown or logged never holds any.
 */
import { EngineError } from "@sluice/engine";

export interface ServerAddress {
  /** `host:port` of each, in the order given. */
  readonly servers: readonly string[];
  readonly wantsTls: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
}

const PORT = "4222";

/**
 * Several addresses stand between commas; the credentials of the first that has any are used for all.
 * @throws {EngineError} `config-invalid`; the message holds no credentials.
 */
export function parseServerUrl(text: string): ServerAddress {
  const urls = text.split(",").map((part) => parseOne(part.trim()));
  const withUser = urls.find(({ username }) => username !== "");
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port === "" ? PORT : port}`),
    wantsTls: urls.some(({ protocol }) => protocol === "tls:"),
    ...(withUser === undefined ? {} : credentialsOf(withUser)),
  };
}

function parseOne(text: string): URL {
  const hint = "write nats://host:4222, or tls://user:password@host:4222";
  let url: URL;
  try {
    url = new URL(text.includes("://") ? text : `nats://${text}`);
  } catch {
    throw new EngineError("config-invalid", `the address of the NATS server cannot be read; ${hint}`);
  }
  if (url.protocol !== "nats:" && url.protocol !== "tls:") {
    throw new EngineError("config-invalid", `a NATS server is not reached by ${url.protocol}//; ${hint}`);
  }
  if (url.hostname === "") {
    throw new EngineError("config-invalid", `the address of the NATS server names no host; ${hint}`);
  }
  return url;
}

function credentialsOf({ username, password }: URL): Pick<ServerAddress, "user" | "password" | "token"> {
  const name = unescaped(username);
  return password === "" ? { token: name } : { user: name, password: unescaped(password) };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is meant as such
  }
}
