/**
 * Strings of short texts that come again and again: organisations, surfaces, tiers, models. The same bytes answer the
 * same string object, so nothing is decoded or allocated, and whoever counts by name finds its hash made already
 * (measured: half of the cost of reading the ids). Direct-mapped and bounded: a text that is not there costs a decode.
 */
const SLOTS = 256;

/**
 * @param bytes where the texts lie. Only ASCII may be asked for: a code unit is then a byte.
 * @returns the text of [start, end).
 */
export function recentTexts(bytes: Buffer): (start: number, end: number) => string {
  const texts: string[] = new Array<string>(SLOTS).fill("");
  return (start, end) => {
    const length = end - start;
    if (length === 0) return "";
    const ends = (bytes[start] as number) * 7 + (bytes[end - 1] as number) * 31;
    const slot = (ends + (bytes[start + (length >> 1)] as number) * 127 + length) & (SLOTS - 1);
    const known = texts[slot] as string;
    if (isText(bytes, start, length, known)) return known;
    const text = bytes.toString("latin1", start, end);
    texts[slot] = text;
    return text;
  };
}

function isText(bytes: Buffer, start: number, length: number, text: string): boolean {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i += 1) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}
