/**
 * Finds the handler of a method and a path. Paths are literal, except that one segment may be a parameter (`{name}`).
 * A parameter is decoded once and handed over as it is: nothing here ever touches a file name.
 */
import type { PortRequest, PortResponse } from "./port.ts";

/** Roles of DESIGN §6 that a route asks for. */
export type Role = "ingest" | "read" | "review" | "admin";

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Absent: open to all (health, the page itself). */
  readonly role?: Role;
  /** @param parameter the decoded `{…}` segment, "" on a literal path */
  handle(request: PortRequest, response: PortResponse, parameter: string): void;
}

export interface Found {
  readonly route: Route;
  readonly parameter: string;
}
export interface NotFound {
  readonly status: 400 | 404 | 405;
  readonly error: string;
  readonly allow?: string;
}

export function router(routes: readonly Route[]): (method: string, path: string) => Found | NotFound {
  const literal = new Map<string, Route[]>();
  const patterns: { readonly segments: readonly string[]; readonly route: Route }[] = [];
  for (const route of routes) {
    if (route.path.includes("{")) patterns.push({ segments: route.path.split("/"), route });
    else literal.set(route.path, [...(literal.get(route.path) ?? []), route]);
  }
  return (method, path) => {
    const found = literal.get(path);
    if (found !== undefined) return pick(found, method, "");
    for (const { segments, route } of patterns) {
      const value = capture(segments, path);
      if (value === undefined) continue;
      const parameter = decode(value);
      if (parameter === undefined) return { status: 400, error: "the path is not valid percent-encoded UTF-8" };
      return pick([route], method, parameter);
    }
    return { status: 404, error: "there is nothing at this path: docs/guides/api.md lists what there is" };
  };
}

function pick(routes: readonly Route[], method: string, parameter: string): Found | NotFound {
  const wanted = method === "HEAD" ? "GET" : method;
  const route = routes.find((candidate) => candidate.method === wanted);
  if (route !== undefined) return { route, parameter };
  const allow = routes.map((candidate) => (candidate.method === "GET" ? "GET, HEAD" : candidate.method)).join(", ");
  return { status: 405, error: `this path takes ${allow}`, allow };
}

function capture(segments: readonly string[], path: string): string | undefined {
  const parts = path.split("/");
  if (parts.length !== segments.length) return undefined;
  let value: string | undefined;
  for (let index = 0; index < parts.length; index += 1) {
    if (segments[index]!.startsWith("{")) value = parts[index];
    else if (segments[index] !== parts[index]) return undefined;
  }
  return value === "" ? undefined : value;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined; // the only fault decodeURIComponent knows is a malformed sequence
  }
}

/** The query as names and values; the last of a repeated name counts. */
export function queryOf(request: PortRequest): ReadonlyMap<string, string> {
  return new Map(new URLSearchParams(request.query));
}
