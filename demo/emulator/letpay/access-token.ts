/**
 * LetPay's access token: a JWT, HS512, with the claims `sub` and `exp` only, good for five minutes ("Get Access Token").
 * It is stateless: an older token that has not expired stays valid beside the refreshed one.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const lifeSeconds = 300;
const claimsSchema = z.object({ sub: z.string(), exp: z.number() });
const header = encode({ alg: 'HS512' });

export interface AccessTokens {
  readonly issue: (subject: string) => string;
  readonly subjectOf: (token: string) => string | null;
}

/** @param now milliseconds since 1970. @param key the signing key. */
export function createAccessTokens(now: () => number, key: Uint8Array): AccessTokens {
  const sign = (text: string) => createHmac('sha512', key).update(text).digest();
  return {
    issue(subject) {
      const body = `${header}.${encode({ sub: subject, exp: Math.floor(now() / 1_000) + lifeSeconds })}`;
      return `${body}.${sign(body).toString('base64url')}`;
    },
    subjectOf(token) {
      const [head = '', claims = '', signature = ''] = token.split('.');
      const expected = sign(`${head}.${claims}`);
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      const { sub, exp } = claimsSchema.parse(JSON.parse(Buffer.from(claims, 'base64url').toString()));
      return now() < exp * 1_000 ? sub : null;
    },
  };
}

function encode(value: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
