/**
 * What the PSP says about an attempt becomes what we know about it. Pure, as checkout.ts.
 *
 * Owns: which word is older than what is known, and what a report leaves as it was.
 * Does not own: what a status means (attempt.ts), when a report ends a doubt (read-attempts.ts).
 */
import type { Instrument } from '../contract/checkout.ts';
import { endedUnpaid, isPaid, mayBePaidYet, moneyArrived, unpaid } from './attempt.ts';
import { findAttempt, newestAttempt, withAttempt } from './checkout.ts';
import type { Attempt, AttemptReport, CheckoutRecord } from './checkout-record.ts';

/** What the PSP said about an attempt becomes what we know about it. */
export function recordReport(record: CheckoutRecord, token: string, report: AttemptReport): CheckoutRecord {
  const known = findAttempt(record, token);
  if (known && isOlderWord(known, report)) return record;
  // Nobody waits for an attempt that failed and was left: only what may be somebody’s payment would be news.
  const wasLeft = known !== newestAttempt(record);
  const mayTellOfPayment = !unpaid.has(report.status) && !endedUnpaid.has(report.status);
  if (known && wasLeft && mayBePaidYet(known) && !mayTellOfPayment) return record;
  const noted = withAttempt(record, token, ({ amountsUnreadable: _before, ...attempt }) => ({
    ...attempt,
    phase: 'sent',
    status: report.status,
    // The PSP’s word first: of two submissions it may have taken the one that we had given up.
    method: report.method ?? attempt.method ?? attempt.oneStep?.method ?? null,
    instrument: withEnd(report.instrument ?? attempt.instrument, report),
    ...linkLost(attempt, report, token === newestAttempt(record).token),
    decline: report.decline === undefined ? attempt.decline : report.decline,
    ...(report.mayBePaidYet !== undefined && { mayBePaidYet: report.mayBePaidYet }),
    ...wasPaid(attempt, report),
    ...amountsOf(attempt, report),
    inDoubtSince: null,
  }));
  const claims = Object.entries(noted.claims).map(([key, claim]) =>
    claim.attempt === token && (claim.ending === 'pending' || claim.ending === 'given_up')
      ? ([key, { ...claim, ending: 'answered' }] as const)
      : ([key, claim] as const),
  );
  return { ...noted, claims: Object.fromEntries(claims) };
}

/**
 * An older answer that overtook a newer one does not undo the PSP’s word on money that came in, nor that on its
 * cancellation.
 */
function isOlderWord(known: Attempt, report: AttemptReport): boolean {
  if (!isPaid(known)) return false;
  if (report.status === 'CANCELED' && report.mayUndoPaid === true)
    return known.status !== 'PAID' && known.status !== 'CANCELED';
  return !moneyArrived.has(report.status) || (known.status === 'CANCELED' && report.status === 'PAID');
}

/**
 * What an answer names is believed, and what it leaves out is kept. Beside an amount that cannot be read an older one would
 * be told as if the PSP had said it now; what was given back never becomes less.
 */
function amountsOf(attempt: Pick<Attempt, 'amountReceived' | 'refundedAmount'>, report: AttemptReport) {
  const { amountsUnreadable } = report;
  return {
    amountReceived: report.amountReceived ?? (amountsUnreadable ? null : attempt.amountReceived),
    refundedAmount: report.refundedAmount ?? attempt.refundedAmount,
    ...(amountsUnreadable && { amountsUnreadable }),
  };
}

/** A canceled payment of which an amount is told had been paid, though nobody saw it. */
function wasPaid(attempt: Attempt, { status, mayUndoPaid, amountReceived = 0 }: AttemptReport) {
  const isUndone = status === 'CANCELED' && mayUndoPaid === true;
  return isUndone && (isPaid(attempt) || amountReceived > 0) ? { wasPaid: true } : {};
}

/** A link that turns up after its attempt was left is shown to nobody, so that attempt stays left. */
function linkLost(attempt: Attempt, report: AttemptReport, isNewest: boolean): { linkLost?: boolean } {
  if ((attempt.linkLost ?? report.linkLost) === undefined) return {};
  const isLost = (report.instrument ?? attempt.instrument) === null && report.linkLost === true;
  return { linkLost: isLost || (!isNewest && attempt.linkLost === true) };
}

/** LetPay’s answer to `sendPayment` has no end for a Pix code and none for Paycash; its status answer does. */
function withEnd(instrument: Instrument | null, { expiresAt, dueDate }: AttemptReport): Instrument | null {
  if (instrument?.method === 'PIX') return { ...instrument, expires_at: expiresAt ?? instrument.expires_at };
  if (instrument?.method === 'PAYCASH')
    return { ...instrument, due_date: instrument.due_date ?? dueDate ?? null };
  return instrument;
}
