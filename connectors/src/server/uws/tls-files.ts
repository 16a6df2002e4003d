/**
 * uWebSockets.js reads key and certificate from files only. They exist while it reads them, in a folder that no other
 * user can enter.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineError } from "@sluice/engine";
import type { PortOptions } from "../port.ts";
import type { NativeApp, NativeUws } from "./native.ts";

const OWNER_ONLY = 0o600;

/** @throws {EngineError} `config-invalid` when key and certificate cannot be used */
export function tlsApp(uws: NativeUws, { key, cert }: NonNullable<PortOptions["tls"]>): NativeApp {
  const folder = mkdtempSync(join(tmpdir(), "sluice-tls-")); // made with mode 700
  try {
    const files = { key_file_name: join(folder, "key.pem"), cert_file_name: join(folder, "cert.pem") };
    writeFileSync(files.key_file_name, key, { mode: OWNER_ONLY });
    writeFileSync(files.cert_file_name, cert, { mode: OWNER_ONLY });
    return uws.SSLApp(files);
  } catch (cause) {
    const advice = "both must be PEM, and the certificate must be the key's";
    throw new EngineError("config-invalid", `the TLS key and certificate cannot be used: ${advice}`, { cause });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
