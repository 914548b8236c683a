/**
 * Every field of every request with a mark of its own, and where that mark may be found again. A field that the contract has
 * and this table has not fails the canary, so that whoever adds one says here where it may stand.
 */
import { z } from 'zod';
import { type SchemaName, schemas } from '../../server/openapi/component-schemas.ts';
import { operations } from '../../server/openapi/document.ts';

/**
 * `waiting`: the bytes of an unsealed store while money is awaited. `ended`: the same once every order is paid or old.
 * `sealed`: the bytes of a store with STORE_KEY. `answer`: what is answered with 2xx, and feeds. `webhook`: what is posted to
 * the merchant. In the log, in metrics and in answers of other statuses no mark may stand.
 */
export const places = ['waiting', 'ended', 'sealed', 'answer', 'webhook'] as const;
export type Place = (typeof places)[number];

export interface Field {
  readonly value: unknown;
  /** The text to look for; null where the value says nothing by itself. */
  readonly mark: string | null;
  readonly places: readonly Place[];
}

/** Its mark stands in exactly these places. */
function marked(value: string, ...stands: readonly Place[]): Field {
  return { value, mark: value, places: stands };
}

/** One of few values, an amount of money, an id that the PSP made, or what another test looks for in more forms. */
function unmarked(value: unknown): Field {
  return { value, mark: null, places: [] };
}

const contract = unmarked('4239d673-b23e-42a1-81bd-87d0984fb173');
/** card-data-canary.test.ts looks for it in every form. */
const cardNumber = unmarked('4539620659922097');

