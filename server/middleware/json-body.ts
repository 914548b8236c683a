/** A JSON body, parsed against a schema; everything that can be wrong with it becomes a problem that names the fields. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { withoutLeftOut } from '../contract/left-out.ts';
import { invalidFields, ProblemError } from '../problem.ts';
import { bodyText } from './body-text.ts';

/** Deeper than any order. Schemas walk a body by recursion: one without this limit runs them out of stack. */
const deepestNesting = 64;

function isTooDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; depth <= deepestNesting; depth++) {
    level = level.flatMap(value => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** Reads the body once. `schemaFor` may look at the body to choose the schema. */
export async function jsonBody<T>(c: Context, schemaFor: (body: unknown) => z.ZodType<T>): Promise<T> {
  const type = c.req.header('Content-Type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new ProblemError('unsupported_media_type', 'Send Content-Type: application/json.');
  }
  const sent = parseJson(await bodyText(c));
  if (isTooDeep(sent)) throw new ProblemError('malformed_request', 'The body is nested too deeply.');
  const schema = schemaFor(sent);
  const body = withoutLeftOut(schema, sent);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalidFields(parsed.error, body);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError('malformed_request', 'The body is not JSON.');
  }
}

/** As `jsonBody`, where every field may be left out and so may the body. */
export async function optionalJsonBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if ((await bodyText(c)).trim() === '') return schema.parse({});
  return jsonBody(c, () => schema);
}
