/**
 * RFC 3339 date-time to milliseconds since the Unix epoch. Accepted besides: no zone (read as UTC, as cgcp sends it), a
 * blank or `t` for `T`. Fractions are cut to milliseconds. Second 60 is refused: leap seconds have no Unix time.
 */
let cursor: usize = 0;
let limit: usize = 0;

/** Reads `count` digits; -1 when there are fewer. */
function digits(count: u32): i32 {
  let value: i32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    if (cursor >= limit) return -1;
    const digit = <u32>load<u8>(cursor) - 0x30;
    if (digit > 9) return -1;
    value = value * 10 + <i32>digit;
    cursor += 1;
  }
  return value;
}

function expectByte(byte: u32): bool {
  if (cursor >= limit || <u32>load<u8>(cursor) != byte) return false;
  cursor += 1;
  return true;
}

function daysInMonth(year: i32, month: i32): i32 {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/**
 * Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms").
 */
function daysFromCivil(year: i32, month: i32, day: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const era = y / 400;
  const yearOfEra = y - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

/** Milliseconds of [from, from + length), or NaN where it is no timestamp. */
export function parseTimestamp(from: usize, length: u32): f64 {
  cursor = from;
  limit = from + <usize>length;
  const year = digits(4);
  if (year < 1 || !expectByte(0x2d)) return NaN;
  const month = digits(2);
  if (month < 1 || month > 12 || !expectByte(0x2d)) return NaN;
  const day = digits(2);
  if (day < 1 || day > daysInMonth(year, month)) return NaN;
  if (cursor >= limit) return NaN;
  const between = <u32>load<u8>(cursor);
  if (between != 0x54 && between != 0x74 && between != 0x20) return NaN;
  cursor += 1;
  const hour = digits(2);
  if (hour < 0 || hour > 23 || !expectByte(0x3a)) return NaN;
  const minute = digits(2);
  if (minute < 0 || minute > 59 || !expectByte(0x3a)) return NaN;
  const second = digits(2);
  if (second < 0 || second > 59) return NaN;
  const fraction = parseFraction();
  const offset = parseZone();
  if (fraction < 0 || offset == i32.MIN_VALUE || cursor != limit) return NaN;
  const minutes = (<f64>daysFromCivil(year, month, day) * 24 + <f64>hour) * 60 + <f64>(minute - offset);
  return (minutes * 60 + <f64>second) * 1000 + <f64>fraction;
}

/** Milliseconds of an optional fraction, -1 when there is a point and no digit. */
function parseFraction(): i32 {
  if (!expectByte(0x2e)) return 0;
  let value: i32 = 0;
  let scale: i32 = 100;
  let count: u32 = 0;
  while (cursor < limit && <u32>load<u8>(cursor) - 0x30 < 10) {
    value += <i32>(<u32>load<u8>(cursor) - 0x30) * scale;
    scale /= 10;
    cursor += 1;
    count += 1;
  }
  return count == 0 ? -1 : value;
}

/** Minutes east of UTC; 0 when no zone is written; i32.MIN_VALUE when it is no zone. */
function parseZone(): i32 {
  if (cursor >= limit) return 0;
  const sign = <u32>load<u8>(cursor);
  cursor += 1;
  if (sign == 0x5a || sign == 0x7a) return 0;
  if (sign != 0x2b && sign != 0x2d) return i32.MIN_VALUE;
  const hours = digits(2);
  if (hours < 0 || hours > 23 || !expectByte(0x3a)) return i32.MIN_VALUE;
  const minutes = digits(2);
  if (minutes < 0 || minutes > 59) return i32.MIN_VALUE;
  return sign == 0x2d ? -(hours * 60 + minutes) : hours * 60 + minutes;
}
