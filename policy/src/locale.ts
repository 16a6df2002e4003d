/** Finds the message nearest to a locale: RFC 4647 lookup, with `en` as the last resort. */
import type { Policy } from "./document.ts";

const LOCALE_CHARS_MAX = 64;

/** @returns a lookup by message key and locale; undefined when the policy has no such message. */
export function messageLookup(
  messages: Policy["messages"],
): (key: string, locale: string | undefined) => string | undefined {
  const byKey = new Map(
    Object.entries(messages).map(([key, locales]) => [
      key,
      new Map(Object.entries(locales).map(([locale, text]) => [locale.toLowerCase(), text])),
    ]),
  );
  return (key, locale) => {
    const locales = byKey.get(key);
    if (locales === undefined) return undefined;
    let range = (locale ?? "").slice(0, LOCALE_CHARS_MAX).replaceAll("_", "-").toLowerCase();
    while (range !== "") {
      const found = locales.get(range);
      if (found !== undefined) return found;
      range = range.slice(0, Math.max(0, range.lastIndexOf("-")));
    }
    return locales.get("en");
  };
}
