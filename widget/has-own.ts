/** `Object.hasOwn`, which Chromium has since 93. */
export function hasOwn<T extends object>(object: T, name: string): name is string & keyof T {
  return Object.keys(object).includes(name);
}
