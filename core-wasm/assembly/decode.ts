/**
 * Decodes a JSON string's inside to UTF-8: copies runs between backslashes, resolves escapes, a lone surrogate is
 * U+FFFD.
 */

// @ts-ignore: decorator
@inline
function hexValue(byte: u32): u32 {
  return byte < 0x3a ? byte - 0x30 : (byte | 0x20) - 0x57;
}

function hex4(address: usize): u32 {
  return (
    (hexValue(load<u8>(address)) << 12) | (hexValue(load<u8>(address, 1)) << 8) |
    (hexValue(load<u8>(address, 2)) << 4) | hexValue(load<u8>(address, 3))
  );
}

/** Writes a code point as UTF-8; answers the address behind it. */
export function putUtf8(to: usize, codePoint: u32): usize {
  if (codePoint < 0x80) {
    store<u8>(to, <u8>codePoint);
    return to + 1;
  }
  if (codePoint < 0x800) {
    store<u8>(to, <u8>(0xc0 | (codePoint >> 6)));
    store<u8>(to, <u8>(0x80 | (codePoint & 0x3f)), 1);
    return to + 2;
  }
  if (codePoint < 0x10000) {
    store<u8>(to, <u8>(0xe0 | (codePoint >> 12)));
    store<u8>(to, <u8>(0x80 | ((codePoint >> 6) & 0x3f)), 1);
    store<u8>(to, <u8>(0x80 | (codePoint & 0x3f)), 2);
    return to + 3;
  }
  store<u8>(to, <u8>(0xf0 | (codePoint >> 18)));
  store<u8>(to, <u8>(0x80 | ((codePoint >> 12) & 0x3f)), 1);
  store<u8>(to, <u8>(0x80 | ((codePoint >> 6) & 0x3f)), 2);
  store<u8>(to, <u8>(0x80 | (codePoint & 0x3f)), 3);
  return to + 4;
}

/** The byte that a one-letter escape stands for. */
function shortEscape(kind: u32): u32 {
  if (kind == 0x62) return 0x08;
  if (kind == 0x66) return 0x0c;
  if (kind == 0x6e) return 0x0a;
  if (kind == 0x72) return 0x0d;
  return kind == 0x74 ? 0x09 : kind;
}

/** Decodes [from, to), already checked by the reader, to `out`; answers the address behind the last byte written. */
export function decodeString(from: usize, to: usize, out: usize): usize {
  const backslash = i8x16.splat(0x5c);
  while (from < to) {
    const block = v128.load(from);
    v128.store(out, block); // may run past `to`: the area behind is ours and overwritten next
    const bits = i8x16.bitmask(i8x16.eq(block, backslash));
    const run = min<usize>(bits == 0 ? 16 : <usize>ctz(bits), to - from);
    from += run;
    out += run;
    if (from >= to || load<u8>(from) != 0x5c) continue;
    const kind = <u32>load<u8>(from, 1);
    if (kind != 0x75) {
      store<u8>(out, <u8>shortEscape(kind));
      from += 2;
      out += 1;
      continue;
    }
    let codePoint = hex4(from + 2);
    from += 6;
    if ((codePoint & 0xf800) == 0xd800) {
      const isPair =
        codePoint < 0xdc00 && from + 6 <= to && load<u16>(from) == 0x755c && (hex4(from + 2) & 0xfc00) == 0xdc00;
      if (isPair) {
        codePoint = 0x10000 + ((codePoint & 0x3ff) << 10) + (hex4(from + 2) & 0x3ff);
        from += 6;
      } else {
        codePoint = 0xfffd;
      }
    }
    out = putUtf8(out, codePoint);
  }
  return out;
}
