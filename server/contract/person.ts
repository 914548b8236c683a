/**
 * Stored persons and cards, quotes and charges of a stored card (product.md section 2.1; LetPay “Token Payments”). LetPay’s
 * own field names; rules about the payer that only the PSP can judge are left to it.
 */
import { z } from 'zod';
import { amount, amountFitsAsset } from './amount.ts';
import { checkout, savedCard } from './checkout.ts';
import { orderFields } from './order.ts';
import { newCardSubmission } from './submission.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const id = text(100);

/** A person and the first card, as `POST /token/person` takes them. */
export const personRequest = z.object({
  ...orderFields.pick({
    contract_id: true,
    notification_url: true,
    person_firstname: true,
    person_surname: true,
    person_taxid: true,
    person_email: true,
    person_birth: true,
    address_main: true,
    address_number: true,
    address_additional: true,
    address_locality: true,
    address_city: true,
    address_state: true,
    address_country: true,
    address_zipcode: true,
    address_phone_area: true,
    address_phone_country: true,
    address_phone: true,
    disable_address: true,
  }).shape,
  ...newCardSubmission.pick({
    card_number: true,
    card_holder: true,
    card_cvv: true,
    card_month: true,
    card_year: true,
  }).shape,
});

/** The PSP’s words, and UNKNOWN while it cannot be asked. */
export const cardStatuses = ['PENDING', 'ACTIVE', 'INACTIVE', 'UNKNOWN'] as const;

/** A person as the merchant sees it: of a card only what may be shown to its holder. */
export const person = z.object({
  public_person_id: z.string(),
  cards: z.array(savedCard.extend({ status: z.enum(cardStatuses) })),
});

/** `POST /token/quote`; the current dialect has no such call. */
export const quoteRequest = z
  .object({
    ...orderFields.pick({ asset: true, contract_id: true }).shape,
    amount,
    public_person_id: id,
  })
  .superRefine(amountFitsAsset);

/** What a stored card would be charged. */
export const quote = checkout.pick({ totals: true, customer_fees: true });

/** `POST /token`: a charge that the merchant makes without the shopper. */
export const tokenPaymentRequest = z
  .object({
    ...orderFields.pick({
      asset: true,
      reference_id: true,
      contract_id: true,
      notification_url: true,
      delay_capture: true,
      soft_descriptor: true,
      ip_address: true,
      payment_currency: true,
      payment_country: true,
      extra_data: true,
    }).shape,
    amount,
    public_person_id: id,
    public_card_id: id,
    method: z.enum(['CREDITCARD', 'DEBITCARD']).optional(),
    card_installments: z.coerce.number().int().min(0).max(99).default(1),
    /** As `authentication`: goes to the PSP once and is kept nowhere. */
    fraud_protection_token: z.string().min(32).max(128).optional(),
    /** What a 3-D Secure check of the merchant’s own brought. */
    authentication: z.record(z.string(), z.json()).optional(),
  })
  .superRefine(amountFitsAsset);

export type PersonRequest = z.infer<typeof personRequest>;
export type CardStatus = (typeof cardStatuses)[number];
export type PersonView = z.infer<typeof person>;
export type QuoteRequest = z.infer<typeof quoteRequest>;
export type TokenPaymentRequest = z.infer<typeof tokenPaymentRequest>;
