/**
 * Refunds ("Refunds" of the classic document, "Request a refund" of the current pages): asked for, in work for a moment,
 * then done, which moves the payment. Pix can be given back for 90 days and cards for six months.
 */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { dayMs } from './dates.ts';
import type { Ledger } from './ledger.ts';
import type { Lifecycle } from './lifecycle.ts';
import { amount, invalidFields, text } from './order-fields.ts';
import type { Method, Payment } from './payment.ts';
import { fieldProblem, forbidden, type Result } from './refusal.ts';

export const refundStatuses = ['REQUESTED', 'PROCESSING', 'COMPLETED', 'FAILED'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

export interface Refund {
  readonly id: number;
  readonly paymentToken: string;
  /** Minor units. */
  readonly amount: number;
  readonly createdAt: number;
  readonly status: RefundStatus;
}

export interface Refunds {
  readonly request: (body: unknown) => Result<Refund>;
  readonly get: (id: number) => Refund | undefined;
  /** Oldest first. */
  readonly ofPayment: (token: string) => readonly Refund[];
  /** Of all payments, oldest first. */
  readonly list: () => readonly Refund[];
  /** Moves a refund that has not ended; the end of its time then does nothing. */
  readonly settle: (id: number, status: RefundStatus) => Refund | undefined;
  readonly clear: () => void;
}

const refundBody = z.object({ payment_token: text(), amount: amount.optional() });

/** Where the money of a paid boleto goes: to a bank account (classic) or to a Pix key (current). */
const bankFields = [
  'type',
  'bank_number',
  'agency_number',
  'agency_check_digit',
  'account_number',
  'account_check_digit',
] as const;

const limitDays: Partial<Record<Method, number>> = { PIX: 90, CREDITCARD: 182, DEBITCARD: 182 };

export function createRefunds({
  clock,
  ledger,
  lifecycle,
  delayMs,
}: {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly lifecycle: Lifecycle;
  readonly delayMs: number;
}): Refunds {
  const refunds = new Map<number, Refund>();
  const ofPayment = (token: string) =>
    [...refunds.values()].filter(({ paymentToken }) => paymentToken === token);

  const isOpen = ({ status }: Refund) => status === 'REQUESTED' || status === 'PROCESSING';

  function complete(id: number): void {
    const refund = refunds.get(id);
    const payment = refund && ledger.get(refund.paymentToken);
    if (!refund || !payment || !isOpen(refund)) return;
    refunds.set(id, { ...refund, status: 'COMPLETED' });
    const refundedAmount = payment.refundedAmount + refund.amount;
    const whole = refundedAmount >= payment.amountReceived;
    lifecycle.move(payment.token, whole ? 'REFUNDED' : 'PARTIALLY_REFUNDED', { refundedAmount });
  }

  return {
    request(body) {
      const parsed = refundBody.safeParse(body);
      if (!parsed.success) return { refusal: invalidFields(parsed.error) };
      const payment = ledger.get(parsed.data.payment_token);
      if (payment === undefined) {
        return { refusal: { kind: 'payment_not_found', token: parsed.data.payment_token } };
      }
      const inWork = ofPayment(payment.token)
        .filter(isOpen)
        .reduce((sum, refund) => sum + refund.amount, 0);
      const left = payment.amountReceived - payment.refundedAmount - inWork;
      const asked = parsed.data.amount ?? left;
      const refused = refusalOf(payment, asked, left, clock.now()) ?? missingAccount(payment, body);
      if (refused) return refused;
      const refund: Refund = {
        id: refunds.size + 1,
        paymentToken: payment.token,
        amount: asked,
        createdAt: clock.now(),
        status: 'PROCESSING',
      };
      refunds.set(refund.id, refund);
      clock.after(delayMs, () => complete(refund.id));
      return { value: refund };
    },
    get: id => refunds.get(id),
    ofPayment,
    list: () => [...refunds.values()],
    settle(id, status) {
      const refund = refunds.get(id);
      if (refund === undefined || !isOpen(refund)) return refund;
      if (status === 'COMPLETED') complete(id);
      else refunds.set(id, { ...refund, status });
      return refunds.get(id);
    },
    clear() {
      refunds.clear();
    },
  };
}

function refusalOf(payment: Payment, asked: number, left: number, now: number): Result<Refund> | undefined {
  if (payment.status !== 'PAID' && payment.status !== 'PARTIALLY_REFUNDED') {
    return { refusal: forbidden('01.05.0030', 'Current payment status does not allow refund', 400) };
  }
  if (asked > left || left === 0) {
    return { refusal: forbidden('00.04.0014', 'The refund amount is greater than the payment amount') };
  }
  const days = payment.method === null ? undefined : limitDays[payment.method];
  if (days !== undefined && now - (payment.confirmedAt ?? now) > days * dayMs) {
    return { refusal: forbidden('01.05.0018', 'The period for refunds of this payment is over') };
  }
  return undefined;
}

function missingAccount(payment: Payment, body: unknown): Result<Refund> | undefined {
  if (payment.method !== 'BOLETO') return undefined;
  const fields = z.record(z.string(), z.unknown()).catch({}).parse(body);
  if (fields.pix_key) return undefined;
  const missing = bankFields.filter(name => !fields[name]);
  if (missing.length === 0) return undefined;
  const problems = missing.map(name => fieldProblem(name, 'must not be null'));
  return { refusal: { kind: 'invalid', problems } };
}