export const fields: Readonly<Record<string, Field>> = {
  'OrderRequest.amount': unmarked(123.45),
  'OrderRequest.asset': unmarked('BRL'),
  'OrderRequest.reference_id': marked('ORDER-REFERENCE', ...places),
  'OrderRequest.contract_id': contract,
  'OrderRequest.notification_url': marked('http://127.0.0.1:9/ORDER-NOTIFICATION', 'waiting'),
  // A boleto’s page, which the shopper is answered, holds the payer’s name and tax id.
  'OrderRequest.person_firstname': marked('ORDERFIRSTNAME', 'waiting', 'answer'),
  'OrderRequest.person_surname': marked('ORDERSURNAME', 'waiting', 'answer'),
  'OrderRequest.person_taxid': marked('39053344705', 'waiting', 'answer'),
  'OrderRequest.person_email': marked('order-mail@payer.example', 'waiting'),
  'OrderRequest.person_birth': marked('1971-03-17', 'waiting'),
  'OrderRequest.address_main': marked('ORDER-STREET', 'waiting'),
  'OrderRequest.address_number': marked('ORDER-NUMBER', 'waiting'),
  'OrderRequest.address_additional': marked('ORDER-ADDITIONAL', 'waiting'),
  'OrderRequest.address_locality': marked('ORDER-LOCALITY', 'waiting'),
  'OrderRequest.address_city': marked('ORDER-CITY', 'waiting'),
  'OrderRequest.address_state': marked('ORDER-STATE', 'waiting'),
  'OrderRequest.address_country': unmarked('BR'),
  'OrderRequest.address_zipcode': marked('ORDER-ZIPCODE', 'waiting'),
  'OrderRequest.address_phone_area': unmarked('47'),
  'OrderRequest.address_phone_country': unmarked('55'),
  'OrderRequest.address_phone': marked('98173640921', 'waiting'),
  'OrderRequest.disable_address': unmarked(false),
  'OrderRequest.extra_data': { value: { note: 'ORDER-EXTRA' }, mark: 'ORDER-EXTRA', places: ['waiting'] },
  'OrderRequest.soft_descriptor': marked('ORDER-DESCRIPTOR', 'waiting'),
  'OrderRequest.ip_address': marked('203.0.113.61', 'waiting'),
  'OrderRequest.payment_currency': unmarked('BRL'),
  'OrderRequest.payment_country': unmarked('BR'),
  'OrderRequest.methods': unmarked(['BOLETO', 'PIX', 'CREDITCARD', 'DEBITCARD']),
  'OrderRequest.public_person_id': unmarked(undefined),
  'OrderRequest.return_url': marked('https://shop.example/ORDER-RETURN', 'waiting', 'ended', 'answer'),
  'OrderRequest.delay_capture': unmarked(false),
  'OrderRequest.offer_save_card': unmarked(true),
  'OrderRequest.gateway': unmarked('letpay'),

  'PersonRequest.contract_id': contract,
  'PersonRequest.notification_url': marked('http://127.0.0.1:9/PERSON-NOTIFICATION'),
  'PersonRequest.person_firstname': marked('PAID PERSONFIRSTNAME'),
  'PersonRequest.person_surname': marked('PERSONSURNAME'),
  'PersonRequest.person_taxid': marked('52998224725'),
  'PersonRequest.person_email': marked('person-mail@payer.example'),
  'PersonRequest.person_birth': marked('1962-05-28'),
  'PersonRequest.address_main': marked('PERSON-STREET'),
  'PersonRequest.address_number': marked('PERSON-NUMBER'),
  'PersonRequest.address_additional': marked('PERSON-ADDITIONAL'),
  'PersonRequest.address_locality': marked('PERSON-LOCALITY'),
  'PersonRequest.address_city': marked('PERSON-CITY'),
  'PersonRequest.address_state': marked('PERSON-STATE'),
  'PersonRequest.address_country': unmarked('BR'),
  'PersonRequest.address_zipcode': marked('PERSON-ZIPCODE'),
  'PersonRequest.address_phone_area': unmarked('48'),
  'PersonRequest.address_phone_country': unmarked('55'),
  'PersonRequest.address_phone': marked('98264751032'),
  'PersonRequest.disable_address': unmarked(false),
  'PersonRequest.card_number': cardNumber,
  'PersonRequest.card_holder': marked('PERSON CARDHOLDER'),
  'PersonRequest.card_cvv': unmarked('917'),
  'PersonRequest.card_month': unmarked(12),
  'PersonRequest.card_year': unmarked(2030),

  'NewCardSubmission.method': unmarked('CREDITCARD'),
  'NewCardSubmission.card_number': cardNumber,
  'NewCardSubmission.card_holder': marked('NEWCARD HOLDER'),
  'NewCardSubmission.card_cvv': unmarked('917'),
  'NewCardSubmission.card_month': unmarked(12),
  'NewCardSubmission.card_year': unmarked(2030),
  'NewCardSubmission.card_installments': unmarked(1),
  'NewCardSubmission.save_card': unmarked(true),
  'NewCardSubmission.authentication.cavv': marked('NEWCARD-CAVV'),
  'NewCardSubmission.authentication.xid': marked('NEWCARD-XID'),
  'NewCardSubmission.authentication.eci': unmarked('05'),
  'NewCardSubmission.authentication.version': marked('2.2.0-NEWCARD'),
  'NewCardSubmission.authentication.dstrans_id': marked('NEWCARD-DSTRANS'),

  'DebitCardSubmission.method': unmarked('DEBITCARD'),
  'DebitCardSubmission.card_number': cardNumber,
  'DebitCardSubmission.card_holder': marked('DEBITCARD HOLDER'),
  'DebitCardSubmission.card_cvv': unmarked('917'),
  'DebitCardSubmission.card_month': unmarked(12),
  'DebitCardSubmission.card_year': unmarked(2030),
  'DebitCardSubmission.authentication.cavv': marked('DEBITCARD-CAVV'),
  'DebitCardSubmission.authentication.xid': marked('DEBITCARD-XID'),
  'DebitCardSubmission.authentication.eci': unmarked('05'),
  'DebitCardSubmission.authentication.version': marked('2.2.0-DEBITCARD'),
  'DebitCardSubmission.authentication.dstrans_id': marked('DEBITCARD-DSTRANS'),

  'SavedCardSubmission.method': unmarked('CREDITCARD'),
  'SavedCardSubmission.public_card_id': unmarked(undefined),
  'SavedCardSubmission.card_installments': unmarked(1),
  'PlainSubmission.method': unmarked('BOLETO'),

  'QuoteRequest.amount': unmarked(10),
  'QuoteRequest.asset': unmarked('BRL'),
  'QuoteRequest.contract_id': contract,
  'QuoteRequest.public_person_id': unmarked(undefined),

  'TokenPaymentRequest.amount': unmarked(20),
  'TokenPaymentRequest.asset': unmarked('BRL'),
  'TokenPaymentRequest.reference_id': marked('CHARGE-REFERENCE', ...places),
  'TokenPaymentRequest.contract_id': contract,
  'TokenPaymentRequest.notification_url': marked('http://127.0.0.1:9/CHARGE-NOTIFICATION'),
  'TokenPaymentRequest.delay_capture': unmarked(false),
  'TokenPaymentRequest.soft_descriptor': marked('CHARGE-DESCRIPTOR'),
  'TokenPaymentRequest.ip_address': marked('203.0.113.62'),
  'TokenPaymentRequest.payment_currency': unmarked('BRL'),
  'TokenPaymentRequest.payment_country': unmarked('BR'),
  'TokenPaymentRequest.extra_data': { value: { note: 'CHARGE-EXTRA' }, mark: 'CHARGE-EXTRA', places: [] },
  'TokenPaymentRequest.public_person_id': unmarked(undefined),
  'TokenPaymentRequest.public_card_id': unmarked(undefined),
  'TokenPaymentRequest.method': unmarked('CREDITCARD'),
  'TokenPaymentRequest.card_installments': unmarked(1),
  'TokenPaymentRequest.fraud_protection_token': marked('CHARGE-FRAUDPROTECTION-0123456789-ABCDEF'),
  'TokenPaymentRequest.authentication': {
    value: { cavv: 'CHARGE-CAVV', xid: 'CHARGE-XID', eci: '05', version: '2.2.0', dstrans_id: 'CHARGE-DS' },
    mark: 'CHARGE-CAVV',
    places: [],
  },

  'CaptureRequest.amount': unmarked(100),
  'RefundRequest.amount': unmarked(10),
  'RefundRequest.attempt_token': unmarked(undefined),
  'RefundRequest.type': unmarked('CHECKING'),
  'RefundRequest.bank_number': marked('REFUND-BANK'),
  'RefundRequest.agency_number': marked('REFUND-AGENCY'),
  'RefundRequest.agency_check_digit': marked('REFUND-AGENCYDIGIT'),
  'RefundRequest.account_number': marked('REFUND-ACCOUNT'),
  'RefundRequest.account_check_digit': marked('REFUND-ACCOUNTDIGIT'),
  'RefundRequest.pix_key': marked('refund-key@payer.example'),
};

