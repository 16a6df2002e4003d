/**
 * The dashboard's files, read once at start. A path is looked up in a map and never joined to a folder, so no request
 * can reach another file. Files of `/assets/` have a hash in their name and never change.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { EngineError } from "@sluice/engine";
import { SAFE_HEADERS } from "./answer.ts";
import type { Headers, PortRequest, PortResponse } from "./port.ts";

const FILES_MAX = 1_000;
const BYTES_MAX = 64 * 1024 * 1024;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};
/** Nothing but our own files; no frame, form, plug-in or base address. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

export interface Asset {
  readonly bytes: Uint8Array;
  readonly headers: Headers;
}

/**
 * By path: `/` and one for each file.
 * @throws {EngineError} `config-invalid` when the folder holds more than a dashboard would
 */
export function readAssets(directory: string | undefined): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  if (directory === undefined || !existsSync(directory)) return assets;
  let total = 0;
  const walk = (folder: string, path: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = join(folder, entry.name);
      if (entry.isDirectory()) walk(full, `${path}${entry.name}/`);
      else if (entry.isFile()) assets.set(path + entry.name, asset(path + entry.name, readFileSync(full))); // no links
      total += assets.get(path + entry.name)?.bytes.byteLength ?? 0;
      if (assets.size > FILES_MAX || total > BYTES_MAX) {
        throw new EngineError("config-invalid", `${directory} is no dashboard: more than ${FILES_MAX} files or 64 MiB`);
      }
    }
  };
  walk(directory, "/");
  const index = assets.get("/index.html");
  if (index !== undefined) assets.set("/", index);
  return assets;
}

function asset(path: string, bytes: Uint8Array): Asset {
  const isImmutable = path.startsWith("/assets/");
  const headers = {
    "content-type": TYPES[extname(path)] ?? "application/octet-stream",
    "cache-control": isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
    etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cross-origin-opener-policy": "same-origin",
    ...SAFE_HEADERS,
  };
  return { bytes, headers };
}

export function answerAsset(request: PortRequest, response: PortResponse, { bytes, headers }: Asset): void {
  const isKnown = request.header("if-none-match") === headers.etag;
  response.end(isKnown ? 304 : 200, headers, isKnown ? "" : bytes);
}
