/** Standard Webhooks, symmetric signatures (github.com/standard-webhooks, spec “Signature scheme”). */
import { createHmac } from 'node:crypto';

/** The spec’s bounds, in bytes. */
const shortest = 24;
const longest = 64;
/** One that is in use, and one that comes or goes. */
const mostSecrets = 2;

/** `whsec_<base64>`, or two of them with a space between. Null when it is anything else. */
export function parseSecrets(text: string): readonly Buffer[] | null {
  const keys = text.trim().split(/\s+/).map(parseSecret);
  const known = keys.filter(key => key !== null);
  return known.length === keys.length && keys.length <= mostSecrets ? known : null;
}

function parseSecret(text: string): Buffer | null {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const key = Buffer.from(base64, 'base64');
  return key.length >= shortest && key.length <= longest ? key : null;
}

export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** `at` in ms: the time of this try, not of the event, because receivers refuse what is minutes old. */
export function sign(secrets: readonly Buffer[], id: string, at: number, body: string): SignedHeaders {
  const timestamp = String(Math.floor(at / 1000));
  const content = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map(key => `v1,${createHmac('sha256', key).update(content).digest('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
