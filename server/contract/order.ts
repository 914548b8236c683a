/**
 * What the merchant’s backend sends to create an order: LetPay’s create-payment-order fields
 * (seeds/letpay-create-payment-order) and our extras (product.md section 2.1). Rules about the payer that only the PSP
 * can judge (tax id, address, contract) are left to it: it answers 400 or 422 and we pass the fields on.
 */
import { z } from 'zod';
import { amount, amountFitsAsset } from './amount.ts';
import { methods } from './checkout.ts';
import { personName } from './person-name.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const country = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code');
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code');
/** LetPay writes these as int in one place and as string in another (facts section 10, row 32): both are taken. */
const digitsOrText = z.union([z.number().int(), text(20)]);

/** Without control characters, which URL parsers drop: the text would read otherwise than the address that it leads to. */
const url = z
  .string()
  .trim()
  .regex(/^[^\p{Cc} ]*$/u, { error: 'must not hold blanks or control characters', abort: true })
  .pipe(z.url({ abort: true }));

/**
 * A page to come back to: https, or http on this machine while developing. Without user name and password, because
 * `https://bank.example@evil.example/` looks like the bank’s.
 */
const returnUrl = url.refine(value => {
  const { hostname, protocol, username, password } = new URL(value);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return username + password === '' && (protocol === 'https:' || (protocol === 'http:' && loopback));
}, 'must be https, without user name and password');

/** The fields alone, for other requests to pick from. */
export const orderFields = z.object({
  amount,
  asset: currency,
  reference_id: text(45),
  contract_id: text(100).optional(),
  notification_url: url.optional(),
  person_firstname: personName(100),
  person_surname: personName(100),
  person_taxid: text(30),
  person_email: text(200),
  person_birth: z.iso.date().optional(),
  address_main: text(200).optional(),
  address_number: digitsOrText.optional(),
  address_additional: z.string().max(200).optional(),
  address_locality: text(100).optional(),
  address_city: text(100).optional(),
  address_state: text(100).optional(),
  address_country: country.optional(),
  address_zipcode: text(20).optional(),
  address_phone_area: digitsOrText.optional(),
  address_phone_country: digitsOrText.optional(),
  address_phone: text(30).optional(),
  disable_address: z.boolean().optional(),
  extra_data: z.record(z.string(), z.json()).optional(),
  soft_descriptor: text(50).optional(),
  ip_address: z.union([z.ipv4(), z.ipv6()]).optional(),
  /** Default: the order’s `asset`. */
  payment_currency: currency.optional(),
  /** Default: the payer’s country, else Brazil. */
  payment_country: country.optional(),

  /** Which methods to offer, in this order. Default: all that the PSP offers, in its order. */
  methods: z.array(z.enum(methods)).min(1).optional(),
  /** Offers the saved cards of this person, and of nobody else. */
  public_person_id: text(100).optional(),
  return_url: returnUrl.optional(),
  /** Hold a card’s money now and take it by a capture within five days (LetPay “Pre-authorization”). */
  delay_capture: z.boolean().optional(),
  /** Lets the shopper store the card for the next purchase. */
  offer_save_card: z.boolean().optional(),
  gateway: z.enum(['letpay', 'letsia', 'lesspay']).optional(),
});

export const orderRequest = orderFields.superRefine(amountFitsAsset);

export type OrderRequest = z.infer<typeof orderRequest>;
