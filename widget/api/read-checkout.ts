/**
 * unknown → Checkout, the whole of it. Loaded with what follows a submission. Agrees with server/contract/checkout.ts like
 * `read.ts`: an unknown reason is `unknown`, an unknown action `other_card`, an unknown instrument none.
 */
import type { Checkout, DeclineAction, DeclineReason, Instrument } from '../../server/contract/checkout.ts';
import { hasOwn } from '../has-own.ts';
import { UnreadableError } from './errors.ts';
import { check, count, isTime, money, nullable, type Read, record, text, time, word } from './json-reader.ts';
import { method, type Outcome, readOffer } from './read.ts';

const reasons =
  'insufficient_funds invalid_card_data invalid_security_code expired_card blocked_card call_issuer not_permitted limit_exceeded suspected_fraud invalid_payer processing_error unknown';
const actions = 'fix_data call_bank other_card fewer_installments pay_by_pix';

const someText = check<string>(value => typeof value === 'string' && value !== '');
const date = check<string>(value => isTime(`${value}T00:00:00.000Z`));

/** An absolute address whose beginning is `allowed`: what else would parse (`javascript:`) must never become a link. */
function url(allowed: RegExp): Read<string> {
  return (value, path) => {
    const address = text(value, path).trim();
    try {
      if (allowed.test(address) && new URL(address)) return address;
    } catch {
      // No address at all: refused below like one that is not allowed.
    }
    throw new UnreadableError(path);
  };
}

/** What each instrument has beside its method. */
const instruments: {
  readonly [M in Instrument['method']]: Read<Omit<Extract<Instrument, { method: M }>, 'method'>>;
} = {
  PIX: record({
    code: someText,
    amount: money,
    qr_code_png: nullable(text),
    expires_at: nullable(time),
  }),
  BOLETO: record({
    code: someText,
    amount: money,
    due_date: nullable(date),
    html: nullable(text),
  }),
  PAYCASH: record({
    barcode: someText,
    amount: money,
    due_date: nullable(date),
    barcode_png: nullable(text),
    instructions_link: nullable(url(/^https:/i)),
  }),
  REDIRECT: record({ url: url(/^https?:\/\//i), label: text }),
};

const named = record<{ method: string }>({ method: text });

function instrument(value: unknown, path: string): Instrument | null {
  if (value === null) return null;
  const { method: name } = named(value, path);
  if (!hasOwn(instruments, name)) return null;
  return { method: name, ...instruments[name](value, path) } as Instrument;
}

const outcome = record<Outcome>({
  instrument,
  decline: nullable(
    record({
      reason: word<DeclineReason, DeclineReason>(reasons, 'unknown'),
      action: word<DeclineAction, DeclineAction>(actions, 'other_card'),
      code: nullable(text),
    }),
  ),
  payment: nullable(
    record({
      // A method of a newer proxy could not be named on screen.
      method: (value, path) => method(value, path) ?? 'REDIRECT',
      installments: nullable(count),
      amount: nullable(money),
      total: nullable(money),
      brand: nullable(text),
      last4: nullable(text),
      at: nullable(time),
    }),
  ),
});

/** Throws an UnreadableError that names the first wrong path. */
export function readCheckout(value: unknown): Checkout {
  return { ...readOffer(value, ''), ...outcome(value, '') };
}
