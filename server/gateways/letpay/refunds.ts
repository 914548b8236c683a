/**
 * LetPay’s refunds in both dialects (facts section 4.6; section 10, rows 25 and 26).
 *
 * LetPay would take the same refund twice, so it is sent once, a 401 included, and looked for in LetPay’s list when the
 * answer was lost. The classic dialect has no ids and shows only the last refund: there its `created_at`, to the
 * millisecond, tells it from the one before.
 */
import type { PspRefund, PspRefundList } from '../../checkout/refunds.ts';
import { type RefundStatus, refundAccount, refundStatuses } from '../../contract/refund.ts';
import { toMajor } from '../../money.ts';
import { fieldsOf } from '../fields.ts';
import type { RefundListOutcome, RefundOutcome, Refunds } from '../gateway.ts';
import { type Answer, AnswerLost, causeOf, isOk, NotConnected } from '../psp-http.ts';
import type { LetPayClient } from './client.ts';
import { fieldProblems, namedRefusal, readErrors } from './failure.ts';

/** Why a payment cannot be given back, in our words, by LetPay’s code (facts section 5). */
const notRefundable = new Map<string, string>([
  ['00.01.0028', 'The merchant’s balance at the payment provider is too low'],
  ['00.04.0006', 'The payment’s status does not allow a refund'],
  ['01.05.0018', 'The time in which this payment can be given back is over'],
  ['01.05.0030', 'The payment’s status does not allow a refund'],
]);
const tooMuch: ReadonlySet<string> = new Set(['00.04.0014', '01.05.0004']);
/** A classic 500 that names one of these is about the request; any other 500 may have happened after the fact. */
const ours: ReadonlySet<string> = new Set(
  ['payment_token', 'amount', ...Object.keys(refundAccount)].map(name => `/${name}`),
);
const accountTypeMissing = '00.01.0031';
const noSuchRefund = '00.01.0068';

/** Longer than any request that we know of lives in a queue. */
const unmadeAfterMs = 10 * 60_000;

export function letpayRefunds({ call, callOnce }: Pick<LetPayClient, 'call' | 'callOnce'>): Refunds {
  return {
    unmadeAfterMs,

    async request(token, { amount, currency, account }, context) {
      const fields = { payment_token: token, amount: toMajor(amount, currency), ...account };
      const request = { method: 'POST', route: '/refund', body: JSON.stringify(fields) } as const;
      try {
        return readRefundOutcome(await callOnce(request, context));
      } catch (error) {
        const kind = error instanceof NotConnected ? 'not_sent' : 'unknown';
        return { kind, cause: causeOf(error) };
      }
    },

    async list(token, context): Promise<RefundListOutcome> {
      // A read changes nothing: one more try on a connection that the PSP had closed.
      const read = (route: string) => {
        const request = { method: 'GET', route, ids: { token } } as const;
        return call(request, context).catch(error => {
          if (error instanceof AnswerLost) return call(request, context);
          throw error;
        });
      };
      try {
        const all = await read('/refund/payment/{token}');
        if (isOk(all)) return known(readList(all.body));
        const code = readErrors(all.body).find(error => error.code !== null)?.code;
        if (code === noSuchRefund) return known(nothing);
        // Only an address that the PSP does not have leads on to the classic one.
        if (all.status !== 404 || code !== undefined)
          return { kind: 'unreadable', cause: `status ${all.status}` };
        return known(readLast(await read('/refund/{token}')));
      } catch (error) {
        return { kind: 'unreadable', cause: causeOf(error) };
      }
    },
  };
}

const nothing: PspRefundList = { refunds: [], complete: true };

function known(list: PspRefundList | null): RefundListOutcome {
  return list === null ? { kind: 'unreadable', cause: 'unreadable list' } : { kind: 'known', list };
}

/** The current dialect’s bare array. Null when any entry cannot be told from the others. */
function readList(body: unknown): PspRefundList | null {
  if (!Array.isArray(body)) return null;
  const refunds = body.map(readRefund).filter(refund => refund !== null);
  if (refunds.length !== body.length) return null;
  return { refunds: refunds.toSorted((a, b) => Number(a.mark) - Number(b.mark)), complete: true };
}

/** The classic dialect’s last refund. */
function readLast(answer: Answer): PspRefundList | null {
  if (readErrors(answer.body).some(({ code }) => code === noSuchRefund))
    return { ...nothing, complete: false };
  const last = isOk(answer) ? readRefund(answer.body) : null;
  return last && { refunds: [last], complete: false };
}

function readRefund(body: unknown): PspRefund | null {
  const fields = fieldsOf(body);
  const word = fields['refund_status'];
  if (typeof word !== 'string') return null;
  const id = fields['refund_id'];
  const createdAt = fields['created_at'];
  const hasId = typeof id === 'number' || (typeof id === 'string' && id !== '');
  const mark = hasId ? String(id) : createdAt;
  if (typeof mark !== 'string' || mark === '') return null;
  return { id: hasId ? String(id) : null, mark, status: readRefundStatus(word) };
}

/** A word that nobody knows is no end. */
function readRefundStatus(word: string): RefundStatus {
  return refundStatuses.find(status => status === word.toUpperCase()) ?? 'PROCESSING';
}

function readRefundOutcome(answer: Answer): RefundOutcome {
  if (isOk(answer)) {
    const refund = readRefund(answer.body);
    return refund ? { kind: 'taken', refund } : { kind: 'unknown', cause: 'unreadable answer' };
  }
  const codes = readErrors(answer.body).flatMap(({ code }) => (code === null ? [] : [code]));
  // By the code and not by the HTTP status: the classic dialect says all of this with a 500.
  for (const code of codes) {
    const detail = notRefundable.get(code);
    if (detail !== undefined) return { kind: 'not_refundable', detail: `${detail} (${code}).` };
  }
  const fields = fieldProblems(answer.body);
  const large = codes.find(code => tooMuch.has(code));
  const errors = [
    ...fields,
    ...(large === undefined
      ? []
      : [{ pointer: '/amount', code: 'too_large', detail: `refused by the PSP (${large})` }]),
    ...(codes.includes(accountTypeMissing)
      ? [{ pointer: '/type', code: 'required', detail: `refused by the PSP (${accountTypeMissing})` }]
      : []),
  ];
  const refused = namedRefusal(
    answer,
    large !== undefined || fields.some(({ pointer }) => ours.has(pointer)),
  );
  return refused ? { ...refused, errors } : { kind: 'unknown', cause: `status ${answer.status}` };
}
