/**
 * The wire’s types for people who do not have zod: in a declaration file of `server/contract`, each type that was read
 * off a schema is written out, and the schemas go.
 */
import { parseSync } from 'vite';
import { z } from 'zod';
import { replaceSpans, type Span } from './replace-spans.ts';

type JsonSchema = z.core.JSONSchema._JSONSchema;

/** A JSON Schema, as zod writes it, as a TypeScript type. */
export function typeOf(schema: JsonSchema): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never';
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ');
  // A nullable field: zod writes `type: ['string', 'null']`.
  if (Array.isArray(schema.type)) return schema.type.map(type => typeOf({ ...schema, type })).join(' | ');
  switch (schema.type) {
    case 'object':
      return objectType(schema);
    case 'array':
      return `Array<${Array.isArray(schema.items) ? 'unknown' : typeOf(schema.items ?? true)}>`;
    case 'integer':
      return 'number';
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type;
    default:
      return 'unknown';
  }
}

function objectType(schema: Exclude<JsonSchema, boolean>): string {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    return `${JSON.stringify(name)}${optional}: ${typeOf(field)};`;
  });
  return `{ ${fields.join(' ')} }`;
}

const readOffSchema = /^export type (\w+) = z\.infer<typeof (\w+)>;/;

/** `schemas`: the exports of the module that the declarations belong to. */
export function withoutZod(declarations: string, schemas: Readonly<Record<string, unknown>>): string {
  let end = 0;
  const spans = parseSync('contract.d.ts', declarations).program.body.map((statement): Span => {
    const text = declarations.slice(statement.start, statement.end);
    const [, name, source = ''] = readOffSchema.exec(text) ?? [];
    const schema = schemas[source];
    const written =
      name && schema instanceof z.ZodType
        ? `export type ${name} = ${typeOf(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }))};`
        : text;
    const isZod = /\bz\.|from 'zod'/.test(written);
    // The comment above a schema goes with it; the one above the imports is the file’s.
    const start = isZod && statement.type !== 'ImportDeclaration' ? end : statement.start;
    end = statement.end;
    return { start, end, text: isZod ? '' : written };
  });
  return replaceSpans(declarations, spans);
}
