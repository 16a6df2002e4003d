/**
 * The page's second thread: takes `/live` frames, counts them, and tells the page sums and the rows to show, at most ten
 * times a second, however many decisions pass. Knows no `self` and no DOM, so that a test can be both.
 */
import { type Connection, connectLive } from "../live/connection.ts";
import { type Gap, liveFeed } from "../live/feed.ts";
import type { Frame } from "../live/frames.ts";
import { loadGap } from "../live/load-gap.ts";
import { overload } from "../live/overload.ts";
import type { Command, Message, Numbers } from "./messages.ts";
import { createTally } from "./tally.ts";

const NUMBERS_EVERY_MS = 100;
const SERIES_EVERY_MS = 1000;
const GAP_DECISIONS_MAX = 500;
/** Ledger records before the page was opened that the list begins with. */
const OLDER_MAX = 200;
/** Their last record may be none of a decision: then nothing says that all have come. */
const OLDER_TIMEOUT_MS = 2_000;

/** @returns takes what the page says */
export function createCore(post: (message: Message) => void): (command: Command) => void {
  const feed = liveFeed();
  const tally = createTally();
  const load = overload();
  let base = "";
  let live: Connection | undefined;
  let isTelling = false;
  let filterVersion = 0;
  let isWhole = true;
  let restarted = false;
  let newest: Pick<Numbers, "policy" | "pack"> = { policy: undefined, pack: undefined };
  let isSynthetic = false;
  let toldNames = tally.names.names;
  let busyMs = 0;
  let gapsSeen = 0;
  let sampleShown = 1;

  function tellNumbers(): void {
    isTelling = false;
    const { names } = tally.names;
    const rows = isWhole ? [...tally.list.rows()].reverse() : tally.list.takeNew();
    if (isWhole) tally.list.takeNew();
    const { lastSeq, totals, gaps } = feed;
    post({
      ...{ kind: "numbers", lastSeq, totals, gaps, rows, isWhole, filterVersion, restarted, isSynthetic, ...newest },
      arrived: tally.arrived,
      ...(names === toldNames ? {} : { names }),
    });
    toldNames = names;
    isWhole = false;
    restarted = false;
  }
  const changed = () => {
    if (isTelling) return;
    isTelling = true;
    setTimeout(tellNumbers, NUMBERS_EVERY_MS);
  };

  function onFrame(frame: Frame): void {
    if (frame.type === "alerts") post({ kind: "alerts", alerts: frame.alerts });
    if (frame.type === "aggregates") post({ kind: "windows", windows: frame.windows });
    if (frame.type === "alerts" || frame.type === "aggregates") return;
    const isFirst = feed.lastSeq === undefined;
    const step = feed.push(frame);
    if (step.restarted) {
      tally.clear();
      restarted = true;
      isWhole = true;
    }
    if (frame.type === "gap") gapsSeen += 1;
    if (frame.type === "snapshot" && isFirst && tally.arrived === 0) void loadOlder(frame.seq);
    tally.take(step.decisions, Date.now(), load.sample);
    const last = step.decisions.at(-1);
    if (last) newest = { policy: last.policy, pack: last.pack };
    if (last?.synthetic) isSynthetic = true;
    changed();
  }
  async function loadOlder(seq: number): Promise<void> {
    if (seq === 0) return;
    const span = { from: Math.max(1, seq - OLDER_MAX + 1), to: seq };
    const { decisions } = await loadGap(liveUrl(base, span.from - 1, 1), span, OLDER_MAX, OLDER_TIMEOUT_MS);
    tally.list.addOlder(decisions);
    for (const decision of decisions) tally.names.add(decision);
    if (decisions.at(-1)?.synthetic) isSynthetic = true;
    isWhole = true;
    changed();
  }
  async function showGap(gap: Gap): Promise<void> {
    const loaded = await loadGap(liveUrl(base, gap.from - 1, 1), gap, GAP_DECISIONS_MAX);
    feed.closeGap(gap);
    post({ kind: "gap-loaded", gap, loaded });
    changed();
  }
  /** Another sample is another feed: it starts from a new snapshot, so that totals stay right. */
  function resample(): void {
    if (load.sample === sampleShown) return;
    sampleShown = load.sample;
    feed.rebase();
    live?.reopen();
  }
  function everySecond(): void {
    const busyShare = busyMs / SERIES_EVERY_MS;
    load.push({ busyShare, gaps: gapsSeen });
    busyMs = 0;
    gapsSeen = 0;
    resample();
    post({ kind: "series", ...tally.view(Date.now()), sample: load.sample, busyShare });
  }
  function open(command: Command & { kind: "open" }): void {
    base = command.base;
    load.choose(command.sample);
    sampleShown = load.sample;
    tally.list.setFilter(command.filter);
    live = connectLive({
      url: (since) => liveUrl(base, since, load.sample),
      lastSeq: () => feed.lastSeq,
      onFrame,
      onBusy: (spentMs) => {
        busyMs += spentMs;
      },
      onState: (state) => post({ kind: "connection", state }),
    });
    setInterval(everySecond, SERIES_EVERY_MS);
    everySecond();
  }
  return (command) => {
    if (command.kind === "open") return open(command);
    if (command.kind === "retry") return live?.retryNow();
    if (command.kind === "load-gap") return void showGap(command.gap);
    if (command.kind === "sample") {
      load.choose(command.sample);
      return resample();
    }
    if (command.kind === "dismiss-gap") feed.closeGap(command.gap);
    if (command.kind === "filter") {
      tally.list.setFilter(command.filter);
      filterVersion = command.version;
      isWhole = true;
    }
    changed();
  };
}

function liveUrl(base: string, since: number | undefined, sample: number): string {
  const url = new URL("live", base);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  if (since !== undefined) url.searchParams.set("since", String(since));
  if (sample > 1) url.searchParams.set("sample", String(sample));
  return url.href;
}
