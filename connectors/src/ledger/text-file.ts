/** The text file of one segment: reading and erasing single entries, and walking them all. */
import { type FileHandle, open } from "node:fs/promises";
import { EngineError } from "@sluice/engine";
import { readFully } from "./segment-files.ts";
import { decodeTextHeader, erasedEntry, TEXT_HEADER_BYTES, type TextHeader } from "./text-format.ts";

/** @returns undefined when the file is not there; a segment without retained text has none. */
export async function openText(path: string, flags: "r" | "r+"): Promise<FileHandle | undefined> {
  try {
    return await open(path, flags);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export async function readTextHeader(handle: FileHandle, offset: number): Promise<TextHeader | undefined> {
  const header = Buffer.alloc(TEXT_HEADER_BYTES);
  const bytesRead = await readFully(handle, header, offset);
  return decodeTextHeader(header.subarray(0, bytesRead));
}

/** The whole entry, or undefined when it was erased, is cut off, or is not this record's. */
export async function readTextEntry(path: string, offset: number, seq: number): Promise<Buffer | undefined> {
  const handle = await openText(path, "r");
  if (handle === undefined) return undefined;
  try {
    const header = await readTextHeader(handle, offset);
    if (header === undefined || header.seq !== seq || header.isErased) return undefined;
    const entry = Buffer.alloc(header.byteLength);
    return (await readFully(handle, entry, offset)) === entry.length ? entry : undefined;
  } finally {
    await handle.close();
  }
}

/**
 * Overwrites key and text with zeros in place and syncs. Copies that the file system or a backup keeps are beyond it.
 * @returns whether there was a text to erase.
 */
export async function eraseTextEntry(path: string, offset: number, seq: number): Promise<boolean> {
  const handle = await openText(path, "r+");
  if (handle === undefined) return false;
  try {
    const header = await readTextHeader(handle, offset);
    if (header === undefined || header.seq !== seq) return false;
    const erased = erasedEntry(header);
    for (let done = 0; done < erased.length; ) {
      done += (await handle.write(erased, done, erased.length - done, offset + done)).bytesWritten;
    }
    await handle.datasync();
    return !header.isErased;
  } catch (cause) {
    throw new EngineError("ledger-failed", `text of record ${seq} could not be erased from ${path}; try again`, {
      cause,
    });
  } finally {
    await handle.close();
  }
}

/** Offset plus 1 of each entry by seq, as the index holds them. Stops at the first thing that is no whole entry. */
export async function textPlaces(path: string): Promise<Map<number, number>> {
  const places = new Map<number, number>();
  for await (const { offset, header } of walkTexts(path)) places.set(header.seq, offset + 1);
  return places;
}

export async function* walkTexts(
  path: string,
): AsyncGenerator<{ readonly offset: number; readonly header: TextHeader }> {
  const handle = await openText(path, "r");
  if (handle === undefined) return;
  try {
    const { size } = await handle.stat();
    for (let offset = 0; ; ) {
      const header = await readTextHeader(handle, offset);
      if (header === undefined || offset + header.byteLength > size) return;
      yield { offset, header };
      offset += header.byteLength;
    }
  } finally {
    await handle.close();
  }
}
