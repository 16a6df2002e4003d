/**
 * The composition root: which parts run together, in what order they start, and in what order they stop. `sluice serve`
 * and a Node service that embeds Sluice both get it from here.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type AnalyticsStore,
  chooseAdapter,
  createAnalytics,
  createServer,
  type LedgerStore,
  type OpinionAsker,
  openLedger,
  type Recovered,
  type ServerSetting,
  type SluiceServer,
  type SyncMode,
  type WsSource,
  wsSource,
} from "@sluice/connectors";
import {
  type Alert,
  assert,
  createEngine,
  type DeadLetter,
  type Engine,
  type Ledger,
  type Log,
  systemClock,
} from "@sluice/engine";
import { bothDeadLetters, deadLetterFile } from "./dead-letter.ts";
import { forgetfulLedger } from "./forgetful-ledger.ts";
import { type NatsPlane, openNatsPlane } from "./nats/nats-plane.ts";
import { openPack } from "./pack.ts";
import { loadPolicy } from "./policy.ts";
import { VERSION } from "./version.ts";
import { warmServer } from "./warm-server.ts";
import { warmUp } from "./warm-up.ts";

export interface SluiceOptions {
  /** Preset or file. Default: preset `default`. */
  readonly policy?: string;
  /** Compiled pack. Default: the one that comes along. */
  readonly pack?: string | undefined;
  /** Folder of the ledger. Without it decisions are made but nothing outlives the process. */
  readonly dataDir?: string;
  /** Default `interval`: survives `kill -9`; `always` survives a power loss. */
  readonly sync?: SyncMode;
  /** Marks every decision as made on synthetic traffic. */
  readonly synthetic?: boolean;
  /** What carries the server. Default `auto`: uWebSockets.js where it can run, else node:http. */
  readonly server?: ServerSetting;
  /** Besides loopback names, what `Host` may name: `name` or `name:port`. */
  readonly allowedHosts?: readonly string[];
  /** Origins whose pages may call, besides the server's own: `https://name[:port]`. */
  readonly allowedOrigins?: readonly string[];
  /** Feed of events to pull from: docs/guides/ws-source.md. It goes on after a restart where `dataDir` says. */
  readonly wsSource?: URL | undefined;
  /** Sent to that feed as bearer token. */
  readonly wsSourceToken?: string | undefined;
  /**
   * Address of a NATS server, credentials included: events are taken from JetStream and decisions published to it.
   * docs/guides/nats.md
   */
  readonly nats?: string | undefined;
  /**
   * Search and SQL over what the ledger holds: read at the first question (`auto`, the default), at `listen` (`on`), or
   * never (`off`). Needs a `dataDir`. docs/guides/analytics.md
   */
  readonly analytics?: "auto" | "on" | "off";
  /** Decisions it holds as single rows; older ones are counted by the hour. Default 1,000,000. */
  readonly analyticsRowsMax?: number;
  /** Asks a slower judge where the policy says so; closed with the rest. docs/guides/second-opinion.md */
  readonly secondOpinion?: OpinionAsker | undefined;
  /** What is worth a line in a log; docs/guides/logging.md lists the events. */
  readonly log?: Log;
  readonly onAlert?: (alert: Alert) => void;
  /** Told what the start repaired, one sentence. */
  readonly onNotice?: (notice: string) => void;
}
export interface Sluice extends Pick<Engine, "evaluate" | "ingest" | "attach" | "recorded$"> {
  /** Windows, counters, health: everything else the engine offers. */
  readonly engine: Engine;
  /**
   * Starts the HTTP and WebSocket server; once.
   * @param address default 127.0.0.1:8080; port 0 takes any free one.
   * @throws {EngineError} `port-in-use`; `config-invalid` for an address beyond loopback, or for
   * server `uws` where it cannot run.
   */
  listen(address?: { readonly host?: string; readonly port?: number }): Promise<URL>;
  /**
   * Puts another policy in force for events from now on.
   * @throws {EngineError} `policy-invalid`, `not-found`; the policy in force then stays.
   */
  usePolicy(nameOrPath: string): Promise<void>;
  /** Takes no more, finishes what is in flight, writes the ledger out. Idempotent. */
  close(): Promise<void>;
}

const DASHBOARD = fileURLToPath(new URL("../../dashboard/dist", import.meta.url));

/**
 * @throws {EngineError} `pack-invalid`, `policy-invalid`, `not-found`, `ledger-locked`, `ledger-corrupt`,
 * `ledger-failed`; with `nats` also `broker-unreachable`, `broker-refused`, `broker-unfit`.
 */
