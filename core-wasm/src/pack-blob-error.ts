/** A blob that is no pack, or a pack that does not fit the kernel. The message says what to do. */
export class PackBlobError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PackBlobError";
  }
}
