/** Reads the bodies of the token calls ("Token Payments"): a person with a card, a quote, a payment by stored card. */
import { z } from 'zod';
import { type Card, readCard } from './card-fields.ts';
import {
  amount,
  country,
  currency,
  date,
  extraData,
  findPlace,
  invalidFields,
  missingAddress,
  person,
  priceIn,
  text,
  url,
} from './order-fields.ts';
import type { Order, Payer } from './payment.ts';
import type { Result } from './refusal.ts';
import type { SavedCard, SavedCards } from './saved-cards.ts';
import { isBrazilianTaxId, normalTaxId } from './tax-id.ts';
import type { Totals } from './totals.ts';

const personBody = person.extend({
  contract_id: text(),
  person_birth: z.string('must not be null').pipe(date),
});

export function readPersonWithCard(body: unknown, now: number): Result<{ payer: Payer; card: Card }> {
  const parsed = personBody.safeParse(body);
  if (!parsed.success) return { refusal: invalidFields(parsed.error) };
  const problems = missingAddress(body);
  if (problems.length > 0) return { refusal: { kind: 'invalid', problems } };
  const fields = parsed.data;
  const where = fields.address_country ?? 'BR';
  const place = findPlace(fields.contract_id, where, null);
  if (place.refusal) return place;
  const taxId = normalTaxId(fields.person_taxid);
  if (where === 'BR' && !isBrazilianTaxId(taxId)) {
    return { refusal: { kind: 'invalid_tax_id', field: 'person_taxid' } };
  }
  const card = readCard(body, 'CREDITCARD', now);
  if (card.refusal) return card;
  const { person_firstname: firstName, person_surname: surname, person_email: email } = fields;
  return { value: { payer: { firstName, surname, email, taxId }, card: card.value } };
}

const quoteBody = z.object({ amount, asset: currency, contract_id: text(), public_person_id: text() });

export function readQuote(body: unknown, saved: SavedCards): Result<Totals> {
  const parsed = quoteBody.safeParse(body);
  if (!parsed.success) return { refusal: invalidFields(parsed.error) };
  const { amount: minor, asset, contract_id, public_person_id } = parsed.data;
  if (!saved.knowsPerson(public_person_id)) return personNotFound(public_person_id);
  const place = findPlace(contract_id, 'BR', null);
  return place.refusal ? place : priceIn(minor, asset, place.value.country);
}

const chargeBody = quoteBody.extend({
  public_card_id: text(),
  reference_id: text(45),
  method: z.enum(['CREDITCARD', 'DEBITCARD']).nullish(),
  card_installments: z.number().int().min(0).max(12).nullish(),
  delay_capture: z.boolean().nullish(),
  payment_country: country.nullish(),
  payment_currency: currency.nullish(),
  notification_url: url.nullish(),
  extra_data: extraData.nullish(),
});

export interface Charge {
  readonly order: Order;
  readonly savedCard: SavedCard;
  readonly card: Card;
}

export function readCharge(body: unknown, saved: SavedCards): Result<Charge> {
  const parsed = chargeBody.safeParse(body);
  if (!parsed.success) return { refusal: invalidFields(parsed.error) };
  const fields = parsed.data;
  const savedCard = saved.card(fields.public_card_id);
  if (!saved.knowsPerson(fields.public_person_id)) return personNotFound(fields.public_person_id);
  if (savedCard?.personId !== fields.public_person_id) return cardNotFound(fields.public_card_id);
  const place = findPlace(fields.contract_id, fields.payment_country ?? 'BR', fields.payment_currency);
  if (place.refusal) return place;
  const totals = priceIn(fields.amount, fields.asset, place.value.country);
  if (totals.refusal) return totals;
  return {
    value: {
      savedCard,
      card: {
        last4: savedCard.last4,
        installments: Math.max(fields.card_installments ?? 1, 1),
        delayCapture: fields.delay_capture === true,
        saveCard: false,
      },
      order: {
        referenceId: fields.reference_id,
        contractId: place.value.contract.id,
        country: place.value.country.code,
        totals: totals.value,
        methods: ['CREDITCARD'],
        payer: savedCard.payer,
        notificationUrl: fields.notification_url ?? null,
        extraData: fields.extra_data ?? null,
      },
    },
  };
}

export const personNotFound = (id: string) => ({
  refusal: { kind: 'stored_not_found', what: 'Person', id } as const,
});

export const cardNotFound = (id: string) => ({
  refusal: { kind: 'stored_not_found', what: 'Card', id } as const,
});
