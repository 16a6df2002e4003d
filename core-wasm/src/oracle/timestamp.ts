/** RFC 3339 as events write it: the zone may be missing (UTC), `t` or a blank may stand for `T`. */

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:([Zz])|([+-])(\d\d):(\d\d))?$/;

/** Days of a month in the proleptic Gregorian calendar. */
function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** Days from 1970-01-01, counted year by year and month by month. */
function daysFromEpoch(year: number, month: number, day: number): number {
  const leapDaysBefore = (y: number) => Math.floor((y - 1) / 4) - Math.floor((y - 1) / 100) + Math.floor((y - 1) / 400);
  let days = 365 * (year - 1970) + leapDaysBefore(year) - leapDaysBefore(1970);
  for (let before = 1; before < month; before += 1) days += daysInMonth(year, before);
  return days + day - 1;
}

/** Milliseconds since 1970 UTC, digits past the millisecond cut off; undefined when it is no timestamp. */
export function parseTimestamp(text: string): number | undefined {
  const parts = SHAPE.exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const offsetHour = Number(parts[10] ?? 0);
  const offsetMinute = Number(parts[11] ?? 0);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return undefined;
  const milliseconds = Number((parts[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const offsetMinutes = (offsetHour * 60 + offsetMinute) * (parts[9] === "-" ? -1 : 1);
  const minutes = (daysFromEpoch(year, month, day) * 24 + hour) * 60 + minute - offsetMinutes;
  return (minutes * 60 + second) * 1000 + milliseconds;
}
