/** Reads the body of `POST /paycash/simple` ("Paycash", Request Fields): order and payment in one call. */
import { z } from 'zod';
import { fitsPaycash } from './countries.ts';
import {
  amount,
  country,
  currency,
  date,
  email,
  extraData,
  findPlace,
  invalidFields,
  outOfRange,
  priceIn,
  text,
  url,
} from './order-fields.ts';
import type { Order } from './payment.ts';
import { forbidden, type Result } from './refusal.ts';
import { readDueDate } from './send-fields.ts';

const slip = z.object({ expiration_date: date.nullish() });

const paycashBody = z.object({
  contract_id: text(),
  reference_id: text(45),
  notification_url: z.string('must not be null').pipe(url),
  payment: z.object(
    {
      amount,
      asset: currency,
      currency,
      country,
      paycash: slip.nullish(),
      /** Every sample of the document sends this instead of `paycash`. */
      oxxo: slip.nullish(),
    },
    'must not be null',
  ),
  person: z.object({ full_name: text(), email }, 'must not be null'),
  extra_data: extraData.nullish(),
});

export interface PaycashOrder {
  readonly order: Order;
  /** `YYYY-MM-DD`. */
  readonly dueDate: string;
}

export function readPaycash(body: unknown, now: number): Result<PaycashOrder> {
  const parsed = paycashBody.safeParse(body);
  if (!parsed.success) return { refusal: invalidFields(parsed.error) };
  const { payment, person, ...fields } = parsed.data;

  const place = findPlace(fields.contract_id, payment.country, payment.currency);
  if (place.refusal) return place;
  const { country: where, contract } = place.value;
  if (!where.methods.includes('PAYCASH') || !contract.methods.includes('PAYCASH')) {
    return { refusal: forbidden('00.01.0035', 'The payment method is not available in this country') };
  }
  const totals = priceIn(payment.amount, payment.asset, where);
  if (totals.refusal) return totals;
  if (!fitsPaycash(where, totals.value.customerAmount)) return { refusal: outOfRange(where) };
  const asked = payment.paycash?.expiration_date ?? payment.oxxo?.expiration_date;
  const dueDate = readDueDate(asked, now, 'payment.paycash.expiration_date');
  if (dueDate.refusal) return dueDate;

  const [firstName = '', ...surname] = person.full_name.split(/\s+/);
  return {
    value: {
      dueDate: dueDate.value,
      order: {
        referenceId: fields.reference_id,
        contractId: contract.id,
        country: where.code,
        totals: totals.value,
        methods: ['PAYCASH'],
        payer: { firstName, surname: surname.join(' '), email: person.email, taxId: null },
        notificationUrl: fields.notification_url,
        extraData: fields.extra_data ?? null,
      },
    },
  };
}
