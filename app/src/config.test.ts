import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EngineError } from "@sluice/engine";
import { describe, expect, test } from "vitest";
import { type ConfigSources, loadConfig } from "./config.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-config-"));
function file(text: string): string {
  const path = join(folder, "sluice.yaml");
  writeFileSync(path, text);
  return path;
}
const load = (sources: Partial<ConfigSources>) => loadConfig({ flags: {}, environment: {}, ...sources });
function faultsOf(sources: Partial<ConfigSources>): string {
  try {
    load(sources);
  } catch (error) {
    if (error instanceof EngineError && error.code === "config-invalid") return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("configuration", () => {
  test("has defaults", () => {
    expect(load({}).config).toEqual({
      host: "127.0.0.1",
      port: 8080,
      dataDir: resolve(".sluice"),
      policy: "default",
      pack: undefined,
      sync: "interval",
      logLevel: "info",
      analytics: "auto",
      analyticsRowsMax: 1_000_000,
      server: "auto",
      allowedHosts: [],
      allowedOrigins: [],
      wsSource: undefined,
      wsSourceToken: undefined,
      nats: undefined,
      secondOpinion: "off",
      secondOpinionUrl: undefined,
      secondOpinionModel: undefined,
      secondOpinionKeyEnv: undefined,
      secondOpinionTimeoutMs: 10_000,
      secondOpinionPerMinute: 60,
    });
  });

  test("never shows what may hold a secret, also when it is at fault", () => {
    const environment = {
      SLUICE_WS_SOURCE: "wss://name:hidden-word@feed.example",
      SLUICE_WS_SOURCE_TOKEN: "hidden-word and a blank",
    };
    const faults = faultsOf({ environment });
    expect(faults).toContain("SLUICE_WS_SOURCE (environment): its value (not shown) is not an address");
    expect(faults).toContain("SLUICE_WS_SOURCE_TOKEN (environment): its value (not shown) is not visible ASCII");
    expect(faults).not.toContain("hidden-word");
  });

  test("takes the address of a feed, and its token from the environment or the file alone", () => {
    const environment = { SLUICE_WS_SOURCE_TOKEN: "token" };
    const { config } = load({ flags: { wsSource: "wss://feed.example/events" }, environment });
    expect(config.wsSource?.href).toBe("wss://feed.example/events");
    expect(config.wsSourceToken).toBe("token");
    expect(faultsOf({ flags: { wsSource: "http://feed.example" } })).toContain("--ws-source (flag)");
  });

  test("takes flags before environment before file before defaults", () => {
    const path = file("port: 1\nsync: os\nhost: localhost\n");
    const environment = { SLUICE_PORT: "2", SLUICE_SYNC: "always" };
    expect(load({ file: path, environment, flags: { port: "3" } }).config).toMatchObject({
      port: 3,
      sync: "always",
      host: "localhost",
      policy: "default",
    });
  });

  test("understands cgcp's names, and prefers its own", () => {
    const environment = { API_HOST: "localhost", API_PORT: "8000", DATABASE_PATH: folder, LOG_LEVEL: "WARNING" };
    expect(load({ environment }).config).toMatchObject({
      host: "localhost",
      port: 8000,
      dataDir: folder,
      logLevel: "warn",
    });
    expect(load({ environment: { ...environment, SLUICE_PORT: "9" } }).config.port).toBe(9);
  });

  test("lists all faults, each with where it came from", () => {
    const message = faultsOf({
      file: file("sync: never\ncolour: blue\n"),
      environment: { API_PORT: "http", SLUICE_SPEED: "1" },
      flags: { host: "0.0.0.0" },
    });
    expect(message).toContain("sluice.yaml:1: sync");
    expect(message).toContain("sluice.yaml:2: colour is no setting");
    expect(message).toContain('API_PORT (environment): "http" is not 0 to 65535');
    expect(message).toContain("SLUICE_SPEED (environment) is no setting");
    expect(message).toContain("--host (flag)");
    expect(message.split("\n")).toHaveLength(6);
  });

  test("refuses a bad value even where a flag overrides it", () => {
    expect(faultsOf({ environment: { SLUICE_PORT: "99999" }, flags: { port: "1" } })).toContain("99999");
  });

  test("names the line of broken YAML", () => {
    expect(faultsOf({ file: file("host: localhost\nport: [1\n") })).toMatch(/sluice\.yaml:[23]:/);
    expect(faultsOf({ file: file("- a\n") })).toContain("must be a map");
    expect(faultsOf({ file: join(folder, "none.yaml") })).toContain("cannot read");
  });

  test("refuses ENABLE_AUTH=true instead of running without it, and says when a secret has no effect", () => {
    expect(faultsOf({ environment: { ENABLE_AUTH: "true" } })).toContain("ENABLE_AUTH");
    expect(load({ environment: { ENABLE_AUTH: "false", JWT_SECRET_KEY: "s" } }).notices).toHaveLength(1);
  });

  test.each(["0.0.0.0", "example.org", "192.168.0.1", "::"])(
    "refuses to listen on %s without authentication",
    (host) => {
      expect(faultsOf({ flags: { host } })).toContain("authentication");
    },
  );

  test("takes lists from flags and from files", () => {
    const path = file("allowedHosts: [app.example, other:8080]\n");
    const { config } = load({ file: path, flags: { allowedOrigins: "https://A.example, http://b:1" } });
    expect(config.allowedHosts).toEqual(["app.example", "other:8080"]);
    expect(config.allowedOrigins).toEqual(["https://a.example", "http://b:1"]);
    expect(faultsOf({ flags: { allowedOrigins: "*" } })).toContain("--allow-origin");
  });

  test("refuses a data folder that is a file", () => {
    expect(faultsOf({ flags: { dataDir: file("") } })).toContain("a folder");
  });
});
