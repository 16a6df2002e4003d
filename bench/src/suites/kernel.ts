/** The kernel against the ways a user would write it: 1 KB events, 2,000 and 10,000 phrases, folding on, one core. */
import { compilePack, createDetector, type Detector } from "@sluice/core-wasm";
import { type Corpus, makeCorpus, packOf } from "../corpus.ts";
import { ahoCorasickPeer, includesPeer, type Peer, parseOnly, regExpPeer, wholeWordCount } from "../peers.ts";
import type { Figure, SuiteResult } from "../record.ts";
import { type Case, ratio, timeCases } from "../timing.ts";

const EVENT_COUNT = 4000;
/** Slow peers see a part of the same events. */
const SLICE = 16;

function kernelCount(detector: Detector, event: Uint8Array): number {
  const payload = detector.open(event);
  if (!("scan" in payload)) throw new Error(`refused: ${payload.reason}`);
  const scan = payload.scan(0);
  if (scan.fault !== undefined) throw new Error(`refused: ${scan.fault.reason}`);
  return scan.scored ? new Set(scan.matches().map(({ rule }) => rule)).size : 0;
}

/** The kernel finds exactly the whole-word phrases; the substring peers find at least those. */
function checkAnswers(detector: Detector, { events, phrases }: Corpus): string {
  const plain = wholeWordCount(phrases);
  let total = 0;
  for (const event of events) {
    const wanted = plain(event);
    const found = kernelCount(detector, event);
    if (wanted !== found)
      throw new Error(`the kernel found ${found} phrases, ${wanted} are there: ${Buffer.from(event)}`);
    total += found;
  }
  return `${events.length} events: the kernel finds the same ${total} phrases as a plain whole-word search`;
}

function overSlices(events: readonly Uint8Array[], size: number, handle: Peer): Case["run"] {
  let from = 0;
  return () => {
    let sum = 0;
    for (let i = 0; i < size; i += 1) sum += handle(events[(from + i) % events.length] as Uint8Array);
    from = (from + size) % events.length;
    return sum;
  };
}

async function compare(phraseCount: number): Promise<{ checked: string; figures: Figure[] }> {
  const corpus = makeCorpus({ seed: 1, phraseCount, eventCount: EVENT_COUNT, eventBytes: 1000 });
  const { events, phrases } = corpus;
  const detector = createDetector(compilePack(packOf(phrases)));
  const checked = checkAnswers(detector, corpus);
  const cases: Case[] = [
    { name: "sluice kernel", events: 256, run: overSlices(events, 256, (event) => kernelCount(detector, event)) },
    { name: "JSON.parse alone", events: 256, run: overSlices(events, 256, parseOnly) },
    {
      name: "JSON.parse + modern-ahocorasick",
      events: SLICE,
      run: overSlices(events, SLICE, ahoCorasickPeer(phrases)),
    },
    { name: "JSON.parse + one RegExp", events: SLICE, run: overSlices(events, SLICE, regExpPeer(phrases)) },
    { name: "JSON.parse + includes", events: SLICE, run: overSlices(events, SLICE, includesPeer(phrases)) },
  ];
  const figures = await timeCases(`kernel, ${phraseCount} phrases`, cases);
  const ratios = ["JSON.parse + includes", "JSON.parse + one RegExp", "JSON.parse + modern-ahocorasick"].map((peer) =>
    ratio(figures, "sluice kernel", peer),
  );
  const parseRatio = ratio(figures, "JSON.parse alone", "sluice kernel");
  const named = [...figures, ...ratios, { ...parseRatio, name: "sluice kernel's time / JSON.parse alone's" }];
  return { checked, figures: named.map((figure) => ({ ...figure, name: `${phraseCount} phrases: ${figure.name}` })) };
}

export async function kernelSuite(): Promise<SuiteResult> {
  const small = await compare(2000);
  const large = await compare(10_000);
  return { suite: "kernel", checked: small.checked, figures: [...small.figures, ...large.figures] };
}
