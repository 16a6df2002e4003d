/**
 * The short way of quiet events: sound, nothing found, and allowed without a word. Nearly all traffic is. Their
 * decisions differ in ids and times alone, so the kernel writes them from a template, and no string of them exists
 * until somebody asks. Invariant: the text is what the long way would have written; a property test holds the two
 * together.
 */
import type { Composer, Scan } from "@sluice/core-wasm";
import type { Entry } from "./chunk.ts";
import type { Clock, Decision, DecisionFacts, EncodedJson, RecordDraft, RecordKey } from "./contracts.ts";
import { eventDigest } from "./digest.ts";
import type { Judge } from "./judge.ts";
import { createNowText } from "./now-text.ts";
import { templateOf } from "./serialize.ts";

/** Tiers whose templates are held; events of a further one take the long way. */
const TIERS_MAX = 64;
const NAME_SUFFIX = "\nenforce\n0";
const NO_BYTES = Buffer.alloc(0);

/** What the decisions of one template share. */
interface Frame {
  readonly template: number;
  /** Of the decision before: organisations come in runs. */
  facts: DecisionFacts;
}
/** By `variantOf`; null: decisions that no template gives. */
type Frames = (Frame | null | undefined)[];

/**
 * One object for entry, answer, draft and its place among the chunk's keys: what lives until the write is copied by
 * every collection meanwhile.
 */
export class QuietEntry implements Entry, RecordDraft, RecordKey, EncodedJson {
  seq = 0;
  /** The page, once it was taken; texts are empty before. */
  bytes: Buffer = NO_BYTES;
  readonly facts: DecisionFacts;
  readonly eventId: string;
  readonly digest: string;
  readonly eventTimeMs: number;
  readonly start: number;
  readonly end: number;
  private parsed: Decision | undefined;

  constructor(facts: DecisionFacts, { eventId, digest, eventTimeMs, start, end }: QuietParts) {
    this.facts = facts;
    this.eventId = eventId;
    this.digest = digest;
    this.eventTimeMs = eventTimeMs;
    this.start = start;
    this.end = end;
    this.parsed = undefined;
  }

  get type() {
    return "decision" as const;
  }
  get duplicate() {
    return false as const;
  }
  get orgId(): string {
    return this.facts.org_id;
  }
  get key(): RecordKey {
    return this;
  }
  get entry(): Entry {
    return this;
  }
  get encoded(): EncodedJson {
    return this;
  }
  get json(): string {
    return this.bytes.toString("latin1", this.start, this.end);
  }
  get decision(): Decision {
    this.parsed ??= JSON.parse(this.json) as Decision;
    return this.parsed;
  }
}

type QuietParts = Pick<QuietEntry, "eventId" | "digest" | "eventTimeMs" | "start" | "end">;

export interface QuietWay {
  /**
   * Decides a quiet event; its text lies in the composer's page until `take`. Undefined: it must go the long way.
   * @param startedUs monotonic, when the work on the event began.
   */
  decide(
    scan: Scan,
    key: { readonly orgId: string; readonly eventId: string },
    startedUs: number,
  ): QuietEntry | undefined;
  /** Monotonic microseconds at which the last event was decided. */
  readonly decidedUs: number;
  /** Gives the entries their texts: all that were decided since. */
  take(entries: readonly QuietEntry[]): void;
}

export interface QuietOptions {
  readonly composer: Composer;
  readonly judge: Judge;
  readonly clock: Clock;
  readonly onLatencyUs: (latencyUs: number) => void;
}

export function createQuietWay({ composer, judge, clock, onLatencyUs }: QuietOptions): QuietWay {
  const nowText = createNowText(clock);
  const tiers = new Map<string, Frames>();
  let { policy } = judge;
  let generation = Number.NaN;
  let decidedUs = 0;
  composer.setSuffix(NAME_SUFFIX);
  composer.clearTemplates();

  function frameOf(scan: Scan): Frame | null {
    if (judge.policy !== policy) {
      ({ policy } = judge);
      composer.clearTemplates();
    }
    if (composer.generation !== generation) {
      ({ generation } = composer);
      tiers.clear();
    }
    const tier = scan.text("tier");
    let frames = tiers.get(tier);
    if (frames === undefined) {
      if (tiers.size >= TIERS_MAX) return null;
      frames = [];
      tiers.set(tier, frames);
    }
    const variant = variantOf(scan);
    let frame = frames[variant];
    if (frame === undefined) {
      frame = makeFrame(composer, judge.quietDecision(scan));
      frames[variant] = frame;
    }
    return frame;
  }

  return {
    decide(scan, { orgId, eventId }, startedUs) {
      const frame = frameOf(scan);
      if (frame === null) return undefined;
      const start = composer.end;
      const digest = eventDigest(scan.canonical(), "");
      const finishedUs = clock.monotonicUs();
      composer.setClock(nowText(finishedUs));
      const latencyUs = Math.max(0, Math.round(finishedUs - startedUs));
      const end = composer.compose(frame.template, latencyUs);
      if (end === 0) return undefined;
      decidedUs = finishedUs;
      onLatencyUs(latencyUs);
      const facts = factsOf(frame, orgId, scan.text("surface"));
      return new QuietEntry(facts, { eventId, digest, eventTimeMs: scan.eventTimeMs, start, end });
    },
    get decidedUs() {
      return decidedUs;
    },
    take(entries) {
      if (entries.length === 0) return;
      const page = composer.take();
      for (const entry of entries) entry.bytes = page;
    },
  };
}

/** What of an event's shape its template depends on. */
function variantOf(scan: Scan): number {
  const completion = scan.byteLength("completion") > 0 ? 1 : 0;
  return completion | (scan.has("model_version") ? 2 : 0) | (scan.has("conversation_id") ? 4 : 0);
}

/** @param like a decision of this kind; undefined when such events are answered with more than a plain `allow`. */
function makeFrame(composer: Composer, like: Decision | undefined): Frame | null {
  const template = like && composer.addTemplate(templateOf(like));
  return like === undefined || template === undefined ? null : { template, facts: like };
}

function factsOf(frame: Frame, orgId: string, surface: string): DecisionFacts {
  const { facts } = frame;
  if (facts.org_id === orgId && facts.surface === surface) return facts;
  const { action, asl, tier, scores } = facts;
  frame.facts = { action, asl, org_id: orgId, surface, tier, scores };
  return frame.facts;
}