export async function createSluice(options: SluiceOptions = {}): Promise<Sluice> {
  const detector = openPack(options.pack);
  const policy = loadPolicy(options.policy ?? "default", detector.pack);
  const { dataDir, secondOpinion } = options;
  const store = dataDir === undefined ? undefined : await openStore(dataDir, options);
  const ledger = store ?? forgetfulLedger();
  const deadLetter = dataDir === undefined ? undefined : deadLetterFile(dataDir, systemClock.nowMs);
  let made: Engine | undefined;
  let server: SluiceServer | undefined;
  let nats: NatsPlane | undefined;
  try {
    nats = await openNats(options, () => (made?.policy ?? policy).retainText === "all");
    const refused = nats === undefined ? deadLetter : bothDeadLetters(deadLetter, nats.deadLetter);
    made = await createEngine({
      detector,
      policy,
      ledger,
      version: VERSION,
      synthetic: options.synthetic === true,
      ...(refused === undefined ? {} : { deadLetter: refused }),
      ...(secondOpinion === undefined ? {} : { secondOpinion }),
      onAlert(alert) {
        server?.alert(alert);
        nats?.alert(alert);
        options.onAlert?.(alert);
      },
      ...(dataDir === undefined ? {} : { snapshotPath: join(dataDir, "counters.json") }),
    });
    await warmUp({ engine: made, detector, toDisk: store !== undefined }); // before any source is attached
    await nats?.start({ engine: made, ledger, deadLetter });
  } catch (error) {
    await made?.stop();
    await nats?.close(0);
    await secondOpinion?.close();
    await store?.close();
    throw error;
  }
  const engine = made;
  const analytics = openAnalytics(ledger, options);
  const feed = options.wsSource === undefined ? undefined : openFeed(options.wsSource, options, deadLetter);
  // Why it failed is in the log and in an alert; events still come by the other ways.
  const feedEnd = feed && engine.attach(feed).catch(() => {});
  let closed: Promise<void> | undefined;

  async function close(): Promise<void> {
    nats?.quiesce();
    await server?.close();
    await analytics?.close();
    try {
      await engine.stop();
      await secondOpinion?.close();
      await nats?.close();
      await feedEnd;
      await feed?.flush();
      await deadLetter?.flush();
    } finally {
      await store?.close();
    }
  }
  return {
    engine,
    evaluate: engine.evaluate,
    ingest: engine.ingest,
    attach: engine.attach,
    recorded$: engine.recorded$,
    async listen({ host = "127.0.0.1", port = 8080 } = {}) {
      assert(server === undefined, "a Sluice listens once; make another for another address");
      const { name, reason, adapter } = chooseAdapter(options.server ?? "auto");
      options.log?.({ level: "info", event: "server-adapter", message: reason, fields: { adapter: name } });
      server = createServer({
        adapter,
        adapterReason: reason,
        engine,
        ledger,
        dashboardDirectory: DASHBOARD,
        analytics,
        reports: [feed, deadLetter, analytics, secondOpinion]
          .map((part) => part?.report)
          .concat(nats?.reports ?? [])
          .filter((report) => report !== undefined),
        ...(options.log === undefined ? {} : { log: options.log }),
        options: {
          version: VERSION,
          allowedHosts: options.allowedHosts ?? [],
          allowedOrigins: options.allowedOrigins ?? [],
        },
      });
      await warmServer({ adapter, detector, policy: engine.policy });
      const address = await server.listen(host, port);
      if (options.analytics === "on") analytics?.start();
      return new URL(`http://${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`);
    },
    usePolicy: async (nameOrPath) => engine.setPolicy(loadPolicy(nameOrPath, detector.pack)),
    close() {
      closed ??= close();
      return closed;
    },
  };
}

async function openNats(
  { nats: url, dataDir, log = () => {} }: SluiceOptions,
  retainsText: () => boolean,
): Promise<NatsPlane | undefined> {
  if (url === undefined) return undefined;
  const cursorPath = dataDir === undefined ? undefined : join(dataDir, "nats-decisions.json");
  return openNatsPlane({ url, cursorPath, retainsText, log });
}

function openAnalytics(ledger: Pick<Ledger, "lastSeq">, options: SluiceOptions): AnalyticsStore | undefined {
  const { dataDir, analytics, analyticsRowsMax: rowsMax, log } = options;
  if (dataDir === undefined || analytics === "off") return undefined;
  return createAnalytics({
    directory: dataDir,
    writtenSeq: () => ledger.lastSeq,
    ...(rowsMax === undefined ? {} : { rowsMax }),
    ...(log === undefined ? {} : { log }),
  });
}

function openFeed(url: URL, options: SluiceOptions, deadLetter: DeadLetter | undefined): WsSource {
  const { dataDir, wsSourceToken: token, log } = options;
  return wsSource({
    url,
    token,
    positionPath: dataDir === undefined ? undefined : join(dataDir, "ws-source.json"),
    onReject: (rejection) => deadLetter?.put(rejection, "ws-source"),
    ...(log === undefined ? {} : { log }),
  });
}

function openStore(directory: string, { sync = "interval", onNotice }: SluiceOptions): Promise<LedgerStore> {
  return openLedger({
    directory,
    sync,
    onRecovered: (recovered) => onNotice?.(tornTail(recovered)),
  });
}

const tornTail = ({ cutBytes, file, reason }: Recovered) =>
  `an unfinished write at the end of the ledger was cut: ${cutBytes} bytes of ${file} (${reason}); nothing of it was acknowledged`;
