/**
 * Readers of JSON that nobody vouches for: unknown → T by hand, because a schema library would weigh more than the rest of
 * the widget.
 */
import { UnreadableError } from './errors.ts';

/** Throws an UnreadableError that names `path` (JSON Pointer) when the value is not a T. */
export type Read<T> = (value: unknown, path: string) => T;

export function check<T>(accepts: (value: unknown) => boolean): Read<T> {
  return (value, path) => {
    if (!accepts(value)) throw new UnreadableError(path);
    return value as T;
  };
}

export const text = check<string>(value => typeof value === 'string');
export const flag = check<boolean>(value => typeof value === 'boolean');
export const optionalFlag: Read<boolean | undefined> = (value, path) =>
  value === undefined ? value : flag(value, path);
export const money = check<number>(value => Number.isFinite(value) && (value as number) >= 0);
export const integer = check<number>(Number.isSafeInteger);
export const count = check<number>(value => Number.isSafeInteger(value) && (value as number) > 0);
export const month = check<number>(
  value => Number.isInteger(value) && (value as number) > 0 && (value as number) < 13,
);

export function isTime(value: unknown): boolean {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value;
}

export const time = check<string>(isTime);

export function nullable<T>(read: Read<T>): Read<T | null> {
  return (value, path) => (value === null ? null : read(value, path));
}

export function list<T>(read: Read<T>): Read<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new UnreadableError(path);
    return value.map((item, i) => read(item, `${path}/${i}`));
  };
}

export function record<T extends object>(readers: { readonly [K in keyof T]-?: Read<T[K]> }): Read<T> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnreadableError(path);
    const fields = value as Readonly<Record<string, unknown>>;
    const result: Partial<T> = {};
    // Own keys alone: pages with enumerable members on `Object.prototype` exist.
    for (const key of Object.keys(readers) as (keyof T & string)[]) {
      const read = readers[key](fields[key], `${path}/${key}`);
      if (read !== undefined) result[key] = read;
    }
    return result as T;
  };
}

/** A word of a list written with spaces; a word that is not in it becomes `otherwise`. */
export function word<T extends string, U>(words: string, otherwise: U): Read<T | U> {
  return (value, path) => (words.split(' ').includes(text(value, path)) ? (value as T) : otherwise);
}
