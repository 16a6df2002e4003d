import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { lockHolder } from "./lock.ts";
import { ledgerFolder } from "./testing/folder.ts";

const folder = ledgerFolder();
const lockPath = () => join(folder.directory, "lock");
const hasProc = existsSync("/proc/self/stat");

describe("the lock", () => {
  test("refuses a second writer while the first lives, naming its pid, and lets it in after close", async () => {
    const first = await folder.open();
    await expect(folder.open()).rejects.toMatchObject({
      code: "ledger-locked",
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await first.close();
    expect(existsSync(lockPath())).toBe(false);
    await folder.open();
  });

  test("tells who holds it to whoever only looks", async () => {
    expect(lockHolder(folder.directory)).toBeUndefined();
    const ledger = await folder.open();
    expect(lockHolder(folder.directory)).toEqual({ pid: process.pid, isAlive: true });
    const lock = JSON.parse(readFileSync(lockPath(), "utf8"));
    await ledger.close();
    writeFileSync(lockPath(), JSON.stringify({ ...lock, startedAt: "0", boot: "another" }));
    expect(lockHolder(folder.directory)).toEqual({ pid: process.pid, isAlive: false });
    writeFileSync(lockPath(), "no lock of ours");
    expect(lockHolder(folder.directory)).toEqual({ pid: undefined, isAlive: false });
  });

  test("of a process that is gone is taken over", async () => {
    const first = await folder.open();
    const lock = JSON.parse(readFileSync(lockPath(), "utf8"));
    await first.close();
    const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
    await once(child, "exit");
    writeFileSync(lockPath(), JSON.stringify({ ...lock, pid: child.pid }));
    await folder.open();
  });

  test.skipIf(!hasProc)("of a process whose pid was given to another one is taken over (needs /proc)", async () => {
    const first = await folder.open();
    const lock = JSON.parse(readFileSync(lockPath(), "utf8"));
    await first.close();
    writeFileSync(lockPath(), JSON.stringify({ ...lock, startedAt: "1" }));
    const second = await folder.open();
    await second.close();
    writeFileSync(lockPath(), JSON.stringify({ ...lock, boot: "an earlier boot" }));
    await folder.open();
  });

  test.skipIf(!hasProc)("of a killed process that its parent has not reaped is taken over (needs /proc)", async () => {
    // The shell becomes a program that never waits for its child.
    const parent = spawn("sh", ["-c", 'sleep 0.05 & echo "$!"; exec sleep 60'], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    try {
      const pid = Number(String((await once(parent.stdout, "data"))[0]));
      const stat = () => readFileSync(`/proc/${pid}/stat`, "utf8");
      const startedAt = stat()
        .slice(stat().lastIndexOf(")") + 2)
        .split(" ")[19];
      while (!stat().includes(") Z ")) await setTimeout(10);
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      writeFileSync(lockPath(), JSON.stringify({ pid, startedAt, boot }));
      await folder.open();
    } finally {
      parent.kill("SIGKILL");
    }
  });

  test("that is empty or unreadable as a lock names nobody and is taken over", async () => {
    writeFileSync(lockPath(), "");
    const first = await folder.open();
    await first.close();
    writeFileSync(lockPath(), "not json");
    await folder.open();
  });

  test("is given back when opening fails", async () => {
    await expect(folder.open({ onRecovered: () => {}, clock: failingClock })).rejects.toMatchObject({
      code: "ledger-failed",
    });
    await folder.open();
  });
});

const failingClock = {
  nowMs(): number {
    throw new Error("no clock");
  },
};
