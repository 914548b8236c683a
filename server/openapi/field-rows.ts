/** A JSON Schema as rows for a reader: one for each field, those of nested objects under their parent’s name. */
import type { Schema } from './open-api.ts';

export interface FieldRow {
  /** With the way to it: `can.submit`, `customer_fees[].name`. */
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly note: string | undefined;
}

/** The name of a schema that is a reference, as a list of none or one. */
export function schemaNamed({ $ref }: Schema): string[] {
  return $ref === undefined ? [] : [$ref.split('/').at(-1) ?? ''];
}

export function fieldRows(schema: Schema, prefix = ''): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const property = value as Schema;
    const row = {
      name: `${prefix}${key}`,
      schema: property,
      required: schema.required?.includes(key) ?? false,
      note: property.description,
    };
    const items = property.items as Schema | undefined;
    const below = items?.properties
      ? fieldRows(items, `${row.name}[].`)
      : fieldRows(property, `${row.name}.`);
    return [row, ...below];
  });
}

export interface TypePart {
  readonly text: string;
  /** The name of a schema. */
  readonly refersTo: string | null;
}

/** The types that a value can have, in words: `string`, `date`, `list of Refund`, `null`. */
export function typeOf(schema: Schema): TypePart[] {
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (options) return options.flatMap(typeOf);
  const [name] = schemaNamed(schema);
  if (name !== undefined) return [{ text: name, refersTo: name }];
  if (schema.const !== undefined) return [{ text: JSON.stringify(schema.const), refersTo: null }];
  const types = schema.type === undefined ? ['anything'] : [schema.type].flat();
  return types.map(type => {
    if (type !== 'array')
      return { text: type === 'string' ? (formats[schema.format ?? ''] ?? type) : type, refersTo: null };
    const [first] = typeOf((schema.items ?? {}) as Schema);
    return { text: `list of ${first?.text}`, refersTo: first?.refersTo ?? null };
  });
}

const formats: Readonly<Record<string, string>> = {
  'date-time': 'time',
  date: 'date',
  uri: 'address',
  ipv4: 'IPv4',
  ipv6: 'IPv6',
};
