/**
 * How LetPay has worded the same facts over the years: the classic document (2018) and the current pages (2024 to 2026),
 * which contradict each other (`psp-api-facts.md` section 10). A dialect only words answers; it decides nothing.
 */
import { deflateSync, gzipSync } from 'node:zlib';
import { contracts, mainContract } from './account.ts';
import {
  type Body,
  contractBody,
  type Forms,
  installmentsOf,
  instrumentFields,
  orderBody,
  paycashBody,
  totalsBody,
  userBody,
} from './bodies.ts';
import { printedLine } from './boleto.ts';
import { localTimeAt, zuluTime } from './dates.ts';
import type { Instrument } from './instrument.ts';
import { asNumber, asText } from './money.ts';
import { fullName, type Payment } from './payment.ts';
import type { PixAccount } from './pix.ts';
import type { Refund } from './refunds.ts';
import type { Refusal } from './refusal.ts';
import { classicRefusal, currentRefusal, type RefusalAnswer } from './refusal-wording.ts';
import { classicWord } from './status.ts';
import type { Totals } from './totals.ts';

export const eras = ['classic', 'current'] as const;
export type Era = (typeof eras)[number];

export interface Dialect {
  /** Least amount of an order in minor units of BRL. */
  readonly minimum: number;
  readonly paymentCountryRequired: boolean;
  readonly pixAccount: PixAccount;
  readonly login: (token: string) => Body;
  readonly contract: () => Body;
  /** Null where the era has no such call. */
  readonly contractList: () => Body | null;
  readonly order: (payment: Payment) => Body;
  readonly sent: (payment: Payment, instrument: Instrument) => Body;
  readonly paycash: (payment: Payment, instrument: Instrument) => Body;
  readonly status: (payment: Payment) => Body;
  readonly statusInList: (payment: Payment) => Body;
  /** The answer of capture and cancel. */
  readonly moved: (payment: Payment) => Body;
  /** Whether what a stored card would be charged can be asked. */
  readonly quotes: boolean;
  /** A quote, and the price in the answer of a charge. */
  readonly quote: (totals: Totals) => Body;
  /** A person or a card was stored. */
  readonly noted: (ids: Body) => Body;
  /** A person or a card was deleted. */
  readonly deleted: (ids: Body) => Body;
  /** Whether the refunds of a payment can be listed. */
  readonly listsRefunds: boolean;
  /** The answer to a refund request and, as `read`, to a look at one. */
  readonly refund: (refund: Refund, read: boolean) => Body;
  readonly refusal: (refusal: Refusal, path: string, now: number) => RefusalAnswer;
}

const classic: Dialect = {
  minimum: 75,
  paymentCountryRequired: false,
  pixAccount: {
    gui: 'BR.COM.PAGSEGURO',
    categoryCode: '8999',
    receiver: 'ELPL Tecnologia em Pagame',
    city: 'SAO PAULO',
    hasTxid: false,
  },
  login: token => ({ user: userBody({ role: 'USER' }), version: '0.5.18', token }),
  contract: () => ({ contract: { createdAt: mainContract.createdAt, id: mainContract.id } }),
  contractList: () => null,
  order: payment => ({
    ...orderBody(payment, classicFee(payment.order.totals)),
    installments: installmentsOf(payment, ({ installments, amount }) => ({
      amount: asNumber(amount),
      installment: installments,
    })),
  }),
  sent: (payment, instrument) => ({
    payment_status: classicWord(payment.status),
    payment_token: payment.token,
    error: '',
    ...instrumentFields(payment, instrument, classicForms),
  }),
  paycash: (payment, instrument) => ({
    payment_status: classicWord(payment.status),
    error: '',
    ...paycashBody(payment, instrument, classicForms),
  }),
  status: payment => ({
    paymentToken: payment.token,
    createdAt: localTimeAt(payment.createdAt).slice(0, 19).replace(' ', '-'),
    payment_status: classicWord(payment.status),
    paymentStatus: classicWord(payment.status),
    currency: payment.order.totals.asset,
    amount_received: classicForms.amount(payment.amountReceived),
    errorCode: payment.errorCode ?? '',
    ...(payment.expiresAt && {
      expirationDate: payment.dueDate ?? localTimeAt(payment.expiresAt).slice(0, 19),
    }),
    ...(payment.order.extraData && { extra_data: payment.order.extraData }),
    ...(payment.cancellation && {
      cancellation_details: {
        cancelled_by: payment.cancellation.by,
        code: payment.cancellation.code,
        description: payment.cancellation.description,
      },
    }),
  }),
  statusInList: payment => ({ ...classic.status(payment), reference: payment.order.referenceId }),
  moved: payment => ({ payment_status: classicWord('PROCESSING'), payment_token: payment.token, error: '' }),
  listsRefunds: false,
  refund: (refund, read) => ({
    payment_token: refund.paymentToken,
    created_at: localTimeAt(refund.createdAt),
    refund_status: refund.status,
    ...(read ? { error_code: '' } : { errorCode: '' }),
  }),
  quotes: true,
  quote: totals => ({ ...totalsBody(totals, classicFee(totals)), error: '' }),
  noted: ids => ({ ...ids, error: '' }),
  deleted: ids => ({ ...ids, status: 200, error: '' }),
  refusal: classicRefusal,
};

