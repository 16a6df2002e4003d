/**
 * Whether the peer of a socket still lives, asked once a beat: a peer that said nothing since the last beat, not even
 * a pong, and took no byte either, is gone. A slow one that takes bytes lives.
 */
export class Pulse {
  #wasHeard = true;
  #lastBufferedBytes = 0;

  /** The peer sent a frame or a pong. */
  heard(): void {
    this.#wasHeard = true;
  }

  /**
   * One beat; when the answer is true the peer is to be pinged now.
   * @param bufferedBytes what waits in this process for the peer
   */
  beat(bufferedBytes: number): boolean {
    const isTaking = bufferedBytes > 0 && bufferedBytes < this.#lastBufferedBytes;
    const isAlive = this.#wasHeard || isTaking;
    this.#lastBufferedBytes = bufferedBytes;
    this.#wasHeard = false;
    return isAlive;
  }
}
