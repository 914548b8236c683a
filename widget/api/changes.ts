/**
 * The calls of the proxy that move money: submit and renew. Loaded while the shopper reads the form.
 *
 * From the first byte on, a dead network, a 5xx or an unreadable answer leaves their outcome unknown, so they fail with
 * TooLateError, and with NotSentError never.
 */
import type { Checkout } from '../../server/contract/checkout.ts';
import type { Submission } from '../../server/contract/submission.ts';
import type { Client } from './client.ts';
import { CheckoutError, RefusedError, TooLateError } from './errors.ts';

export interface Changes {
  readonly submit: (
    token: string,
    body: Submission,
    idempotencyKey: string,
    signal: AbortSignal,
  ) => Promise<Checkout>;
  readonly renew: (token: string, idempotencyKey: string, signal: AbortSignal) => Promise<Checkout>;
}

/** Only the proxy’s own word proves that nothing was sent on; a gateway’s error page in between proves nothing. */
function isDefinite({ status, code }: RefusedError): boolean {
  return code === 'psp_unavailable' || (status < 500 && !code.startsWith('http_'));
}

/** The answer, when it says how the change ended. */
async function definite(answer: Promise<Checkout>): Promise<Checkout> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof CheckoutError) || (error instanceof RefusedError && isDefinite(error)))
      throw error;
    // fetch does not tell a connection that never was from one that broke after the body had left.
    throw new TooLateError();
  }
}

function post(body: Submission | Record<string, never>, key: string): RequestInit {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

export function createChanges({ change }: Pick<Client, 'change'>): Changes {
  return {
    submit: (token, body, key, signal) => definite(change(token, '/sendPayment', post(body, key), signal)),
    renew: (token, key, signal) => definite(change(token, '/renew', post({}, key), signal)),
  };
}
