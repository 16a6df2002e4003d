/** The world failing: a stable code for programs, a message for people that says what to do, the cause beneath. */
export type EngineErrorCode =
  | "config-invalid"
  | "pack-invalid"
  | "policy-invalid"
  | "ledger-failed"
  | "ledger-corrupt"
  | "ledger-locked"
  | "source-lost"
  | "queue-full"
  | "stopping"
  | "port-in-use"
  /** No answer from the message broker. */
  | "broker-unreachable"
  /** It would not let us: credentials, or a permission. */
  | "broker-refused"
  /** It lacks what we need, or what it has would break a guarantee. */
  | "broker-unfit"
  | "not-found";

export class EngineError extends Error {
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EngineError";
    this.code = code;
  }
}
