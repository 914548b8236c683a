/** Reads the body of `POST /payment/{payment_token}/sendPayment` for the five methods of the account. */
import { z } from 'zod';
import { type Card, readCard } from './card-fields.ts';
import { dateAt, dayMs } from './dates.ts';
import { date, invalidFields } from './order-fields.ts';
import type { Method } from './payment.ts';
import { fieldProblem, forbidden, type Result } from './refusal.ts';

export type Submission =
  | { readonly method: 'CREDITCARD' | 'DEBITCARD'; readonly card: Card }
  | { readonly method: 'PIX' }
  | { readonly method: 'PAYCASH'; readonly dueDate: string }
  | { readonly method: 'BOLETO'; readonly dueDate: string; readonly instructions: readonly string[] };

const defaultDays = 5;
const known: readonly Method[] = ['CREDITCARD', 'DEBITCARD', 'BOLETO', 'PIX', 'PAYCASH'];

const methodBody = z.object({ method: z.string('must not be null') });

const slipBody = z.object({
  expiration_date: date.nullish(),
  /** The classic name of the same field. */
  boleto_expiration_date: date.nullish(),
  boleto_line1: z.string().nullish(),
  boleto_line2: z.string().nullish(),
  boleto_line3: z.string().nullish(),
});

/** @param offered the methods of the order. @param now milliseconds since 1970. */
export function readSubmission(body: unknown, offered: readonly Method[], now: number): Result<Submission> {
  const parsed = methodBody.safeParse(body);
  if (!parsed.success) return { refusal: invalidFields(parsed.error) };
  const method = known.find(word => word === parsed.data.method);
  if (method === undefined) return { refusal: forbidden('00.04.0007', 'Invalid payment method') };
  if (!offered.includes(method)) {
    return { refusal: forbidden('00.01.0023', 'The payment method is not allowed for this contract') };
  }
  switch (method) {
    case 'CREDITCARD':
    case 'DEBITCARD': {
      const card = readCard(body, method, now);
      if (card.refusal) return card;
      const authentication = readAuthentication(body);
      if (authentication.refusal) return authentication;
      if (method === 'DEBITCARD' && authentication.value === null) {
        return { refusal: forbidden('00.04.0008', 'Debit cards need 3DS 2.0 authentication') };
      }
      return { value: { method, card: card.value } };
    }
    case 'PIX':
      return { value: { method } };
    case 'PAYCASH':
    case 'BOLETO': {
      const slip = slipBody.safeParse(body);
      if (!slip.success) return { refusal: invalidFields(slip.error) };
      const { boleto_line1, boleto_line2, boleto_line3, ...dates } = slip.data;
      const dueDate = readDueDate(dates.expiration_date ?? dates.boleto_expiration_date, now);
      if (dueDate.refusal) return dueDate;
      if (method === 'PAYCASH') return { value: { method, dueDate: dueDate.value } };
      const instructions = [boleto_line1, boleto_line2, boleto_line3].filter(
        line => typeof line === 'string',
      );
      return { value: { method, dueDate: dueDate.value, instructions } };
    }
  }
}

/** The date asked for, which may not be past, or the fifth day from today. */
export function readDueDate(
  asked: string | null | undefined,
  now: number,
  field = 'expiration_date',
): Result<string> {
  if (asked === null || asked === undefined) return { value: dateAt(now + defaultDays * dayMs) };
  if (asked >= dateAt(now)) return { value: asked };
  const problem = fieldProblem(field, 'must be a date in the present or in the future');
  return { refusal: { kind: 'invalid', problems: [problem] } };
}

const required = z.string('must not be blank').min(1, 'must not be blank');

/** “Process external 3DS payment”: all five are required. */
const authenticationBody = z.object({
  authentication: z
    .object({ cavv: required, xid: required, eci: required, version: required, dstrans_id: required })
    .nullish(),
});

/** Visa’s and Mastercard’s words for a check that failed; that LetPay looks at them is inferred from its code 00.04.0020. */
const failedChecks = ['07', '00'];

function readAuthentication(body: unknown): Result<{ readonly eci: string } | null> {
  const parsed = authenticationBody.safeParse(body);
  if (!parsed.success) return { refusal: invalidFields(parsed.error) };
  const { authentication = null } = parsed.data;
  return authentication && failedChecks.includes(authentication.eci)
    ? { refusal: forbidden('00.04.0020', '3DS authentication failed') }
    : { value: authentication };
}
