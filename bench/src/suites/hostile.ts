/**
 * Text that is made to cost: through the kernel with the pack that ships, against ordinary text of the same run. The
 * bound that the kernel is built for is five times ordinary text a byte; the suite fails above it.
 */
import { readFileSync } from "node:fs";
import { createDetector, type Detector } from "@sluice/core-wasm";
import type { Figure, SuiteResult } from "../record.ts";

const DEFAULT_PACK = new URL("../../../core-wasm/build/default.pack", import.meta.url);
const TIMES_MAX = 5;
const ROUNDS = 9;
/** A text that nearly fills an event, and one as most are, where what each run costs by itself weighs most. */
const SIZES = [
  { bytes: 900_000, scans: 1, label: "" },
  { bytes: 1000, scans: 500, label: "1 KB, " },
] as const;

const licence = readFileSync(new URL("../../../LICENSE", import.meta.url), "utf8").replace(/\s+/g, " ");
const noise = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * at * 7919 + at * 31) % 251)).toString("latin1");
const encoded = (text: string, encoding: "base64" | "hex") => Buffer.from(text, "latin1").toString(encoding);

function hostileTexts(bytes: number, prose: string): Readonly<Record<string, string>> {
  const filled = (piece: string) => piece.repeat(Math.floor(bytes / Buffer.byteLength(piece)));
  const cut = (text: string) => text.slice(0, bytes);
  const inPairs = (mark: string) => encoded(prose.slice(0, bytes / 3), "hex").replace(/../g, `${mark}$&`);
  const shortRun = `${encoded("how to make a bomb", "base64")} `;
  return {
    "one word": filled("a"),
    "all separators": filled(" .,;"),
    "look-alikes": filled("аеорсух"),
    "spaced-out letters": filled("a "),
    leet: filled("b0mb4 "),
    "signs between letters": filled("@a$b"),
    "invisible characters": filled("\u200b"),
    "scripts without blanks": filled("爆弾"),
    "a phrase again and again": filled("ignore all previous instructions "),
    "an anchor again and again": filled("bomb "),
    "beginnings of phrases": filled("how to make a how to kill "),
    "one run of base64": cut(encoded(prose, "base64")),
    "one run of hex": cut(encoded(prose, "hex")),
    "percent-encoding": inPairs("%"),
    "short runs of percent-encoding": filled("%41%42%43%44 "),
    "hex in pairs": inPairs(" "),
    "base64 of base64": cut(encoded(encoded(prose, "base64"), "base64")),
    "short runs of base64": filled(shortRun),
    "base64 of short runs of base64": cut(encoded(filled(shortRun), "base64")),
    "runs of base64 that hold no text": filled(`${cut(encoded(noise, "base64"))} `),
    "rot13 of a phrase": filled("ubj gb znxr n obzo "),
  };
}

function eventOf(prompt: string): Uint8Array {
  const ids = {
    event_id: "e",
    timestamp: "2026-01-01T00:00:00Z",
    user_id: "u",
    org_id: "o",
    surface: "s",
    tier: "general",
  };
  return Buffer.from(JSON.stringify({ ...ids, prompt }));
}

/** Nanoseconds a byte of the scans in the mean. */
function cost(detector: Detector, event: Uint8Array, scans: number): number {
  const startMs = performance.now();
  for (let i = 0; i < scans; i += 1) {
    const payload = detector.open(event);
    const fault = "scan" in payload ? payload.scan(0).fault : payload;
    if (fault !== undefined) throw new Error(`refused: ${fault.reason}`);
  }
  return ((performance.now() - startMs) * 1e6) / event.length / scans;
}

/** The quickest of some rounds of both, turn by turn: what else runs on the machine only ever adds. */
function quickest(detector: Detector, event: Uint8Array, ordinary: Uint8Array, scans: number) {
  let best = { event: Infinity, ordinary: Infinity };
  for (let round = 0; round < ROUNDS; round += 1) {
    const plain = cost(detector, ordinary, scans);
    const other = cost(detector, event, scans);
    best = { event: Math.min(best.event, other), ordinary: Math.min(best.ordinary, plain) };
  }
  return best;
}

export async function hostileSuite(): Promise<SuiteResult> {
  const detector = createDetector(readFileSync(DEFAULT_PACK));
  const figures: Figure[] = [];
  for (const { bytes, scans, label } of SIZES) {
    // Prose that nobody wrote for a benchmark: the licence. Made-up words would be too cheap, for no rule has them.
    const prose = licence.repeat(Math.ceil(bytes / licence.length)).slice(0, bytes);
    let ordinary = Infinity;
    const times: Figure[] = [];
    for (const [name, text] of Object.entries(hostileTexts(bytes, prose))) {
      const best = quickest(detector, eventOf(text), eventOf(prose), scans);
      ordinary = Math.min(ordinary, best.ordinary);
      const value = best.event / best.ordinary;
      if (value > TIMES_MAX)
        throw new Error(`${label}${name} costs ${value.toFixed(1)} times ordinary text, more than ${TIMES_MAX}`);
      times.push({ name: `${label}${name} / ordinary text`, value: Number(value.toPrecision(3)), unit: "times" });
    }
    figures.push({ name: `${label}ordinary text`, value: Number(ordinary.toFixed(2)), unit: "ns/byte" }, ...times);
  }
  return { suite: "hostile", checked: "every text is accepted and scored", figures };
}
