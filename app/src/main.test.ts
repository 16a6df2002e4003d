import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CommandEnded, runCommand } from "./testing/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-main-"));

const run = (args: readonly string[], environment: Record<string, string> = {}): Promise<CommandEnded> =>
  runCommand(args, { environment });

const commands = [
  ["serve"],
  ["check"],
  ["score"],
  ["eval"],
  ["replay"],
  ["publish"],
  ["watch"],
  ["query"],
  ["simulate"],
  ["demo"],
  ["doctor"],
  ["policy", "lint"],
  ["policy", "import"],
  ["pack", "build"],
  ["pack", "info"],
  ["ledger", "verify"],
  ["ledger", "export"],
] as const;

describe("help", () => {
  test.each(commands.map((words) => [words.join(" "), words] as const))(
    "of %s shows an example",
    async (name, words) => {
      const { code, stdout } = await run([...words, "--help"]);
      expect(code).toBe(0);
      expect(stdout.slice(stdout.indexOf("Example"))).toContain(`sluice ${name}`);
    },
  );

  test("lists every command", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(code).toBe(0);
    for (const [command] of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
  });
});

describe("doctor", () => {
  const doctor = async (args: readonly string[], environment: Record<string, string> = {}) => {
    const { code, stdout } = await run(["doctor", ...args], environment);
    const results = stdout.split("\n").filter((line) => line !== "");
    return { code, of: (check: string) => results.find((line) => line.includes(`"check":"${check}"`)) };
  };

  test("looks where serve would listen and write, by environment and by file, and exits 1 on a finding", async () => {
    const settings = join(folder, "settings.yaml");
    writeFileSync(settings, "port: 1\npolicy: cgcp\n");
    const environment = { SLUICE_DATA: join(folder, "by-environment") };
    const { code, of } = await doctor(["--config", settings, "--only", "port,policy,data-folder"], environment);
    expect(code).toBe(1);
    expect(of("port")).toContain("nothing listens on 127.0.0.1:1");
    expect(of("policy")).toContain("cgcp");
    expect(of("data-folder")).toContain("by-environment");
  });

  test("takes settings that serve would refuse for a finding", async () => {
    const { code, of } = await doctor(["--only", "configuration"], { SLUICE_PORT: "many" });
    expect(code).toBe(1);
    expect(of("configuration")).toContain("SLUICE_PORT");
  });

  test("exits 0 on warnings, and 1 with --strict", async () => {
    const missing = ["--data", join(folder, "missing"), "--only", "data-folder"];
    expect((await doctor(missing)).code).toBe(0);
    expect((await doctor([...missing, "--strict"])).code).toBe(1);
  });
});

describe("wrong use exits 2 and is told:", () => {
  test.each([
    ["an unknown command", ["chekc"], "Did you mean check?"],
    ["an unknown command below another", ["policy", "lnt"], "Did you mean lint?"],
    ["an unknown option", ["check", "hi", "--teir", "x"], "Did you mean --tier?"],
    ["no command", [], "Usage: sluice"],
    ["a missing option", ["watch"], "--http"],
    ["a bad action", ["watch", "--http", "http://127.0.0.1:1", "--action", "deny"], "none of allow"],
    ["a bad number", ["simulate", "--events", "many"], "whole number"],
    ["a bad time", ["simulate", "--start", "monday"], "2026-01-01T00:00:00Z"],
    ["a bad address", ["publish", "-", "--http", "localhost"], "http://127.0.0.1:8080"],
    [
      "two ways to publish",
      ["publish", "-", "--http", "http://127.0.0.1:1", "--nats", "nats://127.0.0.1:1"],
      "not both",
    ],
    ["a bad address of NATS", ["watch", "--nats", "http://127.0.0.1"], "nats://127.0.0.1:4222"],
    ["a sequence over NATS", ["watch", "--nats", "nats://127.0.0.1:1", "--since", "7"], "a time like"],
    ["a time over HTTP", ["watch", "--http", "http://127.0.0.1:1", "--since", "2026-01-31T12:00:00Z"], "sequence"],
    ["a demo with a data folder", ["serve", "--demo", "--data", folder], "leave --data out"],
    ["a demonstration in a folder that holds something", ["demo", "--data", "."], "is not empty"],
    [
      "a demonstration on a server with a policy",
      ["demo", "--http", "http://127.0.0.1:1", "--policy", "cgcp"],
      "leave --policy out",
    ],
    ["an unknown scenario", ["demo", "--scenario", "tears"], "Allowed choices are tiers"],
    ["a doctor without an address", ["doctor", "--http", "localhost"], "http://127.0.0.1:8080"],
    ["a doctor with a limit that is none", ["doctor", "--timeout", "soon"], "whole number"],
    ["an unknown check", ["doctor", "--only", "everything"], 'no check "everything"'],
    ["a missing file", ["replay", join(folder, "nothing")], "cannot read"],
    ["a folder in place of a file", ["replay", folder], "is a folder"],
    ["a file that cannot be written", ["replay", "-", "--out", join(folder, "no/such")], "cannot write"],
    ["an unknown policy", ["check", "hi", "--policy", "strict"], "the presets are"],
    ["a missing pack", ["check", "hi", "--pack", join(folder, "no.pack")], "cannot read the pack"],
    ["a folder without ledger", ["ledger", "verify", "--data", folder], "no ledger"],
    ["an input to eval without records", ["eval", "-"], "no labelled record"],
    ["a map to import that is not there", ["policy", "import", join(folder, "none")], "cannot read"],
  ] as const)("%s", async (_name, args, said) => {
    const { code, stderr } = await run(args);
    expect(stderr).toContain(said);
    expect(stderr).not.toContain("fault of the program");
    expect(code).toBe(2);
  });

  test("an address of NATS in the environment, without showing it", async () => {
    const { code, stderr } = await run(["watch"], { SLUICE_NATS: "http://name:hidden-word@host" });
    expect(stderr).toContain("SLUICE_NATS (environment): its value is not an address like nats://");
    expect(stderr).not.toContain("hidden-word");
    expect(code).toBe(2);
  });

  test("every fault of a configuration, at once", async () => {
    const { code, stderr } = await run(["serve", "--host", "0.0.0.0"], { API_PORT: "no", ENABLE_AUTH: "true" });
    expect(code).toBe(2);
    for (const said of ["API_PORT", "ENABLE_AUTH", "--host"]) expect(stderr).toContain(said);
  });
});
