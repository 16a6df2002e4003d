/** Stands in for the browser's WebSocket in tests: remembers each one opened, and lets the test be the server. */
export class FakeSocket {
  static opened: FakeSocket[] = [];
  readonly url: string;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  isClosed = false;

  constructor(url: string) {
    this.url = url;
    FakeSocket.opened.push(this);
  }
  /** The server sends a frame. */
  receive(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  /** The connection breaks, or the page closes it. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.onclose?.();
  }
}
