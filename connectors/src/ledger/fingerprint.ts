/**
 * 64-bit keyed fingerprints of idempotency keys, HalfSipHash-1-3 over UTF-16 code units (Aumasson and Bernstein,
 * "SipHash", INDOCRYPT 2012; the half-width variant that Linux uses for hash tables).
 * The key is random per ledger, so that nobody can choose identifiers that collide. A collision costs one look at the
 * record and never answers wrong: `find` compares the record itself. SHA-256 takes more than twice as long.
 */
export interface Fingerprint {
  /** Unsigned 32-bit halves; never both 0, which stands for "no key" in the index. */
  readonly low: number;
  readonly high: number;
}

export interface Fingerprinter {
  /** Of (org_id, event_id); the length in front keeps ("a","bc") apart from ("ab","c"). */
  key(orgId: string, eventId: string): Fingerprint;
  /** Of event_id alone. */
  event(eventId: string): Fingerprint;
}

export const FINGERPRINT_KEY_BYTES = 8;

export function fingerprinter(secret: Buffer): Fingerprinter {
  const [k0, k1] = [secret.readInt32LE(0), secret.readInt32LE(4)];
  return {
    key: (orgId, eventId) => halfSip(k0, k1, orgId.length, orgId, eventId),
    event: (eventId) => halfSip(k0, k1, -1, "", eventId),
  };
}

function halfSip(k0: number, k1: number, domain: number, first: string, second: string): Fingerprint {
  const firstLength = first.length;
  const length = firstLength + second.length;
  let v0 = k0;
  let v1 = k1 ^ 0xee;
  let v2 = 0x6c796765 ^ k0;
  let v3 = 0x74656462 ^ k1;
  let low = 0;
  // Words: the domain, then two code units each, then the length; then 3 + 3 rounds that take no input.
  const words = 2 + ((length + 1) >> 1);
  for (let round = 0; round < words + 6; round += 1) {
    let word = 0;
    if (round === 0) word = domain;
    else if (round === words - 1) word = length;
    else if (round < words) {
      const at = (round - 1) << 1;
      const unit = at < firstLength ? first.charCodeAt(at) : second.charCodeAt(at - firstLength);
      const next = at + 1;
      const unitNext =
        next >= length ? 0 : next < firstLength ? first.charCodeAt(next) : second.charCodeAt(next - firstLength);
      word = unit | (unitNext << 16);
    } else if (round === words) v2 ^= 0xee;
    else if (round === words + 3) {
      low = v1 ^ v3;
      v1 ^= 0xdd;
    }
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = (v1 << 5) | (v1 >>> 27);
    v1 ^= v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = (v3 << 8) | (v3 >>> 24);
    v3 ^= v2;
    v0 = (v0 + v3) | 0;
    v3 = (v3 << 7) | (v3 >>> 25);
    v3 ^= v0;
    v2 = (v2 + v1) | 0;
    v1 = (v1 << 13) | (v1 >>> 19);
    v1 ^= v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  const high = v1 ^ v3;
  return low === 0 && high === 0 ? { low: 1, high: 0 } : { low: low >>> 0, high: high >>> 0 };
}
