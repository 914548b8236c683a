/** What the words of the contract’s enumerations mean, for the merchant’s developer. */
import {
  type DeclineAction,
  type DeclineReason,
  declineActions,
  declineReasons,
  type Method,
  methods,
  type Status,
  statuses,
} from '../contract/checkout.ts';
import { type CardStatus, cardStatuses } from '../contract/person.ts';
import { refund } from '../contract/refund.ts';
import { type WebhookEventType, webhookEventTypes } from '../contract/webhook.ts';

const statusWords: Readonly<Record<Status, string>> = {
  CREATED: 'Nothing was submitted yet.',
  PROCESSING: 'Submitted; not paid yet. A Pix code, boleto or reference that waits for its payer is here.',
  PRE_AUTHORIZED: 'The card’s money is held: capture or cancel it.',
  PAID: 'Paid: ship.',
  PARTIALLY_REFUNDED: 'A part was given back.',
  REFUNDED: 'All was given back.',
  DECLINED: '`decline` says why. The shopper may try again.',
  CANCELED: 'Given up, not paid in time, or canceled after it was paid: the order’s `amount_received` tells.',
  ERROR: 'It failed at the payment provider.',
  IN_ANALYSIS: 'The provider looks at it: yes or no comes later, up to two days.',
  DISPUTE: 'The cardholder disputes it.',
  DISPUTE_REFUNDED: 'Given back in a dispute.',
  DISPUTE_RECOVERED: 'A dispute ended in your favour.',
  DISPUTE_FINAL: 'A dispute ended against you.',
  POST_REFUND_DISPUTE: 'Disputed after it was given back.',
  UNKNOWN: 'The provider said a word that the proxy does not know.',
};

const methodWords: Readonly<Record<Method, string>> = {
  CREDITCARD: 'Credit card, with installments.',
  DEBITCARD: 'Debit card, whole and at once; the tag shows it where you have a 3-D Secure provider.',
  BOLETO: 'Brazilian bank slip; confirmed in up to three working days.',
  PIX: 'Brazilian instant payment.',
  PAYCASH: 'Cash at a till, by a reference.',
  REDIRECT: 'On a page of the payment provider.',
};

const reasonWords: Readonly<Record<DeclineReason, string>> = {
  insufficient_funds: 'Not enough money or limit left.',
  invalid_card_data: 'Number, name or expiry is wrong.',
  invalid_security_code: 'The CVV is wrong.',
  expired_card: 'The card is expired.',
  blocked_card: 'The card is blocked.',
  call_issuer: 'The bank wants to hear from its customer.',
  not_permitted: 'The card may not do this.',
  limit_exceeded: 'Too many or too large payments.',
  suspected_fraud: 'The risk was thought too high.',
  invalid_payer: 'Something is wrong with the payer’s data.',
  processing_error: 'It failed on the way.',
  unknown: 'The provider gave no reason that the proxy knows.',
};

const actionWords: Readonly<Record<DeclineAction, string>> = {
  fix_data: 'Look at the card data and send it again.',
  call_bank: 'Call the bank, then try again.',
  other_card: 'Take another card.',
  fewer_installments: 'Take fewer installments, or another card.',
  pay_by_pix: 'Pay by Pix.',
};

const cardStatusWords: Readonly<Record<CardStatus, string>> = {
  PENDING: 'The provider still checks it.',
  ACTIVE: 'It can be charged.',
  INACTIVE: 'It cannot be charged.',
  UNKNOWN: 'The provider could not be asked.',
};

const { status: refundStatus, failure } = refund.shape;
type Failure = NonNullable<(typeof failure)['_output']>;

const refundStatusWords: Readonly<Record<(typeof refundStatus.options)[number], string>> = {
  REQUESTED: 'The payment provider has it.',
  PROCESSING: 'On its way.',
  COMPLETED: 'Given back.',
  FAILED: '`failure` says why.',
  UNKNOWN: 'It left and its answer was lost. Only the provider’s word ends that.',
};

const failureWords: Readonly<Record<Failure, string>> = {
  failed_at_psp: 'The payment provider took it and it failed.',
  never_arrived: 'The payment provider knows of none: it can be asked for again.',
};

const eventWords: Readonly<Record<WebhookEventType, string>> = {
  'order.processing': 'Submitted; not paid yet.',
  'order.pre_authorized': 'The card’s money is held.',
  'order.paid': 'Paid: ship.',
  'order.partially_refunded': 'A part was given back.',
  'order.refunded': 'All was given back.',
  'order.declined': 'The payment provider said no.',
  'order.canceled': 'Given up, not paid in time, or canceled after it was paid: `amount_received` tells.',
  'order.error': 'It failed at the payment provider.',
  'order.in_analysis': 'The provider looks at it.',
  'order.dispute': 'The cardholder disputes it.',
  'order.dispute_refunded': 'Given back in a dispute.',
  'order.dispute_recovered': 'A dispute ended in your favour.',
  'order.dispute_final': 'A dispute ended against you.',
  'order.post_refund_dispute': 'Disputed after it was given back.',
  'order.unknown': 'The provider said a word that the proxy does not know.',
  'order.renewed': 'A new attempt after one that ended or was left.',
  'order.paid_twice': 'Two attempts were paid: give one back.',
  'order.updated': 'Something else that you can see: an amount, the method, the end of `verifying`.',
  'refund.requested': 'The payment provider has the refund.',
  'refund.processing': 'The refund is on its way.',
  'refund.completed': 'The refund was made.',
  'refund.failed': 'The refund failed; `refund.failure` says why.',
};

const tables: readonly (readonly [readonly string[], Readonly<Record<string, string>>])[] = [
  [statuses, statusWords],
  [methods, methodWords],
  [declineReasons, reasonWords],
  [declineActions, actionWords],
  [cardStatuses, cardStatusWords],
  [refundStatus.options, refundStatusWords],
  [failure.unwrap().options, failureWords],
  [webhookEventTypes, eventWords],
];

/** The words of an enumeration that is one of the contract’s lists; undefined for a list that says enough by itself. */
export function wordsOf(options: readonly unknown[]): Readonly<Record<string, string>> | undefined {
  return tables.find(
    ([list]) => list.length === options.length && list.every(word => options.includes(word)),
  )?.[1];
}
