/**
 * Reads the body of `POST /payment` ("Create Payment Order", and the classic document's older list). Fields that the
 * documents do not know are let through. Both documents' bodies are taken in both dialects: what only the classic one
 * requires (date of birth, phones) is optional, what only the current one requires has a default in the classic one.
 */
import { z } from 'zod';
import { type Contract, contracts } from './account.ts';
import { assets, type Country, countryOf, fitsPaycash } from './countries.ts';
import { isDate } from './dates.ts';
import { asText, parseAmount } from './money.ts';
import type { Method, Order } from './payment.ts';
import { fieldProblem, forbidden, type Problem, type Refusal, type Result } from './refusal.ts';
import { isBrazilianTaxId, normalTaxId } from './tax-id.ts';
import { type Totals, totalsOf } from './totals.ts';

export interface OrderRules {
  /** Least amount in minor units of BRL. */
  readonly minimum: number;
  readonly paymentCountryRequired: boolean;
  /** The account's own switch: debit cards need a special contract. */
  readonly debitCards: boolean;
}

/** A boleto has room for ten digits. */
const maximum = 99_999_999_99;

const notNull = 'must not be null';
const notBlank = 'must not be blank';

/** Required text of at most `max` characters. */
export const text = (max = 255) =>
  z.string(notNull).trim().min(1, notBlank).max(max, `size must be between 1 and ${max}`);

export const email = text(120).regex(/^\S+@\S+\.\S+$/, 'must be a well-formed email address');
export const url = z.url({ protocol: /^https?$/, error: 'must be a valid URL' });
export const date = z.string().refine(isDate, 'must be a date in the format YYYY-MM-DD');
export const country = text(2).regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code');
export const currency = text(3).regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code');
export const extraData = z.record(z.string(), z.unknown(), 'must be a JSON object');

