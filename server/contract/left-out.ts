/**
 * Fields that a caller sent and meant to leave out. Many serializers write every field of a class: `null`, or an empty text
 * from a form. Both mean “left out”, so an optional field takes its default and a required one is missing.
 */
import { z } from 'zod';

export function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** `body` without what was left out, as deep as `schema` names fields. What it does not name stays as it came. */
export function withoutLeftOut(schema: z.core.$ZodType, body: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return withoutLeftOut(schema.unwrap(), body);
  if (!(schema instanceof z.ZodObject) || typeof body !== 'object' || body === null || Array.isArray(body))
    return body;
  const fields: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) return [[name, value]];
      return isLeftOut(value) ? [] : [[name, withoutLeftOut(field, value)]];
    }),
  );
}
