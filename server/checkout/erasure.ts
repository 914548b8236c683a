/**
 * What of a checkout is kept no longer than somebody needs it: the payer’s data, and what was made of it. Pure; every write
 * goes through it (erasing-store.ts), and what older versions kept goes too (tidy.ts).
 */
import type { Instrument } from '../contract/checkout.ts';
import { isPayable } from './attempt.ts';
import { isCheckoutPaid, shownAttempt } from './checkout.ts';
import type { Attempt, ChargeTerms, CheckoutRecord } from './checkout-record.ts';

/** No attempt follows on an order older than this; then nobody needs the payer’s data any more. */
const orderKeptForMs = 30 * 24 * 60 * 60_000;

/** When the payer’s data is to be erased, in ms; null when it is not there. */
export function erasureDueAt(record: CheckoutRecord): number | null {
  const isThere = record.order !== null || record.attempts.some(holdsPage);
  return isThere ? record.createdAt + orderKeptForMs : null;
}

/**
 * The same record when there is nothing to erase. `keyedFingerprint` makes one of a plain hash, as older versions kept them
 * (fingerprint.ts).
 */
export function withoutUnneeded(
  record: CheckoutRecord,
  now: number,
  keyedFingerprint: (kept: string) => string,
): CheckoutRecord {
  const isOld = now >= record.createdAt + orderKeptForMs;
  const erasers = [
    (was: CheckoutRecord) => (isOld || isCheckoutPaid(was) ? withoutOrder(was) : was),
    (was: CheckoutRecord) => withoutPages(was, isOld),
    withoutChargeSecrets,
    (was: CheckoutRecord) => withKeyedFingerprints(was, keyedFingerprint),
  ];
  return erasers.reduce((was, erase) => erase(was), record);
}

function withoutOrder(record: CheckoutRecord): CheckoutRecord {
  return record.order === null ? record : { ...record, order: null };
}

/**
 * The pages and pictures of a code are for who pays it now: a boleto’s page holds the payer’s name and tax id. Of a code
 * that ended, was paid or was left, only the code, the amount and the date stay, for whoever asks what was paid.
 */
function withoutPages(record: CheckoutRecord, isOld: boolean): CheckoutRecord {
  const shown = shownAttempt(record);
  const isNeeded = (attempt: Attempt) => !isOld && attempt === shown && isPayable(attempt);
  const isSpent = (attempt: Attempt) => holdsPage(attempt) && !isNeeded(attempt);
  if (!record.attempts.some(isSpent)) return record;
  const [first, ...rest] = record.attempts;
  const erased = (attempt: Attempt) => (isSpent(attempt) ? withoutPage(attempt) : attempt);
  return { ...record, attempts: [erased(first), ...rest.map(erased)] };
}

/** Fields of an instrument that hold a page, a picture or a link to one. */
const pageFields = ['html', 'qr_code_png', 'barcode_png', 'instructions_link'] as const;

function pagesOf(instrument: Instrument): (typeof pageFields)[number][] {
  const fields: Partial<Record<string, unknown>> = instrument;
  return pageFields.filter(name => (fields[name] ?? null) !== null);
}

function holdsPage({ instrument }: Attempt): boolean {
  return instrument !== null && pagesOf(instrument).length > 0;
}

function withoutPage(attempt: Attempt): Attempt {
  const { instrument } = attempt;
  if (instrument === null) return attempt;
  const erased = Object.fromEntries(pagesOf(instrument).map(name => [name, null]));
  return { ...attempt, instrument: { ...instrument, ...erased } };
}

/** Versions before 0.2.0 kept the whole request of a charge, with what 3-D Secure had brought. */
function withoutChargeSecrets(record: CheckoutRecord): CheckoutRecord {
  const { tokenPayment } = record;
  if (tokenPayment === undefined) return record;
  const terms = chargeTerms(tokenPayment);
  const isMore = Object.keys(tokenPayment).some(name => !Object.hasOwn(terms, name));
  return isMore ? { ...record, tokenPayment: terms } : record;
}

/** What is needed to recognize a charge; all else of its request goes to the one send. */
export function chargeTerms(charge: ChargeTerms): ChargeTerms {
  const { amount, asset, payment_currency, public_person_id, public_card_id } = charge;
  return { amount, asset, payment_currency, public_person_id, public_card_id };
}

function withKeyedFingerprints(record: CheckoutRecord, keyed: (kept: string) => string): CheckoutRecord {
  const { claims, refunds = [] } = record;
  const isPlain = ({ fingerprint }: { readonly fingerprint: string }) => keyed(fingerprint) !== fingerprint;
  const withKeyed = <T extends { readonly fingerprint: string }>(kept: T): T => ({
    ...kept,
    fingerprint: keyed(kept.fingerprint),
  });
  if (!Object.values(claims).some(isPlain) && !refunds.some(isPlain)) return record;
  const keyedClaims = Object.entries(claims).map(([key, claim]) => [key, withKeyed(claim)] as const);
  return {
    ...record,
    claims: Object.fromEntries(keyedClaims),
    ...(record.refunds && { refunds: record.refunds.map(withKeyed) }),
  };
}