/** A number or numeric text in major units, read as integer minor units. */
export const amount = z.unknown().transform((value, context) => {
  const minor = parseAmount(value);
  if (minor !== null && minor > 0 && minor <= maximum) return minor;
  const message =
    value === undefined || value === null
      ? notNull
      : minor === null && /^\d+\.\d{3,}$/.test(String(value))
        ? 'Value must have a maximum of two decimal places.'
        : minor === null
          ? 'must be a number'
          : `must be between 0.01 and ${asText(maximum)}`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const numberOrDigits = z.union([z.number().int(), z.string().regex(/^\d+$/)], 'must be an integer');
const upTo2Digits = numberOrDigits.refine(value => String(value).length <= 2, 'size must be between 0 and 2');
const looseText = z.union([z.string(), z.number()]).nullish();

/** Each may be left out with `disable_address`. */
const addressFields = [
  'address_main',
  'address_number',
  'address_locality',
  'address_city',
  'address_state',
  'address_country',
  'address_zipcode',
] as const;
const paymentFields = ['payment_country', 'payment_currency'] as const;

/** The payer and the address, as orders and stored persons have them. */
export const person = z.object({
  person_firstname: text(),
  person_surname: text(),
  person_taxid: text(30),
  person_email: email,
  person_birth: date.nullish(),
  address_main: looseText,
  address_number: looseText,
  address_additional: z.string().nullish(),
  address_locality: looseText,
  address_city: looseText,
  address_state: looseText,
  address_country: country.nullish(),
  address_zipcode: looseText,
  address_phone_area: upTo2Digits.nullish(),
  address_phone_country: upTo2Digits.nullish(),
  address_phone: numberOrDigits.nullish(),
  disable_address: z.boolean('must be a boolean').nullish(),
});

const order = z.object({
  amount,
  asset: currency,
  reference_id: text(45),
  contract_id: text(),
  ...person.shape,
  notification_url: url.nullish(),
  extra_data: extraData.nullish(),
  soft_descriptor: z.string().nullish(),
  ip_address: z.union([z.ipv4(), z.ipv6()], 'must be an IP address').nullish(),
  payment_country: country.nullish(),
  payment_currency: currency.nullish(),
});

const looseObject = z.record(z.string(), z.unknown()).catch({});

function missingFields(body: unknown, required: readonly string[]): readonly Problem[] {
  const object = looseObject.parse(body);
  return required.flatMap(field => {
    const value = object[field];
    if (value === undefined || value === null) return fieldProblem(field, notNull);
    return value === '' ? fieldProblem(field, notBlank) : [];
  });
}

/** What of the address is missing, unless the body switches the address off. */
export const missingAddress = (body: unknown): readonly Problem[] =>
  looseObject.parse(body).disable_address === true ? [] : missingFields(body, addressFields);

export function readOrder(body: unknown, rules: OrderRules): Result<Order> {
  const missing = [
    ...missingAddress(body),
    ...missingFields(body, rules.paymentCountryRequired ? paymentFields : []),
  ];
  const parsed = order.safeParse(looseObject.parse(body));
  const problems = parsed.success ? missing : [...fieldProblems(parsed.error), ...missing];
  if (!parsed.success || problems.length > 0) return { refusal: { kind: 'invalid', problems } };

  const fields = parsed.data;
  const place = findPlace(
    fields.contract_id,
    fields.payment_country ?? fields.address_country ?? 'BR',
    fields.payment_currency,
  );
  if (place.refusal) return place;
  const { contract, country: where } = place.value;
  const taxId = normalTaxId(fields.person_taxid);
  if (where.code === 'BR' && !isBrazilianTaxId(taxId)) {
    return { refusal: { kind: 'invalid_tax_id', field: 'person_taxid' } };
  }
  const totals = priceIn(fields.amount, fields.asset, where);
  if (totals.refusal) return totals;
  if (where.code === 'BR' && totals.value.amount < rules.minimum) {
    const complaint = `must be greater than or equal to ${asText(rules.minimum)}`;
    return { refusal: { kind: 'invalid', problems: [fieldProblem('amount', complaint)] } };
  }
  const methods = methodsFor(contract, where, totals.value, rules.debitCards);
  const fits = methods.length > 0 || contract.oneStepOnly !== undefined;
  if (!fits) return { refusal: outOfRange(where) };

  return {
    value: {
      referenceId: fields.reference_id,
      contractId: contract.id,
      country: where.code,
      totals: totals.value,
      methods,
      payer: {
        firstName: fields.person_firstname,
        surname: fields.person_surname,
        email: fields.person_email,
        taxId,
      },
      notificationUrl: fields.notification_url ?? null,
      extraData: fields.extra_data ?? null,
    },
  };
}

/** One entry per field, the first complaint of each, with the field's path in the body. */
function fieldProblems(error: z.ZodError): readonly Problem[] {
  const complaints = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = path.join('.');
    if (!complaints.has(field)) complaints.set(field, message);
  }
  return [...complaints].map(([field, complaint]) => fieldProblem(field, complaint));
}

export const invalidFields = (error: z.ZodError): Refusal => ({
  kind: 'invalid',
  problems: fieldProblems(error),
});

/** The contract and the country of a payment, checked against each other. */
export function findPlace(
  contractId: string,
  countryCode: string,
  currencyCode: string | null | undefined,
): Result<{ contract: Contract; country: Country }> {
  const contract = contracts.find(({ id }) => id === contractId);
  if (contract === undefined || contract.type !== 'PAYIN') {
    return { refusal: { kind: 'contract_not_found', contractId } };
  }
  if (!contract.active) return { refusal: forbidden('00.01.0027', 'Inactive contract') };
  const found = countryOf(countryCode);
  if (found === undefined) return { refusal: forbidden('00.01.0022', 'Invalid country') };
  if ((currencyCode ?? found.currency) !== found.currency) {
    return { refusal: forbidden('00.01.0045', 'The currency does not belong to the payment country') };
  }
  return { value: { contract, country: found } };
}

export function priceIn(minor: number, asset: string, where: Country): Result<Totals> {
  if (!assets.has(asset)) return { refusal: forbidden('00.01.0007', 'Invalid asset') };
  const totals = totalsOf(minor, asset, where.currency);
  return totals ? { value: totals } : { refusal: forbidden('00.01.0029', 'Asset not found in contract') };
}

export const outOfRange = ({ paycash, currency: unit }: Country): Refusal =>
  forbidden(
    '00.01.0042',
    `amount: size must be between ${asText(paycash?.min ?? 0)} and ${asText(paycash?.max ?? 0)} ${unit}`,
  );

function methodsFor(
  contract: Contract,
  where: Country,
  totals: Totals,
  debitCards: boolean,
): readonly Method[] {
  return where.methods.filter(method => {
    if (contract.oneStepOnly?.includes(method)) return false;
    if (method === 'DEBITCARD') return debitCards && contract.methods.includes('CREDITCARD');
    if (method === 'PAYCASH' && !fitsPaycash(where, totals.customerAmount)) return false;
    return contract.methods.includes(method);
  });
}
