/**
 * 3-D Secure by a provider of the merchant’s: asked with the card before anything is sent, because LetPay takes a debit card
 * only with what such a check brought (`00.04.0008`). The tag loads no such provider itself: it would be a script of
 * somebody else’s beside the card number, which is the merchant’s decision.
 */
import type { Checkout } from '../../server/contract/checkout.ts';
import type {
  CardAuthentication,
  DebitCardSubmission,
  NewCardSubmission,
  Submission,
} from '../../server/contract/submission.ts';
import { toMinor } from '../i18n/money.ts';
import type { Environment } from './environment.ts';

/** A debit card as its form knows it. */
export type DebitCardEntry = Omit<DebitCardSubmission, 'authentication'>;
/** What a form hands over: a debit card is not authenticated yet. */
export type FormSubmission = Submission | DebitCardEntry;

/** What a provider is told. The security code is no part of a 3-D Secure check. */
export interface CardAuthenticationRequest
  extends Pick<NewCardSubmission, 'card_number' | 'card_holder' | 'card_month' | 'card_year'> {
  readonly method: 'CREDITCARD' | 'DEBITCARD';
  /** 1 for a debit card. */
  readonly card_installments: number;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  readonly reference_id: string;
}

/**
 * Resolves with what the check brought, or with null when there is none: then a credit card is sent without, and a debit
 * card not at all. A rejection stops both. Nothing is sent while it waits.
 */
export type AuthenticateCard = (
  request: CardAuthenticationRequest,
) => Promise<CardAuthentication | null | undefined>;

/** Longer than a bank gives its customer to confirm. */
const patienceMs = 10 * 60_000;

/** The bank did not confirm the card, or could not be asked. Nothing was sent. */
export class NotAuthenticatedError extends Error {}

/** What is to be sent. Throws a NotAuthenticatedError. */
export async function authenticated(
  body: FormSubmission,
  { reference_id, totals, installments }: Checkout,
  authenticate: AuthenticateCard,
  clock: Environment['clock'],
): Promise<Submission> {
  if (!('card_number' in body)) return body;
  const { method, card_number, card_holder, card_month, card_year } = body;
  const card_installments = body.method === 'DEBITCARD' ? 1 : body.card_installments;
  const plan = installments.find(row => card_installments > 1 && row.installments === card_installments);
  const request = totals && {
    method,
    card_number,
    card_holder,
    card_month,
    card_year,
    card_installments,
    amount: toMinor(plan?.total ?? totals.customer_amount, totals.asset),
    currency: totals.asset,
    reference_id,
  };
  const authentication = request && (await inTime(async () => authenticate(request), clock));
  if (authentication) return { ...body, authentication: picked(authentication) };
  if (body.method === 'DEBITCARD') throw new NotAuthenticatedError();
  return body;
}

/** Providers answer with more than LetPay knows. */
function picked({ cavv, xid, eci, version, dstrans_id }: CardAuthentication): CardAuthentication {
  return { cavv, xid, eci, version, dstrans_id };
}

async function inTime<T>(ask: () => Promise<T>, clock: Environment['clock']): Promise<T> {
  let timer: unknown;
  const over = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(reject as () => void, patienceMs);
  });
  try {
    return await Promise.race([ask(), over]);
  } catch {
    throw new NotAuthenticatedError();
  } finally {
    clock.clearTimeout(timer);
  }
}
