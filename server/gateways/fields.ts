/** A PSP’s JSON before anybody has looked at it. */
export type Fields = Record<string, unknown>;

/** An object’s fields, or none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The first of these fields that holds a text. */
export function firstText(fields: Fields, ...names: string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
