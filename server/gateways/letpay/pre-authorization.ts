/**
 * LetPay’s capture and cancellation of a pre-authorized payment (facts section 2.3). Both move a payment that is held, once:
 * whoever comes second is told 00.04.0010, so a repeat after a 401 is safe.
 */
import { toMajor } from '../../money.ts';
import type { CallContext, HeldPayment, HoldOutcome, PreAuthorization } from '../gateway.ts';
import { type Answer, causeOf, isOk, NotConnected } from '../psp-http.ts';
import type { LetPayClient } from './client.ts';
import { namedRefusal, readErrors } from './failure.ts';
import { readStatusWord } from './translate.ts';

/** Not pre-authorized, status cannot change, and the acquirer’s “capture done or expired” (facts section 5). */
const notHeld: ReadonlySet<string> = new Set(['00.04.0010', '00.04.0012', '01.05.0003']);
const aboveHeld = '00.04.0011';

export function letpayPreAuthorization({ call }: Pick<LetPayClient, 'call'>): PreAuthorization {
  async function decide(
    what: 'capture' | 'cancel',
    { token, isOneStep }: HeldPayment,
    body: object,
    context: CallContext,
  ) {
    try {
      const route = isOneStep ? `/token/{token}/${what}` : `/payment/{token}/${what}`;
      const request = { method: 'POST', route, ids: { token }, body: JSON.stringify(body) } as const;
      return readHoldOutcome(await call(request, context));
    } catch (error) {
      const kind = error instanceof NotConnected ? 'not_sent' : 'unknown';
      return { kind, cause: causeOf(error) } as const;
    }
  }

  return {
    capture: (held, amount, currency, context) =>
      decide('capture', held, { amount: toMajor(amount, currency) }, context),
    cancel: (held, context) => decide('cancel', held, {}, context),
  };
}

function readHoldOutcome(answer: Answer): HoldOutcome {
  if (isOk(answer)) {
    const said = readStatusWord(answer.body);
    return said === null ? { kind: 'unknown', cause: 'unreadable answer' } : { kind: 'taken' };
  }
  const codes = readErrors(answer.body).map(({ code }) => code);
  if (codes.some(code => code !== null && notHeld.has(code))) return { kind: 'not_held' };
  const refused = namedRefusal(answer, codes.includes(aboveHeld));
  if (refused === null) return { kind: 'unknown', cause: `status ${answer.status}` };
  if (!codes.includes(aboveHeld)) return refused;
  const errors = [{ pointer: '/amount', code: 'too_large', detail: `refused by the PSP (${aboveHeld})` }];
  return { ...refused, errors };
}