const current: Dialect = {
  minimum: 100,
  paymentCountryRequired: true,
  pixAccount: {
    gui: 'br.gov.bcb.pix',
    categoryCode: '0000',
    receiver: 'LETPAY PAGAMENTOS',
    city: 'SAO PAULO',
    hasTxid: true,
  },
  login: token => ({ user: userBody({ roles: ['MERCHANT_ADMIN'] }), version: '0.5.21', token }),
  contract: classic.contract,
  contractList: () => ({ contracts: contracts.map(contractBody) }),
  order: payment => ({
    ...orderBody(payment, asNumber),
    installments: installmentsOf(payment, ({ installments, amount }) => ({
      installments,
      amount: asNumber(amount),
    })),
  }),
  sent: (payment, instrument) => ({
    transaction_status: payment.status,
    payment_token: payment.token,
    ...instrumentFields(payment, instrument, currentForms),
  }),
  /** The live API sends both status keys here (merchant's client, 2024-12-19). */
  paycash: (payment, instrument) => ({
    transaction_status: payment.status,
    payment_status: payment.status,
    ...paycashBody(payment, instrument, currentForms),
  }),
  status: payment => ({
    ...currentStatus(payment),
    ...(payment.expiresAt && { expiration_date: expirationOf(payment, payment.expiresAt) }),
  }),
  statusInList: payment => ({
    ...currentStatus(payment),
    ...(payment.expiresAt && { expirationDate: expirationOf(payment, payment.expiresAt) }),
  }),
  moved: payment => ({ transaction_status: 'PROCESSING', payment_token: payment.token }),
  listsRefunds: true,
  refund: refund => ({
    refund_id: refund.id,
    payment_token: refund.paymentToken,
    created_at: localTimeAt(refund.createdAt),
    refund_status: refund.status,
  }),
  quotes: false,
  quote: totals => totalsBody(totals, asNumber),
  noted: ids => ids,
  deleted: () => ({}),
  refusal: currentRefusal,
};

export const dialects: Readonly<Record<Era, Dialect>> = { classic, current };

const classicForms: Forms = {
  amount: minor => String(asNumber(minor)),
  pack: content => deflateSync(content, { level: 9 }).toString('base64'),
  line: printedLine,
};

const currentForms: Forms = {
  amount: asText,
  pack: content => gzipSync(content).toString('base64'),
  line: line => line,
};

const classicFee = (totals: Totals) => (fee: number) => `${asText(fee)} ${totals.asset}`;

function currentStatus(payment: Payment): Body {
  const { order, cancellation } = payment;
  return {
    paymentToken: payment.token,
    createdAt: new Date(payment.createdAt).toISOString().slice(0, -1),
    transactionStatus: payment.status,
    currency: order.totals.asset,
    amount_received: asNumber(payment.amountReceived),
    refunded_amount: asNumber(payment.refundedAmount),
    reference: order.referenceId,
    errorCode: payment.errorCode ?? '00.00.0000',
    ...(payment.method && { method: payment.method }),
    ...(payment.confirmedAt && { confirmation_date: zuluTime(payment.confirmedAt) }),
    ...(cancellation && { cancellation_details: { description: cancellation.description } }),
    ...(order.extraData && { extra_data: order.extraData }),
    customer_info: {
      customer_contact: order.payer.email,
      tax_id: order.payer.taxId,
      payer_name: fullName(order.payer),
    },
  };
}

/** A day for what falls due on a day, a moment with a zone for what ends at a moment. */
const expirationOf = (payment: Payment, expiresAt: number) => payment.dueDate ?? zuluTime(expiresAt);
