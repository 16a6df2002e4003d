/**
 * 64-bit keyed fingerprints of idempotency keys, HalfSipHash-1-3 over UTF-16 code units (Aumasson and Bernstein,
 * "SipHash", INDOCRYPT 2012; the half-width variant that Linux uses for hash tables).
 * The key is random per ledger, so that nobody can choose identifiers that collide. A collision costs one look at the
 * record and never answers wrong: `find` compares the record itself. SHA-256 takes more than twice as long.
 */
export interface Fingerprint {
  /**
   * 32-bit halves, signed, because V8 holds those without a box; never both 0, which stands for "no key" in the index.
   */
  readonly low: number;
  readonly high: number;
}

/** Of (org_id, event_id); besides, of event_id alone. */
export interface KeyFingerprints extends Fingerprint {
  readonly event: Fingerprint;
}

export interface Fingerprinter {
  of(orgId: string, eventId: string): KeyFingerprints;
  event(eventId: string): Fingerprint;
}

export const FINGERPRINT_KEY_BYTES = 8;
/** Organisations whose fingerprint is kept from one event to the next. */
const ORGANISATIONS_MAX = 1024;
const [EVENT, ORGANISATION] = [1, 2] as const;

/**
 * The fingerprint of a key is that of its event id combined with that of its organisation, which is nearly always known
 * already: one hash an event. Without the secret nobody can choose two pairs whose combinations meet.
 */
export function fingerprinter(secret: Buffer): Fingerprinter {
  const [k0, k1] = [secret.readInt32LE(0), secret.readInt32LE(4)];
  const organisations = new Map<string, Fingerprint>();
  function organisation(orgId: string): Fingerprint {
    const known = organisations.get(orgId);
    if (known !== undefined) return known;
    if (organisations.size >= ORGANISATIONS_MAX) organisations.clear();
    const made = halfSip(k0, k1, ORGANISATION, orgId);
    organisations.set(orgId, made);
    return made;
  }
  return {
    of(orgId, eventId) {
      const event = halfSip(k0, k1, EVENT, eventId);
      const org = organisation(orgId);
      const low = event.low ^ org.low;
      const high = event.high ^ org.high;
      return { low: low === 0 && high === 0 ? 1 : low, high, event };
    },
    event: (eventId) => halfSip(k0, k1, EVENT, eventId),
  };
}

function halfSip(k0: number, k1: number, domain: number, text: string): Fingerprint {
  const { length } = text;
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
      word = text.charCodeAt(at) | (at + 1 < length ? text.charCodeAt(at + 1) << 16 : 0);
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
  return { low: low === 0 && high === 0 ? 1 : low, high };
}
