/** One setting: where its value may stand, and how it is read. */

/** A parser answers the value, or says what would be right. */
export type Parsed<T> = { readonly value: T } | { readonly wanted: string };
export interface Setting<T> {
  readonly flag: string;
  /** In order of precedence: our own name before cgcp's. */
  readonly environment: readonly string[];
  readonly fallback: T;
  /** Its value may hold a secret: a fault does not show it. */
  readonly isSecret?: true;
  readonly parse: (text: string) => Parsed<T>;
}
export function oneOf<T extends string>(values: readonly T[]): (text: string) => Parsed<T> {
  return (text) => {
    const value = values.find((known) => known === text);
    return value === undefined ? { wanted: `one of ${values.join(", ")}` } : { value };
  };
}

export function wholeNumber(min: number, max: number): (text: string) => Parsed<number> {
  return (text) => {
    const isRight = /^\d{1,8}$/.test(text) && Number(text) >= min && Number(text) <= max;
    return isRight ? { value: Number(text) } : { wanted: `a whole number from ${min} to ${max}` };
  };
}

export function listOf(form: RegExp, wanted: string): (text: string) => Parsed<readonly string[]> {
  return (text) => {
    const items = text.split(",").map((item) => item.trim().toLowerCase());
    return items.every((item) => form.test(item)) ? { value: items } : { wanted };
  };
}