/** Bodies of requests, as the calls of the proxy name them. */
export const requestSchemas: readonly SchemaName[] = [
  ...new Set(operations.flatMap(({ body }) => body?.schemas ?? [])),
];

/** Every field that the schemas know, dotted below its schema’s name. A record’s own names count as one field. */
export function fieldsOfContract(): string[] {
  return requestSchemas.flatMap(name => pathsIn(schemas[name], name));
}

function pathsIn(schema: z.core.$ZodType, path: string): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return pathsIn(schema.unwrap(), path);
  if (!(schema instanceof z.ZodObject)) return [path];
  return Object.entries(schema.shape).flatMap(([name, field]) => pathsIn(field, `${path}.${name}`));
}

/** A body of the schema with a value in every field; `changes` beside or in place of them. */
export function bodyOf(schema: SchemaName, changes: Readonly<Record<string, unknown>> = {}) {
  const body: Record<string, unknown> = {};
  for (const [path, { value }] of Object.entries(fields)) {
    const [name, ...parts] = path.split('.');
    if (name !== schema || value === undefined) continue;
    const last = parts.pop() ?? '';
    const place = parts.reduce((inside, part) => {
      inside[part] ??= {};
      return inside[part] as Record<string, unknown>;
    }, body);
    place[last] = value;
  }
  return { ...body, ...changes };
}
