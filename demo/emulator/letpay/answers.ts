/** Sends LetPay's answers: every one but a 401 carries a refreshed access token ("Get Access Token"). */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Clock } from '../clock.ts';
import type { AccessTokens } from './access-token.ts';
import { credentials } from './account.ts';
import type { Body } from './bodies.ts';
import type { Dialect } from './dialect.ts';
import type { Refusal, Result } from './refusal.ts';

export interface Answers {
  readonly accept: (c: Context, body: Body) => Response;
  readonly refuse: (c: Context, refusal: Refusal) => Response;
}

export function createAnswers(tokens: AccessTokens, clock: Clock, dialect: () => Dialect): Answers {
  return {
    accept: (c, body) => c.json({ ...body, refresh_token: tokens.issue(credentials.name) }),
    refuse(c, refusal) {
      const { status, body } = dialect().refusal(refusal, c.req.path, clock.now());
      const refresh = status === 401 ? {} : { refresh_token: tokens.issue(credentials.name) };
      return c.json({ ...body, ...refresh }, status as ContentfulStatusCode);
    },
  };
}

/** The body as JSON, whatever content type it is said to have. */
export async function readJson(c: Context): Promise<Result<unknown>> {
  try {
    return { value: JSON.parse(await c.req.text()) };
  } catch {
    return { refusal: { kind: 'malformed_json' } };
  }
}
