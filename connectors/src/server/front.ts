/**
 * The front of the server, the same for every adapter: guard, routing, content type, authorisation, then the route.
 * Invariant: a request that is refused here has caused nothing, and its body was not read.
 */
import { answerProblem, JSON_HEADERS, problem } from "./answer.ts";
import { type Asset, answerAsset } from "./assets.ts";
import type { Guard } from "./guard.ts";
import type { PortHandlers, PortRequest, PortResponse, Refusal, SocketRoute, UpgradeAccept } from "./port.ts";
import type { RequestWatch, WatchedResponse } from "./request-watch.ts";
import { type Role, type Route, router } from "./router.ts";
import { hasJsonType } from "./routes/body.ts";

/** What authorisation says of a caller. `who` stands in access records. */
export type Authorisation =
  | { readonly isAllowed: true; readonly who: string; readonly subprotocol?: string }
  | { readonly isAllowed: false; readonly status: 401 | 403; readonly error: string };
export type Authorise = (request: PortRequest, role: Role) => Authorisation;

export interface Endpoint {
  readonly route: SocketRoute;
  readonly role: Role;
  /** Why an upgrade cannot be taken, with its status. */
  check?(request: PortRequest): { readonly status: number; readonly error: string } | undefined;
}

export interface FrontParts {
  readonly guard: Guard;
  readonly authorise: Authorise | undefined;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly watch: RequestWatch;
  readonly routes: readonly Route[];
  readonly endpoints: readonly Endpoint[];
}

export function front(parts: FrontParts): PortHandlers {
  const find = router(parts.routes);
  const endpoints = new Map(parts.endpoints.map((endpoint) => [endpoint.route.path, endpoint]));
  return {
    request(request, unwatched) {
      const response = parts.watch.watch(request, unwatched);
      const refusal = parts.guard(request);
      if (refusal !== undefined) return answerProblem(response, 403, refusal);
      const found = find(request.method, request.path);
      if ("status" in found) {
        const isPage = found.status === 404 && answerPage(parts, endpoints, request, response);
        if (!isPage) refuse(response, found.status, found.error, found.allow);
        return;
      }
      const { route, parameter } = found;
      response.route = route.path;
      if (route.method === "POST" && !hasJsonType(request)) {
        return answerProblem(response, 415, "send content-type application/json or application/x-ndjson");
      }
      const denied = deny(parts, request, route.role);
      if (denied !== undefined) return answerProblem(response, denied.status, denied.error);
      route.handle(request, response, parameter);
    },
    upgrade(request) {
      const answer = upgrade(parts, endpoints, request);
      if ("route" in answer) return answer;
      return parts.watch.refusedUpgrade(answer, endpoints.has(request.path) ? request.path : "none");
    },
    socketRoutes: () => parts.endpoints.map(({ route }) => route),
  };
}

/** Answers a path of the dashboard or of a socket; false when it is neither. */
function answerPage(
  { assets }: FrontParts,
  endpoints: ReadonlyMap<string, Endpoint>,
  request: PortRequest,
  response: WatchedResponse,
): boolean {
  const { method, path } = request;
  const asset = assets.get(path);
  if (asset !== undefined || path === "/") response.route = "page";
  if (asset === undefined && endpoints.has(path)) {
    const headers = { ...JSON_HEADERS, upgrade: "websocket" };
    response.end(426, headers, problem("this path speaks WebSocket: connect with ws://"));
    return true;
  }
  if (asset === undefined && path !== "/") return false;
  if (method !== "GET" && method !== "HEAD") refuse(response, 405, "this path takes GET, HEAD", "GET, HEAD");
  else if (asset !== undefined) answerAsset(request, response, asset);
  else answerProblem(response, 404, "the dashboard is not built: run `npm run build`");
  return true;
}

function upgrade(
  parts: FrontParts,
  endpoints: ReadonlyMap<string, Endpoint>,
  request: PortRequest,
): UpgradeAccept | Refusal {
  const refusal = parts.guard(request);
  if (refusal !== undefined) return refused(403, refusal);
  const endpoint = endpoints.get(request.path);
  if (endpoint === undefined) return refused(404, "no WebSocket is at this path: /live, /events and /monitor are");
  const authorisation = parts.authorise?.(request, endpoint.role);
  if (authorisation?.isAllowed === false) return refused(authorisation.status, authorisation.error);
  const fault = endpoint.check?.(request);
  if (fault !== undefined) return refused(fault.status, fault.error);
  const { route } = endpoint;
  const subprotocol = authorisation?.subprotocol;
  return subprotocol === undefined ? { route } : { route, subprotocol };
}

function deny({ authorise }: FrontParts, request: PortRequest, role: Role | undefined) {
  if (authorise === undefined || role === undefined) return undefined;
  const authorisation = authorise(request, role);
  return authorisation.isAllowed ? undefined : authorisation;
}

function refuse(response: PortResponse, status: number, error: string, allow: string | undefined): void {
  response.end(status, allow === undefined ? JSON_HEADERS : { ...JSON_HEADERS, allow }, problem(error));
}

function refused(status: number, error: string): Refusal {
  const headers = status === 503 ? { ...JSON_HEADERS, "retry-after": "1" } : JSON_HEADERS;
  return { status, headers, body: problem(error) };
}
