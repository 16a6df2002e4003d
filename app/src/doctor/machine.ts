/** Whether this machine can run Sluice: the runtime, its memory, the kernel, and the settings found here. */
import { freemem } from "node:os";
import { compilePack, createDetector, type Detector, type PackModel } from "@sluice/core-wasm";
import { type Check, fail, pass, warn } from "./check.ts";

export interface MachineParts {
  readonly nodeVersion: string;
  /** Of the machine, or of what a container leaves of it. */
  readonly freeMemoryBytes: () => number;
  /** What is wrong with the environment and the configuration file; undefined when nothing is. */
  readonly configFault: string | undefined;
  /** Loads the kernel with a pack. */
  readonly makeDetector: (blob: Uint8Array) => Detector;
}

export const machineParts = (configFault: string | undefined): MachineParts => ({
  nodeVersion: process.versions.node,
  freeMemoryBytes: () => Math.min(freemem(), process.availableMemory()),
  configFault,
  makeDetector: createDetector,
});

/** As package.json demands. */
const NODE_MIN = [20, 19] as const;
const MIB = 1024 ** 2;
/** A process takes about 250 MiB at work (kernel, keys, queue); below half of that it does not start. */
const MEMORY_FAIL_BYTES = 128 * MIB;
const MEMORY_WARN_BYTES = 512 * MIB;

export function machineChecks(parts: MachineParts): readonly Check[] {
  const { nodeVersion, freeMemoryBytes, configFault, makeDetector } = parts;
  return [
    {
      name: "node",
      group: "this machine",
      does: `looks whether Node is ${NODE_MIN.join(".")} or newer`,
      run: () => nodeFinding(nodeVersion),
    },
    {
      name: "memory",
      group: "this machine",
      does: "asks how much memory is free",
      run: () => memoryFinding(freeMemoryBytes()),
    },
    {
      name: "configuration",
      group: "this machine",
      does: "reads the environment and --config as serve would",
      run: () =>
        configFault === undefined
          ? pass("every setting is understood")
          : fail(configFault, "correct what is named; serve refuses to start with it"),
    },
    {
      name: "kernel",
      group: "this machine",
      does: "loads the WASM kernel and scores known texts",
      run: () => kernelFinding(makeDetector(compilePack(KNOWN_PACK))),
    },
  ];
}

function nodeFinding(version: string) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  return isEnough
    ? pass(`Node ${version}`)
    : fail(`Node ${version} is older than ${NODE_MIN.join(".")}`, "install Node 20.19, 22 or 24");
}

function memoryFinding(bytes: number) {
  const seen = `${Math.floor(bytes / MIB)} MiB free`;
  if (bytes < MEMORY_FAIL_BYTES) return fail(seen, `free at least ${MEMORY_FAIL_BYTES / MIB} MiB: serve may not start`);
  if (bytes < MEMORY_WARN_BYTES) return warn(seen, `${MEMORY_WARN_BYTES / MIB} MiB leave room for bursts`);
  return pass(seen);
}

/** Two rules of 0.6 and 0.5 make 0.6 + 0.8 · 0.5 = 1, cut at 1; the first alone makes 0.6. */
const KNOWN_PACK: PackModel = {
  name: "doctor",
  version: "1",
  categories: ["known"],
  contexts: [],
  rules: [
    { id: "known.one.001", category: 0, context: -1, weight: 6000, sides: ["prompt"], phrases: [["well", "known"]] },
    { id: "known.two.001", category: 0, context: -1, weight: 5000, sides: ["prompt"], phrases: [["second", "phrase"]] },
  ],
  scoring: { strongWeight: 10_000, strongFloor: 0 },
  calibration: [
    { score: 0, ratio: 1000 },
    { score: 10_000, ratio: 2000 },
  ],
};
/** Prompt, score in 1/10,000, and the matches' bytes. */
const KNOWN_TEXTS = [
  { prompt: "Some ẀELL-KN0WN words", score: 6000, spans: [[5, 17]] },
  {
    prompt: "well known, and a second phrase",
    score: 10_000,
    spans: [
      [0, 10],
      [18, 31],
    ],
  },
  { prompt: "nothing of the kind", score: 0, spans: [] },
] as const;

function kernelFinding(detector: Detector) {
  for (const { prompt, score, spans } of KNOWN_TEXTS) {
    const caller = { user_id: "doctor", org_id: "doctor", surface: "doctor", tier: "general" };
    const event = { event_id: "doctor", timestamp: "2026-01-01T00:00:00Z", ...caller, prompt };
    const opened = detector.open(Buffer.from(JSON.stringify(event)));
    const scan = "reason" in opened ? undefined : opened.scan(0);
    const seen = JSON.stringify([scan?.scores[0], scan?.matches().map(({ start, end }) => [start, end])]);
    if (seen !== JSON.stringify([score, spans])) {
      const wanted = JSON.stringify([score, spans]);
      return fail(`a known text gave ${seen} and not ${wanted}`, "the build is damaged: run `npm run build`");
    }
  }
  return pass(`${KNOWN_TEXTS.length} known texts score and match as they must`);
}
