/**
 * `npm run fuzz`: random and mutated payloads through the kernel. Each must neither trap nor write outside of its area,
 * and is answered as the oracle answers it. Ends at the first that does not, with the payload that shows it.
 */
import { parseArgs } from "node:util";
import { createDetector, loadKernel } from "../src/detector.ts";
import { differenceOf } from "../src/oracle/difference.ts";
import { createOracle } from "../src/oracle/index.ts";
import { VECTOR_PACK } from "../src/oracle/vectors.ts";
import { readPack } from "../src/pack/index.ts";
import { compilePack, openPackBlob } from "../src/pack-blob.ts";
import { madeModel } from "../src/testing/made-model.ts";
import type { Detector, PackModel } from "../src/types.ts";
import { type Guards, setGuards } from "./guards.ts";
import { inputs } from "./inputs.ts";

const HELP = `Usage: npm run fuzz -- [options]

Sends random and mutated payloads of at most 4 KiB through the kernel, with a pack of rules and a made-up model.

  --count <n>         how many (default 1000000)
  --seed <n>          another seed makes other payloads (default 1)
  --oracle-every <n>  compare each n-th answer with the oracle's (default 1: all)

Example: npm run fuzz -- --count 10000000 --seed 7
`;
/** Inputs between two looks at the whole of the tables, and between two lines of progress at the least. */
const STRIDE = 20_000;
const PROGRESS_MS = 10_000;

type Print = NodeJS.WritableStream;

interface Counts {
  inputs: number;
  compared: number;
  /** Events that were read and scored, and those refused, in all payloads. */
  accepted: number;
  refused: number;
  scored: number;
}

/** @returns the exit code: 0, 1 when an input is answered wrongly, 2 for wrong use */
export function main(args: string[], stdout: Print, stderr: Print): number {
  const options = readOptions(args);
  if (typeof options === "string") {
    stderr.write(`${options}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    stdout.write(HELP);
    return 0;
  }
  const { count, seed, oracleEvery } = options;
  const counts: Counts = { inputs: 0, compared: 0, accepted: 0, refused: 0, scored: 0 };
  const startMs = performance.now();
  let toldMs = startMs;
  const fault = fuzz(count, seed, oracleEvery, counts, () => {
    if (performance.now() - toldMs < PROGRESS_MS) return;
    toldMs = performance.now();
    stderr.write(`${counts.inputs} of ${count} inputs\n`);
  });
  const seconds = (performance.now() - startMs) / 1000;
  stdout.write(
    `${counts.inputs} inputs of seed ${seed} in ${Math.round(seconds)} s: ${counts.accepted} events accepted, ` +
      `${counts.scored} of them scored, ${counts.refused} refused; ${counts.compared} inputs compared with the oracle\n`,
  );
  if (fault !== undefined) {
    stderr.write(`fuzz: input ${counts.inputs} of seed ${seed}: ${fault}\n`);
    return 1;
  }
  stdout.write("no trap, no guard broken, no answer that differs\n");
  return 0;
}

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: "boolean", default: false },
        count: { type: "string", default: "1000000" },
        seed: { type: "string", default: "1" },
        "oracle-every": { type: "string", default: "1" },
      },
    });
    const [count, seed, oracleEvery] = [values.count, values.seed, values["oracle-every"]].map(Number);
    const isWell = [count, seed, oracleEvery].every((value) => Number.isSafeInteger(value) && (value as number) > 0);
    if (!isWell) return "count, seed and oracle-every take whole numbers from 1 on";
    return { help: values.help, count: count as number, seed: seed as number, oracleEvery: oracleEvery as number };
  } catch (error) {
    return (error as Error).message;
  }
}

function fuzz(
  count: number,
  seed: number,
  oracleEvery: number,
  counts: Counts,
  onStride: () => void,
): string | undefined {
  const rules = readPack(VECTOR_PACK);
  const pack: PackModel = { ...rules, model: madeModel(rules, 7) };
  const blob = compilePack(pack);
  const kernel = loadKernel();
  const detector = createDetector(blob, kernel);
  const oracle = createOracle(pack);
  const guards = setGuards(kernel, openPackBlob(blob).tables);
  const nextInput = inputs(pack, seed);
  while (counts.inputs < count) {
    const input = nextInput();
    counts.inputs += 1;
    const isCompared = counts.inputs % oracleEvery === 0;
    if (isCompared) counts.compared += 1;
    try {
      const difference = isCompared ? differenceOf(detector, oracle, input) : undefined;
      if (difference !== undefined) return difference;
      scanAll(detector, input, counts);
    } catch (error) {
      return `${error}, payload ${Buffer.from(input).toString("base64")}`;
    }
    const isStride = counts.inputs % STRIDE === 0 || counts.inputs === count;
    const broken = damage(guards, isStride);
    if (broken !== undefined) return `${broken}, payload ${Buffer.from(input).toString("base64")}`;
    if (isStride) onStride();
  }
  return undefined;
}

function scanAll(detector: Detector, input: Uint8Array, counts: Counts): void {
  const payload = detector.open(input);
  if (!("scan" in payload)) {
    counts.refused += 1;
    return;
  }
  for (let index = 0; index < payload.count; index += 1) {
    const { fault, scored } = payload.scan(index);
    if (fault !== undefined) counts.refused += 1;
    else counts.accepted += 1;
    if (fault === undefined && scored) counts.scored += 1;
  }
}

function damage(guards: Guards, isStride: boolean): string | undefined {
  const broken = guards.broken();
  if (broken.length > 0) return `the guard before ${broken.join(", ")} is broken`;
  return isStride && !guards.areTablesWhole() ? "the pack's tables were written to" : undefined;
}
