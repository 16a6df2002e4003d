/**
 * Whether the broker is there, keeps what Sluice needs of it, and has a Sluice behind it that answers. Creates nothing:
 * what is missing is named, because making it is for serve.
 */
import { connectNats, type NatsLink, openNatsStreams } from "@sluice/connectors";
import type { Decision } from "@sluice/engine";
import { type Check, Fault, type Finding, fail, pass, skip } from "./check.ts";
import { DOCTOR, DOCTOR_PROMPTS, doctorEvent } from "./doctor-event.ts";

export interface NatsOptions {
  /** Undefined when no broker is used. */
  readonly url: string | undefined;
  readonly isWriting: boolean;
  readonly runId: string;
  readonly nowMs: () => number;
  readonly limitMs: number;
  /** Told how to let the connection go. */
  readonly atEnd: (close: () => Promise<void>) => void;
}

/** As DESIGN names them; what their settings must be is known to `openNatsStreams`. */
const STREAMS = ["SLUICE_EVENTS", "SLUICE_DECISIONS", "SLUICE_DEAD"] as const;
const CONSUMER = "SLUICE_EVENTS.sluice-engine";
/** A request ends before its check does, so that its own words are told. */
const REQUEST_SHARE = 0.8;
const START_SERVE = "start serve with this broker: sluice serve --nats <url>";

export function natsChecks(options: NatsOptions): readonly Check[] {
  const { url, isWriting, limitMs } = options;
  const group = "NATS";
  if (url === undefined) {
    const run = () => skip("no broker is named: --nats or SLUICE_NATS");
    return [{ name: "nats-server", group, does: "connects to the broker", run }];
  }
  const timeoutMs = Math.round(limitMs * REQUEST_SHARE);
  let link: NatsLink | undefined;
  const withLink = (run: (link: NatsLink) => Promise<Finding>) => async () =>
    link === undefined ? skip("there is no connection") : run(link);
  const needsServer = { group, needs: ["nats-server"] } as const;
  const needsJetStream = { group, needs: ["nats-jetstream"] } as const;
  const checks: Check[] = [
    {
      name: "nats-server",
      group,
      does: "connects to the broker",
      async run(signal) {
        const connected = await connectNats({ url, name: DOCTOR, connectTimeoutMs: timeoutMs });
        options.atEnd(() => connected.close());
        if (!signal.aborted) link = connected;
        return pass(connected.report.state().detail);
      },
    },
    {
      ...needsServer,
      name: "nats-jetstream",
      does: "asks JetStream for its account",
      run: withLink((it) => jetStreamFinding(it, timeoutMs)),
    },
    {
      ...needsJetStream,
      name: "nats-streams",
      does: "compares the streams and the consumer with what the guarantees need",
      run: withLink((it) => streamsFinding(it, timeoutMs)),
    },
    {
      ...needsServer,
      name: "nats-check",
      does: "sends an event of its own to sluice.check and waits for the decision",
      run: withLink((it) => checkFinding(it, options, timeoutMs)),
    },
    {
      ...needsJetStream,
      name: "nats-decision",
      needs: ["nats-streams"],
      does: "publishes an event and waits for its decision on sluice.decisions",
      run: withLink((it) => roundTrip(it, options, timeoutMs)),
    },
  ];
  return isWriting ? checks : checks.slice(0, -1);
}

interface ApiAnswer {
  readonly error?: { readonly description?: string; readonly err_code?: number };
  readonly storage?: number;
  readonly streams?: number;
  readonly state?: { readonly messages: number };
  readonly num_pending?: number;
  readonly num_ack_pending?: number;
}

/** @throws {Fault} when JetStream is off. */
async function callApi(link: NatsLink, call: string, timeoutMs: number): Promise<ApiAnswer> {
  const { status, data } = await link.request(`$JS.API.${call}`, "", timeoutMs);
  if (status !== 0) {
    throw new Fault("the broker has no JetStream", "start it with -js, or with a jetstream block in its configuration");
  }
  return JSON.parse(Buffer.from(data).toString()) as ApiAnswer;
}

async function jetStreamFinding(link: NatsLink, timeoutMs: number): Promise<Finding> {
  const { error, storage = 0, streams = 0 } = await callApi(link, "INFO", timeoutMs);
  if (error !== undefined) {
    return fail(`JetStream: ${error.description}`, "enable JetStream for this account, or wait until it has a leader");
  }
  return pass(`on, with ${streams} streams and ${Math.ceil(storage / 1024)} KiB stored`);
}

async function streamsFinding(link: NatsLink, timeoutMs: number): Promise<Finding> {
  const missing: string[] = [];
  let waiting = 0;
  for (const name of STREAMS) {
    const { error, state } = await callApi(link, `STREAM.INFO.${name}`, timeoutMs);
    if (error !== undefined) missing.push(`stream ${name} (${error.description})`);
    if (name === "SLUICE_EVENTS") waiting = state?.messages ?? 0;
  }
  const { error, num_ack_pending = 0 } = await callApi(link, `CONSUMER.INFO.${CONSUMER}`, timeoutMs);
  if (error !== undefined) missing.push(`consumer ${CONSUMER} (${error.description})`);
  if (missing.length > 0) return fail(`missing: ${missing.join(", ")}`, `${START_SERVE}; it makes them`);
  await openNatsStreams(link).ensure(); // all are there, so it only compares
  return pass(
    `${STREAMS.length} streams and the consumer as they must be; ${waiting} events wait, ${num_ack_pending} in work`,
  );
}

async function checkFinding(link: NatsLink, { runId, nowMs }: NatsOptions, timeoutMs: number): Promise<Finding> {
  const event = doctorEvent(`${runId}-nats`, DOCTOR_PROMPTS[0], nowMs());
  const { status, data } = await link.request("sluice.check", JSON.stringify(event), timeoutMs);
  if (status !== 0) return fail("nobody answers on sluice.check", START_SERVE);
  const text = Buffer.from(data).toString();
  const { event_id, action } = JSON.parse(text) as Partial<Decision>;
  return event_id === event.event_id && action !== undefined
    ? pass(`decided: ${action}`)
    : fail(`sluice.check answered ${text.slice(0, 120)}`, "is another program answering on sluice.check?");
}

async function roundTrip(link: NatsLink, { runId, nowMs }: NatsOptions, timeoutMs: number): Promise<Finding> {
  const event = doctorEvent(`${runId}-jetstream`, DOCTOR_PROMPTS[0], nowMs());
  let arrived: (action: string) => void = () => {};
  const decided = new Promise<string>((resolve) => {
    arrived = resolve;
  });
  const subscription = await link.subscribe(`sluice.decisions.*.${DOCTOR}`, ({ subject, data }) => {
    if (Buffer.from(data).includes(event.event_id)) arrived(subject);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  try {
    const { status, data } = await link.request(`sluice.events.${DOCTOR}`, JSON.stringify(event), timeoutMs);
    const stored = status === 0 ? (JSON.parse(Buffer.from(data).toString()) as ApiAnswer & { seq?: number }) : {};
    if (stored.seq === undefined) {
      return fail(`the event was not stored: ${stored.error?.description ?? "no answer"}`, "look at SLUICE_EVENTS");
    }
    const subject = await Promise.race([decided, late]);
    return subject === undefined
      ? fail(`stored as ${stored.seq}, and no decision within ${timeoutMs} ms`, `is serve reading it? ${START_SERVE}`)
      : pass(`stored as ${stored.seq}, decided on ${subject}`);
  } finally {
    clearTimeout(timer);
    subscription.close();
  }
}
