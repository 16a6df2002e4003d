/** A connection of a load client, whatever the transport. */
export interface Answer {
  /** HTTP status 200, or the same said in a frame. */
  readonly isOk: boolean;
  /** Of the body. */
  readonly bytes: number;
}

export interface Link {
  /** Answers come in the order of what was sent. The bytes must stay as they are until the answer is there. */
  send(bytes: Buffer): void;
  close(): void;
}
