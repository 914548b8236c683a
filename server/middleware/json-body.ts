/** A JSON body, parsed against a schema; everything that can be wrong with it becomes a problem that names the fields. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { invalidFields, ProblemError } from '../problem.ts';

/** Reads the body once. `schemaFor` may look at the body to choose the schema. */
export async function jsonBody<T>(c: Context, schemaFor: (body: unknown) => z.ZodType<T>): Promise<T> {
  const type = c.req.header('Content-Type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new ProblemError('unsupported_media_type', 'Send Content-Type: application/json.');
  }
  let body: unknown;
  try {
    body = JSON.parse(await c.req.text());
  } catch {
    throw new ProblemError('malformed_request', 'The body is not JSON.');
  }
  const parsed = schemaFor(body).safeParse(body);
  if (!parsed.success) throw invalidFields(parsed.error, body);
  return parsed.data;
}
