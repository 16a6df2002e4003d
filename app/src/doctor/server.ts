/** Whether a server runs, is ready, tells the right time, uses the right rules and serves its page. Changes nothing. */
import { createConnection } from "node:net";
import { type AskOptions, askJson, askServer, parsed, wordsOf } from "./ask-server.ts";
import { type Check, Fault, type Finding, fail, pass, skip, warn } from "./check.ts";
import { type LocalRules, short } from "./rules.ts";

export interface ServerOptions {
  readonly server: URL;
  readonly nowMs: () => number;
  readonly local: LocalRules;
  /** Named on the command line, not a default: then another one in force is a fault. */
  readonly isPolicyGiven: boolean;
  readonly isPackGiven: boolean;
}
export interface ReadyBody {
  readonly status: string;
  readonly adapter: string;
  readonly parts: Readonly<Record<string, { readonly state: string; readonly detail: string }>>;
  readonly policy: { readonly name: string; readonly hash: string };
  readonly pack: { readonly name: string; readonly hash: string };
}
/** Filled by the checks as they pass, for those behind them. */
export interface SeenServer {
  ready?: ReadyBody;
}

/** An event further ahead than this moves no watermark; one that far behind may be late. */
const SKEW_FAIL_MS = 60_000;
const SKEW_WARN_MS = 2_000;

export function serverChecks(options: ServerOptions, seen: SeenServer): readonly Check[] {
  const { server } = options;
  const ask = (signal: AbortSignal): AskOptions => ({ server, signal });
  return [
    { name: "port", group: "server", does: `connects to ${server.host}`, run: (signal) => connect(server, signal) },
    {
      name: "health",
      group: "server",
      does: "asks GET /health",
      needs: ["port"],
      async run(signal) {
        const { status, text } = await askServer("/health", ask(signal));
        const body = status === 200 ? parsed<Partial<Health>>("/health", text) : {};
        if (body.status !== "ok" || body.adapter === undefined) {
          return fail(
            `/health answered ${status}: ${wordsOf(text)}`,
            `another program may hold ${server.host}: stop it, or name Sluice with --http`,
          );
        }
        return pass(`version ${body.version}, adapter ${body.adapter}, up for ${body.uptime_s} s`);
      },
    },
    {
      name: "ready",
      group: "server",
      does: "asks GET /ready, and for the state of each part",
      needs: ["health"],
      async run(signal) {
        const { status, text } = await askServer("/ready", ask(signal));
        const body = parsed<ReadyBody>("/ready", text);
        seen.ready = body;
        return readyFinding(status, body);
      },
    },
    {
      name: "analytics",
      group: "server",
      does: "looks at the analytics part in /ready",
      needs: ["health"],
      looksAt: ["ready"],
      run: () => analyticsFinding(seen.ready),
    },
    {
      name: "clock",
      group: "server",
      does: "compares the server's clock with this one",
      needs: ["health"],
      run: (signal) => clockFinding(options, ask(signal)),
    },
    {
      name: "rules-in-force",
      group: "server",
      does: "compares the server's pack and policy with those checked above",
      needs: ["health", "pack", "policy"],
      looksAt: ["ready"],
      run: () => rulesFinding(options, seen.ready),
    },
    {
      name: "page",
      group: "server",
      does: "loads the dashboard and every file that it names",
      needs: ["health"],
      run: (signal) => pageFinding(ask(signal)),
    },
  ];
}

interface Health {
  readonly status: string;
  readonly version: string;
  readonly adapter: string;
  readonly uptime_s: number;
}

function connect(server: URL, signal: AbortSignal): Promise<Finding> {
  const port = Number(server.port || (server.protocol === "https:" ? 443 : 80));
  return new Promise((resolve) => {
    const socket = createConnection({ host: server.hostname.replace(/^\[|\]$/g, ""), port });
    const end = (finding: Finding) => {
      socket.destroy();
      resolve(finding);
    };
    signal.addEventListener("abort", () => socket.destroy(), { once: true });
    socket.once("connect", () => end(pass(`something listens on ${server.host}`)));
    socket.once("error", ({ code, message }: NodeJS.ErrnoException) =>
      end(
        code === "ECONNREFUSED"
          ? fail(`nothing listens on ${server.host}`, `start it: sluice serve --port ${port}; or name it with --http`)
          : fail(`${server.host} cannot be reached: ${code ?? message}`, "check the address, the network and --http"),
      ),
    );
  });
}

