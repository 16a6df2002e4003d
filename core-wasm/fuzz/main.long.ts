import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { createDetector, loadKernel } from "../src/detector.ts";
import { VECTOR_PACK } from "../src/oracle/vectors.ts";
import { readPack } from "../src/pack/index.ts";
import { compilePack, openPackBlob } from "../src/pack-blob.ts";
import { areas, INPUT_BYTES_MAX, setGuards } from "./guards.ts";
import { inputs } from "./inputs.ts";
import { main } from "./main.ts";

function run(...args: string[]) {
  let [out, err] = ["", ""];
  const into = (take: (text: string) => void) =>
    new Writable({
      write(chunk, _encoding, done) {
        take(String(chunk));
        done();
      },
    });
  const code = main(
    args,
    into((text) => {
      out += text;
    }),
    into((text) => {
      err += text;
    }),
  );
  return { code, out, err };
}

const pack = readPack(VECTOR_PACK);

describe("the fuzzer", () => {
  test("finds nothing in some thousand inputs, and says how many events it got through", () => {
    const { code, out } = run("--count", "3000", "--seed", "3");
    expect(out).toMatch(/^3000 inputs of seed 3 in \d+ s: \d{3,} events accepted, \d{2,} of them scored/);
    expect(out).toContain("3000 inputs compared with the oracle\nno trap, no guard broken, no answer that differs");
    expect(code).toBe(0);
  });

  test("refuses what is no number", () => {
    expect(run("--count", "many")).toMatchObject({ code: 2 });
    expect(run("--number", "1")).toMatchObject({ code: 2 });
  });

  test("makes the same inputs by the same seed, others by another, none too long", () => {
    const some = (seed: number) => {
      const next = inputs(pack, seed);
      return Array.from({ length: 2000 }, () => Buffer.from(next()).toString("base64"));
    };
    const first = some(5);
    expect(some(5)).toEqual(first);
    expect(some(6)).not.toEqual(first);
    expect(Math.max(...first.map((text) => Buffer.from(text, "base64").length))).toBeLessThanOrEqual(INPUT_BYTES_MAX);
    expect(new Set(first).size).toBeGreaterThan(1900);
  });
});

describe("the guards", () => {
  const blob = compilePack(pack);
  const { tables } = openPackBlob(blob);
  const guarded = () => {
    const kernel = loadKernel();
    createDetector(blob, kernel);
    return { memory: new Uint8Array(kernel.memory.buffer), guards: setGuards(kernel, tables) };
  };

  test("name the area that was written over", () => {
    const { memory, guards } = guarded();
    expect(guards.broken()).toEqual([]);
    const words = areas().get("WORDS") as number;
    memory[words - 1] = 0;
    expect(guards.broken()).toEqual(["WORDS"]);
  });

  test("see a change in the tables", () => {
    const { memory, guards } = guarded();
    expect(guards.areTablesWhole()).toBe(true);
    const at = (areas().get("PACK") as number) + tables.length - 100;
    memory[at] = (memory[at] as number) ^ 1;
    expect(guards.areTablesWhole()).toBe(false);
  });

  test("stand before every area that the layout names, the last one's end too", () => {
    expect([...areas().keys()]).toEqual(expect.arrayContaining(["PAYLOAD", "CANON", "FOLDED", "MEMO", "MEMORY_END"]));
  });
});
