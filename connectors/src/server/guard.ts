/**
 * Keeps web pages of other origins out (DNS rebinding, cross-site requests), on every request and upgrade.
 * Invariant: a request passes only when its Host names this server and, as far as a browser says where it comes from,
 * it comes from a page of this server or of an allowed origin. No CORS header is ever sent, so nothing can be read
 * across origins either; see the Fetch standard, "CORS protocol", and RFC 9110 §7.2.
 */
import type { PortRequest } from "./port.ts";

export interface GuardOptions {
  /** Further names of this server: `name` (the listening port or none) or `name:port`. */
  readonly hosts: readonly string[];
  /** Further origins whose pages may call: `https://name[:port]`. */
  readonly origins: readonly string[];
}

/** @returns why the request is refused with 403, or undefined when it may pass. */
export type Guard = (request: PortRequest) => string | undefined;

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];

export function guard(options: GuardOptions, port: number): Guard {
  const hosts = new Set<string>();
  for (const name of [...LOOPBACK_NAMES, ...options.hosts.map((host) => host.toLowerCase())]) {
    if (/:\d+$/.test(name)) {
      hosts.add(name);
      continue;
    }
    hosts.add(`${name}:${port}`);
    // Browsers leave the scheme's own port out; a configured name may stand behind a proxy that has it.
    if (port === 80 || port === 443 || !LOOPBACK_NAMES.includes(name)) hosts.add(name);
  }
  const origins = new Set(options.origins);
  return (request) => {
    const sentHost = request.header("host");
    const host = hosts.has(sentHost) ? sentHost : sentHost.toLowerCase();
    if (!hosts.has(host)) {
      return "the Host header does not name this server: use localhost with its port, or add the name to the allowed hosts";
    }
    const origin = request.header("origin");
    if (origin !== "") {
      const own = origin === `http://${host}` || origin === `https://${host}`;
      if (own || origins.has(origin)) return undefined;
      return "pages of this Origin may not call: add it to the allowed origins if it is yours";
    }
    return isForeignFetch(request) ? "another site's page may not load this" : undefined;
  };
}

/**
 * A browser that sends no Origin (a GET for an image, a script) still says whether another site asks. A link is no
 * harm.
 */
function isForeignFetch(request: PortRequest): boolean {
  const site = request.header("sec-fetch-site");
  if (site === "" || site === "same-origin" || site === "none") return false;
  const isLink = request.header("sec-fetch-mode") === "navigate" && request.header("sec-fetch-dest") === "document";
  return !(isLink && request.method === "GET" && request.path === "/");
}

/** Of a listening host or a peer's address: IPv4 127/8, IPv6 ::1, and IPv4 mapped into IPv6. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}