function readyFinding(status: number, { parts = {}, adapter }: ReadyBody): Finding {
  const names = Object.keys(parts);
  const bad = Object.entries(parts).filter(([, { state }]) => state !== "ready");
  const seen = bad.map(([name, { state, detail }]) => `${name} is ${state} (${detail})`).join("; ");
  if (status !== 200) {
    return fail(`/ready answered ${status}: ${seen || "no part says why"}`, adviceOnParts(bad.map(([name]) => name)));
  }
  if (bad.some(([, { state }]) => state !== "starting")) {
    return warn(`takes events, but ${seen}`, "see the server's log; events are not affected");
  }
  if (seen !== "") return pass(`takes events; ${seen}`);
  return pass(`all of ${names.length} parts are ready (${names.join(", ")}); adapter ${adapter}`);
}

const PART_ADVICE: Readonly<Record<string, string>> = {
  ledger: "free disk space or give the right to write the data folder; it recovers by itself",
  queue: "more comes in than can be decided or written: slow the senders down, or look at the disk",
  server: "it is stopping: start it again",
  policy: "correct the policy file: sluice policy lint <file>",
  detector: "build the pack again: sluice pack build",
  nats: "start the broker, or correct --nats; it connects again by itself",
};
const adviceOnParts = (names: readonly string[]) =>
  names.map((name) => PART_ADVICE[name] ?? `see the server's log on ${name}`).join("; ") || "see the server's log";

function analyticsFinding(ready: ReadyBody | undefined): Finding {
  const part = ready?.parts.analytics;
  if (part === undefined) return skip("this server lists no analytics part");
  if (part.state === "ready" || part.state === "starting") return pass(`${part.state}: ${part.detail}`);
  return warn(
    `analytics is ${part.state} (${part.detail})`,
    "searches and queries wait for it; events are taken without it. It is rebuilt from the ledger by itself",
  );
}

async function clockFinding({ nowMs }: ServerOptions, options: AskOptions): Promise<Finding> {
  const beforeMs = nowMs();
  const { timestamp } = await askJson<{ timestamp: string }>("/metrics", options);
  const afterMs = nowMs();
  const halfTripMs = (afterMs - beforeMs) / 2;
  const skewMs = Date.parse(timestamp) - (beforeMs + halfTripMs);
  if (Number.isNaN(skewMs)) return fail(`the server names no time: ${JSON.stringify(timestamp)}`, "is it a Sluice?");
  // The answer was made somewhere within the trip: half of it is what cannot be known.
  const certainMs = Math.max(0, Math.abs(skewMs) - halfTripMs);
  const words = `the server's clock is ${Math.round(Math.abs(skewMs))} ms ${skewMs < 0 ? "behind" : "ahead of"} this one`;
  const advice = "set both clocks by NTP: windows and lateness go by event time";
  if (certainMs > SKEW_FAIL_MS) return fail(words, advice);
  if (certainMs > SKEW_WARN_MS) return warn(words, advice);
  return pass(`${words}, within ${Math.ceil(halfTripMs)} ms`);
}

function rulesFinding({ local, isPackGiven, isPolicyGiven }: ServerOptions, ready: ReadyBody | undefined): Finding {
  const differences = [
    { what: "pack", here: local.detector?.pack.hash, there: ready?.pack.hash, isGiven: isPackGiven },
    { what: "policy", here: local.policyHash, there: ready?.policy.hash, isGiven: isPolicyGiven },
  ].filter(({ here, there }) => here !== there);
  if (differences.length === 0) return pass("the same pack and policy, by their hashes");
  const words = differences
    .map(({ what, here, there }) => `${what} ${short(there ?? "unknown")} and not ${short(here ?? "unknown")}`)
    .join(", ");
  const advice = "restart serve with the ones you want, or name those in force with --pack and --policy";
  const isFault = differences.some(({ isGiven }) => isGiven);
  return (isFault ? fail : warn)(`the server uses ${words}`, advice);
}

async function pageFinding(options: AskOptions): Promise<Finding> {
  const { status, type, text } = await askServer("/", options);
  const build = "run `npm run build` where the server runs, and restart it";
  if (status !== 200) return fail(`GET / answered ${status}: ${wordsOf(text)}`, build);
  if (!type.startsWith("text/html")) return fail(`GET / answers ${type || "no type"} and no page`, build);
  const files = [...text.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+)"/g)].map(
    ([, path = ""]) => new URL(path, options.server).pathname,
  );
  if (!files.some((path) => path.endsWith(".js"))) return fail("the page names no script", build);
  for (const path of files) {
    const file = await askServer(path, options);
    if (file.status !== 200 || file.text === "") throw new Fault(`the page's ${path} answered ${file.status}`, build);
  }
  return pass(`the page and its ${files.length} files`);
}
