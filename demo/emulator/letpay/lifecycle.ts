/**
 * What happens to a payment over time: submission, outcome, expiry, settlement. Every change of status sends a callback
 * ("Callbacks": at every status change).
 */
import type { Callback } from '../callbacks.ts';
import type { Clock } from '../clock.ts';
import { type Random, uuid } from '../random.ts';
import { dayMs, endOf } from './dates.ts';
import type { Ledger } from './ledger.ts';
import { canceledByAcquirer, declineCode, expired, outcomeFor } from './outcome.ts';
import type { Order, Payment } from './payment.ts';
import type { Submission } from './send-fields.ts';
import type { Status } from './status.ts';

/** An order that nobody submits; the documents name no time. */
const orderLifeMs = dayMs;
/** The documents leave Pix open; half an hour is what Brazilian shops use. */
const pixLifeMs = 30 * 60_000;
/** "cancelation has a TTL of 5 days" (pre-authorisation). */
const holdLifeMs = 5 * dayMs;

export interface Lifecycle {
  readonly open: (order: Order) => Payment;
  /** Takes a submission; the caller has made sure that the payment is still CREATED. */
  readonly submit: (payment: Payment, submission: Submission) => Payment;
  /** Moves a payment and sends the callback. */
  readonly move: (token: string, status: Status, details?: Partial<Payment>) => Payment | undefined;
}

export interface LifecycleSettings {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly notify: (callback: Callback) => void;
  /** Milliseconds from PROCESSING to the outcome that the payer's name asks for. */
  readonly outcomeDelayMs: number;
}

export function createLifecycle(settings: LifecycleSettings): Lifecycle {
  const { clock, ledger, random, notify, outcomeDelayMs } = settings;

  function move(token: string, status: Status, details: Partial<Payment> = {}): Payment | undefined {
    const moved = ledger.update(token, payment => ({
      ...consequences(payment, status, clock.now()),
      ...details,
      status,
    }));
    const url = moved?.order.notificationUrl;
    if (moved && url) {
      notify({ url, body: { reference_id: moved.order.referenceId, payment_token: token } });
    }
    if (status === 'PRE_AUTHORIZED') expire(token, ['PRE_AUTHORIZED'], clock.now() + holdLifeMs);
    return moved;
  }

  function expire(token: string, from: readonly Status[], at: number): void {
    clock.after(at - clock.now(), () => {
      const payment = ledger.get(token);
      if (payment && from.includes(payment.status)) move(token, 'CANCELED', { cancellation: expired });
    });
  }

  function decide(token: string): void {
    const payment = ledger.get(token);
    const outcome = payment && outcomeFor(payment.order.payer);
    if (payment?.status !== 'PROCESSING' || !outcome) return;
    const held = outcome === 'PAID' && payment.delayCapture;
    move(token, held ? 'PRE_AUTHORIZED' : outcome);
  }

  return {
    open(order) {
      const now = clock.now();
      const payment: Payment = {
        token: uuid(random),
        order,
        createdAt: now,
        status: 'CREATED',
        method: null,
        errorCode: null,
        amountReceived: 0,
        refundedAmount: 0,
        confirmedAt: null,
        expiresAt: now + orderLifeMs,
        dueDate: null,
        cancellation: null,
        cardLast4: null,
        delayCapture: false,
        sendReceived: 0,
        sendAccepted: 0,
      };
      ledger.add(payment);
      expire(payment.token, ['CREATED'], now + orderLifeMs);
      return payment;
    },

    submit(payment, submission) {
      const now = clock.now();
      const dueDate = 'dueDate' in submission ? submission.dueDate : null;
      const card = 'card' in submission ? submission.card : null;
      const slipEnd = dueDate === null ? null : endOf(dueDate);
      const expiresAt = submission.method === 'PIX' ? now + pixLifeMs : slipEnd;
      const submitted = move(payment.token, 'PROCESSING', {
        method: submission.method,
        expiresAt,
        dueDate,
        cardLast4: card?.last4 ?? null,
        delayCapture: card?.delayCapture ?? false,
        sendAccepted: payment.sendAccepted + 1,
      });
      clock.after(outcomeDelayMs, () => decide(payment.token));
      if (expiresAt !== null) expire(payment.token, ['PROCESSING'], expiresAt);
      return submitted ?? payment;
    },

    move,
  };
}

/** What a new status brings with it, unless the caller says otherwise. */
function consequences(payment: Payment, status: Status, now: number): Partial<Payment> {
  const { totals } = payment.order;
  const received = payment.amountReceived || totals.customerAmount;
  switch (status) {
    case 'PAID':
      return { amountReceived: received, confirmedAt: now, errorCode: null, cancellation: null };
    case 'DECLINED':
      return { errorCode: declineCode(totals.originalAmount) };
    case 'ERROR':
      return { errorCode: '00.03.0007' };
    case 'CANCELED':
      return { cancellation: canceledByAcquirer };
    case 'PARTIALLY_REFUNDED':
      return { amountReceived: received, refundedAmount: payment.refundedAmount || Math.floor(received / 2) };
    case 'REFUNDED':
    case 'DISPUTE_REFUNDED':
    case 'POST_REFUND_DISPUTE':
      return { amountReceived: received, refundedAmount: received };
    case 'DISPUTE':
    case 'DISPUTE_FINAL':
    case 'DISPUTE_RECOVERED':
      return { amountReceived: received };
    default:
      return {};
  }
}
