/**
 * Publishes into a stream and counts the acknowledgements: one inbox, one ring, one timer for all, and nothing a
 * message. It never sends twice by itself. On any trouble (an error for an acknowledgement, none in time, the
 * connection gone) it says so once; its owner then calls `reset` and sends again what it must. Invariant: `mark` never
 * passes a message that the stream did not acknowledge.
 */
import { AckWindow } from "./ack-window.ts";
import type { NatsHeaders, NatsLink, NatsMessage } from "./contracts.ts";
import { type ApiError, wordsOf } from "./jetstream-api.ts";

export interface AckedSenderOptions {
  readonly link: NatsLink;
  /** Prefix of the subjects that it sends to, to tell its own denials by. */
  readonly subjectPrefix: string;
  readonly inFlightMax: number;
  /** `isDuplicate`: the stream had the message already, by its id. */
  readonly onAcked: (isDuplicate: boolean) => void;
  /** Once until `reset`. `why` is a clause for people. */
  readonly onTrouble: (why: string) => void;
}

const ACK_PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 500;
/** `{"stream":…` is an acknowledgement, `{"error":…` is none: told apart by one byte. */
const LETTER_AT = 2;
const LETTER_S = 0x73;
const LETTER_E = 0x65;

export class AckedSender {
  readonly #options: AckedSenderOptions;
  readonly #window: AckWindow;
  readonly #inbox: string;
  readonly #endings: (() => void)[] = [];
  #isTroubled = true;
  #seenOldest = 0;
  #seenAtMs = 0;

  private constructor(options: AckedSenderOptions) {
    this.#options = options;
    this.#window = new AckWindow(options.inFlightMax);
    this.#inbox = options.link.newInbox();
  }

  /**
   * In trouble until the first `reset`.
   * @throws {EngineError} `broker-refused` when the inbox may not be subscribed to.
   */
  static async open(options: AckedSenderOptions): Promise<AckedSender> {
    const sender = new AckedSender(options);
    const { link, subjectPrefix } = options;
    const acks = await link.subscribe(`${sender.#inbox}.*`, (message) => sender.#take(message));
    const timer = setInterval(() => sender.#look(), LOOK_EVERY_MS);
    timer.unref();
    sender.#endings.push(
      () => acks.close(),
      () => clearInterval(timer),
      link.onDisconnected(() => sender.#trouble("the connection to the NATS server is gone")),
      link.onDenied(({ operation, subject }) => {
        if (operation === "publish" && subject.startsWith(subjectPrefix))
          sender.#trouble(`no permission for ${subject}`);
      }),
    );
    return sender;
  }

  get room(): number {
    return this.#isTroubled ? 0 : this.#window.room;
  }
  get inFlight(): number {
    return this.#window.inFlight;
  }
  /** Mark of the last message up to which the stream has all. */
  get mark(): number {
    return this.#window.mark;
  }
  get isTroubled(): boolean {
    return this.#isTroubled;
  }

  /** Only where there is room. False: larger than the server takes; it counts as acknowledged. */
  send(subject: string, data: Uint8Array | string, headers: NatsHeaders, mark: number): boolean {
    const number = this.#window.add(mark);
    const isSent = this.#options.link.publish(subject, data, { reply: `${this.#inbox}.${number}`, headers });
    if (!isSent) this.#window.acknowledge(number);
    return isSent;
  }

  /** Forgets what is in flight and takes messages again, counting from `mark`. */
  reset(mark: number): void {
    this.#window.reset(mark);
    this.#isTroubled = !this.#options.link.isConnected;
  }

  close(): void {
    this.#isTroubled = true;
    for (const end of this.#endings) end();
  }

  #take(message: NatsMessage): void {
    const { data, subject } = message;
    const number = Number(subject.slice(this.#inbox.length + 1));
    if (data[LETTER_AT] === LETTER_S) {
      // `…,"duplicate": true}` at the end, where it is one.
      if (this.#window.acknowledge(number)) this.#options.onAcked(data[data.length - 2] === LETTER_E);
      return;
    }
    if (number < this.#window.oldest) return; // of what was let go of
    this.#trouble(message.status === 503 ? "no stream takes the subject" : errorOf(data));
  }

  #look(): void {
    const { oldest, inFlight } = this.#window;
    const nowMs = performance.now();
    if (inFlight === 0 || oldest !== this.#seenOldest) {
      this.#seenOldest = oldest;
      this.#seenAtMs = nowMs;
    } else if (nowMs - this.#seenAtMs > ACK_PATIENCE_MS) {
      this.#trouble(`no acknowledgement for ${ACK_PATIENCE_MS} ms`);
    }
  }

  #trouble(why: string): void {
    if (this.#isTroubled) return;
    this.#isTroubled = true;
    this.#options.onTrouble(why);
  }
}

function errorOf(data: Uint8Array): string {
  try {
    const { error } = JSON.parse(Buffer.from(data).toString()) as { error: ApiError };
    return wordsOf(error);
  } catch {
    return "an answer that is no acknowledgement";
  }
}
