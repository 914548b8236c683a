/**
 * What each field is, in words for the merchant’s developer. Keyed by schema and field (`Refund.amount`), or by the field
 * alone where it means the same everywhere. A schema’s own name alone says what the whole of it is.
 */

const amountRule =
  'A number or a string with at most two decimals, and with no more than the currency has, in major units: `123.45`.';

const everywhere: Readonly<Record<string, string>> = {
  payment_token: 'Names the order for its whole life, whatever number of attempts stand behind it.',
  attempt_token: 'LetPay’s token of the payment that is meant.',
  reference_id: 'Your own name for the order.',
  gateway: 'The payment provider behind the order.',
  status: 'Where the payment stands.',
  verifying:
    'Something left for the payment provider and its outcome is unknown. Only the provider’s word ends it.',
  attempt: 'How many attempts were made: another card, another method or a new code is a new one.',
  method: 'How it is paid; null while nothing was chosen.',
  totals: 'What it costs before and after fees.',
  customer_fees: 'Each fee that is the shopper’s.',
  name: 'LetPay’s word: `TAXES_FEE`.',
  country: 'ISO 3166-1 alpha-2.',
  currency: 'ISO 4217.',
  asset: 'Currency of the amount, ISO 4217.',
  amount: 'In major units.',
  amount_received: 'What came in, as the payment provider says; null while it said nothing.',
  amounts_unreadable:
    'There, and true, only when the payment provider named an amount that the proxy cannot read: a null then does not mean that nothing came in. The status is right; the proxy asks again. Look at the provider’s dashboard before you refund.',
  refunded_amount: 'What was given back, refunds made elsewhere counted; null when nothing was.',
  paid_twice: 'Two attempts were paid: give one of them back.',
  decline: 'Why the payment provider said no, and what is most likely to work next; null otherwise.',
  payment:
    'What was submitted, of the attempt that the status speaks of: what the shopper’s receipt says. Null until something is submitted.',
  created_at: 'UTC.',
  request_id: 'The `X-Request-Id` of the call: it is in the proxy’s log.',
  contract_id:
    'A contract of your LetPay account. Default: `LETPAY_CONTRACT_ID`, else the only one there is.',
  notification_url:
    'Where LetPay posts its callbacks. Default: the proxy; any other address takes the news away from it.',
  public_card_id: 'Names a stored card.',
  public_person_id: 'Names a stored person.',
  card_number: '12 to 19 digits; spaces and hyphens between them are taken off.',
  card_holder: 'As it is printed on the card. With a letter, and without a card number in it.',
  card_cvv: 'Three or four digits.',
  card_month: 'Of the expiry.',
  card_year: 'Of the expiry, four digits.',
  card_installments: 'How many payments. 0 and 1 both mean one.',
  person_firstname:
    'In the sandbox some first names decide the outcome: `PAID`, `DECLINED`, `IN_ANALYSIS`, `CANCELED`.',
  person_surname: 'The payer’s surname.',
  person_taxid: 'The payer’s tax id: CPF or CNPJ, RFC, DNI … as the country has it. LetPay checks it.',
  person_email: 'The payer’s e-mail address.',
  person_birth: 'The payer’s birthday.',
  address_main: 'Street.',
  address_number: 'House number.',
  address_additional: 'Flat, floor, door.',
  address_locality: 'District.',
  address_city: 'City.',
  address_state: 'State or province, as the country abbreviates it: `SP`.',
  address_country: 'ISO 3166-1 alpha-2.',
  address_zipcode: 'Postal code.',
  address_phone_area: 'Area code of the telephone number.',
  address_phone_country: 'Country code of the telephone number, without a plus.',
  address_phone: 'The telephone number without area and country.',
  disable_address: 'True: LetPay asks for no address.',
  extra_data: 'Kept with the payment at LetPay.',
  soft_descriptor: 'What the cardholder reads on the statement.',
  ip_address: 'The shopper’s, for LetPay’s fraud check.',
  payment_currency: 'What the shopper pays in. Default: `asset`.',
  payment_country: 'Decides which methods there are. Default: the payer’s country, else Brazil.',
  delay_capture: 'Hold a card’s money now and take it by a capture within five days.',
  brand: 'As `visa`, `mastercard`, `elo`.',
  last4: 'The last four digits.',
  exp_month: 'Of the expiry.',
  exp_year: 'Of the expiry, four digits.',
  due_date: 'The last day on which it can be paid; null when the provider names none.',
};

const notes: Readonly<Record<string, string>> = {
  OrderRequest: 'A new order: LetPay’s create-payment-order fields and our own.',
  'OrderRequest.amount': amountRule,
  'OrderRequest.reference_id': 'Your own name for the order. Orders can be found by it.',
  'OrderRequest.methods':
    'Which methods to offer, in this order. Default: all that LetPay offers, in its order.',
  'OrderRequest.public_person_id': 'Offers the saved cards of this person, and of nobody else.',
  'OrderRequest.return_url': 'Where the tag’s link back to the shop leads: https, or http on this machine.',
  'OrderRequest.gateway': 'Default: `letpay`. Others where the proxy has their credentials.',
  'OrderRequest.offer_save_card': 'Lets the shopper store the card for the next purchase.',

  CaptureRequest: 'Without a body all that is held is taken.',
  'CaptureRequest.amount': `At most what is held. Default: all of it. ${amountRule}`,

  RefundRequest: 'Without a body all that is left is given back.',
  'RefundRequest.amount': `Default: all that is left. ${amountRule}`,
  'RefundRequest.attempt_token': 'Needed only when two attempts were paid.',
  'RefundRequest.type': 'Of the bank account that a boleto’s money goes to.',
  'RefundRequest.bank_number': 'The bank’s three digits.',
  'RefundRequest.agency_number': 'The branch.',
  'RefundRequest.agency_check_digit': 'The branch’s check digit.',
  'RefundRequest.account_number': 'The account.',
  'RefundRequest.account_check_digit': 'The account’s check digit.',
  'RefundRequest.pix_key': 'The Pix key that a boleto’s money goes to, instead of a bank account.',

  Payment:
    'What was submitted. A field is null where the proxy does not know it, as of a payment made elsewhere.',
  'Payment.installments': 'In how many payments; 1 for what has none.',
  'Payment.amount': 'Of one installment, in major units.',
  'Payment.total': 'In all, interest counted, in major units.',
  'Payment.brand': 'Of the card, as in `saved_cards`.',
  'Payment.at': 'When it was submitted, UTC.',

  NewCardSubmission: 'A card that the shopper types in.',
  SavedCardSubmission: 'A card of `saved_cards`.',
  PlainSubmission: 'A method that needs no field: LetPay knows all it needs from the order.',
  'NewCardSubmission.method': 'How it is paid.',
  'SavedCardSubmission.method': 'How it is paid.',
  'PlainSubmission.method': 'How it is paid.',
  DebitCardSubmission: 'A debit card: whole, at once and authenticated. LetPay takes no other.',
  'DebitCardSubmission.method': 'How it is paid.',
  CardAuthentication: 'What a 3-D Secure check of the merchant’s provider brought. Passed on, never kept.',
  'NewCardSubmission.authentication': 'What a 3-D Secure check of your provider brought, if you have one.',
  'DebitCardSubmission.authentication': 'What a 3-D Secure check of your provider brought.',
  'CardAuthentication.cavv': 'The cryptogram of the check.',
  'CardAuthentication.xid': 'The provider’s id of the check.',
  'CardAuthentication.eci': 'The scheme’s two digits: how far the check went.',
  'CardAuthentication.version': 'Of the protocol: `2.2.0`.',
  'CardAuthentication.dstrans_id': 'The directory server’s id of the check.',
  'NewCardSubmission.save_card': 'The shopper’s own tick; counts only where `can.save_card` is true.',

  Checkout: 'The shopper’s view of an order: it answers every call of a page and every event of the feed.',
  CreatedOrder: 'The Checkout of a new order.',
  'CreatedOrder.checkout_url':
    'A page of the proxy that shows the tag, for when you do not want to embed it.',
  Order: 'The Checkout, and what only you may see.',
  'Order.sequence':
    'Of the newest webhook of this order, whose content this answer has in it: an event with a higher `data.sequence` is newer than this answer, another one is not. 0 before the first event, and without a `MERCHANT_WEBHOOK_URL`.',
  'Order.amount_owed': 'What the shopper owes: the price, or what you chose to capture of it.',
  'Order.stored_card':
    'The card that was stored with this payment, for you to keep with your customer; null when none was.',
  'Order.attempts': 'Oldest first.',
  OrderList: 'Every order with one `reference_id`.',
  'OrderList.orders': 'Oldest first.',

  OrderAttempt: 'One LetPay order behind the checkout.',
  'OrderAttempt.payment_token': 'LetPay’s token of this attempt.',
  'OrderAttempt.installments': 'How many payments; null unless a card was submitted.',
  'OrderAttempt.hold_decision':
    'What you decided about held money, or that you canceled what was paid; null while you did not.',
  HoldDecision: 'A capture or a cancellation.',
  'HoldDecision.kind': 'Taken, or given up.',
  'HoldDecision.amount': 'What is taken; null for a cancellation.',
  'HoldDecision.decided_at': 'When the proxy was told, UTC.',
  'HoldDecision.request_id': 'The `X-Request-Id` of the call that decided.',

  Totals: 'What it costs before and after fees.',
  'Totals.amount': 'Price in `asset`.',
  'Totals.original_amount': 'Price in the order’s own currency.',
  'Totals.original_asset': 'The order’s own currency.',
  'Totals.customer_fees': 'Fees that are the shopper’s.',
  'Totals.customer_amount': 'What the shopper pays: price and fees.',
  InstallmentPlan: 'One row of the installment table.',
  'InstallmentPlan.installments': 'How many payments.',
  'InstallmentPlan.amount': 'Of each.',
  'InstallmentPlan.total': 'Of all together.',

  'Checkout.methods': 'What is offered, in order.',
  'Checkout.status': 'Of the newest attempt, except that a payment on any attempt makes it PAID.',
  'Checkout.installments': 'The installment table; empty when there is none.',
  'Checkout.totals': 'Null only for a payment that was made elsewhere and is known by its token alone.',
  'Checkout.instrument':
    'What the shopper takes away to pay: a Pix code, boleto line, Paycash reference or link.',
  'Checkout.saved_cards': 'Of the order’s `public_person_id`.',
  'Checkout.can': 'What may be asked for now.',
  'Checkout.can.submit': 'A submission may be sent.',
  'Checkout.can.renew': 'A new attempt may be asked for.',
  'Checkout.can.save_card': 'You let the shopper store a card; left out means no.',
  'Checkout.return_url': 'The order’s `return_url`.',
  'Checkout.expires_at': 'When the Pix code ends, UTC; null when there is no such end.',
  'Checkout.merchant_name': 'What the shop calls itself (`MERCHANT_NAME`).',
  'Checkout.card_brands': 'What the card row shows: `CARD_BRANDS`, or the brands that LetPay takes.',
  'Checkout.test_mode': 'False only on the payment provider’s production host.',
  'Checkout.now': 'The proxy’s clock, UTC: a page can count down without trusting its own.',

  PixInstrument: 'A Pix to be paid.',
  'PixInstrument.method': 'Always `PIX`.',
  'PixInstrument.code': 'BR Code, also called “Pix Copia e Cola”.',
  'PixInstrument.qr_code_png': 'Plain base64 PNG; null when the provider sends none.',
  'PixInstrument.expires_at': 'UTC; null when the provider names no end.',
  BoletoInstrument: 'A boleto to be paid.',
  'BoletoInstrument.method': 'Always `BOLETO`.',
  'BoletoInstrument.code': 'The line, as the provider sent it: with or without dots and spaces.',
  'BoletoInstrument.html': 'The bank’s own page as text. Show it in a sandbox without scripts or not at all.',
  PaycashInstrument: 'A reference to be paid in cash.',
  'PaycashInstrument.method': 'Always `PAYCASH`.',
  'PaycashInstrument.barcode': 'The reference, 13 or 16 characters; make nothing of its parts.',
  'PaycashInstrument.barcode_png': 'Plain base64 PNG; null when the provider sends none.',
  'PaycashInstrument.instructions_link': 'Paycash’s own page, https.',
  RedirectInstrument: 'A page on which the payment goes on.',
  'RedirectInstrument.method': 'Always `REDIRECT`.',
  'RedirectInstrument.url': 'https; in test mode also http on this machine.',
  'RedirectInstrument.label': 'Words for the link.',
  Decline: 'The payment provider said no.',
  'Decline.reason': 'Why.',
  'Decline.action': 'The step most likely to work.',
  'Decline.code': 'The provider’s own code, for your support; null when it gave none.',
  SavedCard: 'A stored card: of it only what may be shown to its holder.',

  Refund: 'Money that is given back.',
  'Refund.refund_id': 'Names the refund at the proxy.',
  'Refund.amount': 'What is given back, in major units.',
  'Refund.status': 'Where the refund stands.',
  'Refund.verifying':
    'It left and its answer was lost: no other refund of this order leaves before that ends.',
  'Refund.failure': 'Why it failed; null unless `status` is FAILED.',
  'Refund.psp_refund_id': 'The provider’s own id; null where it has none.',
  RefundList: 'The refunds of one order.',
  'RefundList.refunds': 'Oldest first.',

  PersonRequest: 'A person and the first card. Card number and CVV pass through and are not kept.',
  'PersonRequest.person_birth': 'The payer’s birthday. LetPay stores no card without it.',
  Person: 'A stored person: of the cards only what may be shown to their holder.',
  'Person.cards': 'Every card of this person that was stored through the proxy.',
  'Person.cards.status': 'The payment provider’s word.',
  StoredCard: 'Names to keep with your customer.',
  QuoteRequest: 'What would a stored card be charged?',
  'QuoteRequest.amount': amountRule,
  Quote: 'What a stored card would be charged.',
  TokenPaymentRequest: 'A charge of a stored card, made without the shopper.',
  'TokenPaymentRequest.amount': amountRule,
  'TokenPaymentRequest.method': 'Default: `CREDITCARD`.',
  'TokenPaymentRequest.fraud_protection_token': 'Of LetPay’s fraud check, when your page ran it.',
  'TokenPaymentRequest.authentication': 'What a 3-D Secure check of your own brought, in LetPay’s fields.',

  Contract: 'A contract of your account: which methods it may take.',
  'Contract.id': 'For `contract_id` and `LETPAY_CONTRACT_ID`.',
  'Contract.name': 'As the provider calls it.',
  'Contract.type': 'As the provider calls it.',
  'Contract.active': 'Whether it can be used.',
  'Contract.methods': 'The provider’s words for the methods.',
  ContractList: 'The contracts of your account.',
  'ContractList.contracts': 'In the provider’s order.',

  WebhookEvent:
    'What happened, and how the order stands now. No personal data: who needs it reads the order.',
  'WebhookEvent.type': 'What happened. A newer proxy may send more types: ignore what you do not know.',
  'WebhookEvent.timestamp': 'When the proxy learned of it, UTC.',
  'WebhookEvent.data': 'The order as it stands now.',
  'WebhookEvent.data.sequence':
    'Counts the events of this order from 1, without gaps: you can tell what is missing or came late.',
  'WebhookEvent.data.previous_status': 'In the event before; null when there was none.',
  'WebhookEvent.data.attempt_token':
    'LetPay’s token of the attempt that counts: the one that was paid, else the newest.',
  'WebhookEvent.data.refund': 'Of `refund.` events: the refund that the event tells of.',
  'WebhookEvent.data.refund.refund_id': 'Names the refund at the proxy.',
  'WebhookEvent.data.refund.amount': 'What is given back, in major units.',
  'WebhookEvent.data.refund.status': 'Where the refund stands.',
  'WebhookEvent.data.refund.failure': 'Why it failed; null unless `status` is FAILED.',

  Liveness: 'The process runs.',
  'Liveness.status': 'Always `ok`.',
  Readiness: 'Whether the store can be written.',
  'Readiness.status': '`ready`, or what is wrong.',

  Problem: 'Every error (RFC 9457). A program decides by `code`; it never repeats what was sent.',
  'Problem.type': 'A URN that ends with the code.',
  'Problem.title': 'The code in words.',
  'Problem.status': 'The HTTP status.',
  'Problem.code': 'One of the codes of this document; a newer proxy may know more.',
  'Problem.detail': 'English, for developers.',
  'Problem.errors': 'The fields that are wrong.',
  FieldProblem: 'A field that is wrong.',
  'FieldProblem.pointer': 'JSON Pointer (RFC 6901) into the body that was sent: `/card_number`.',
  'FieldProblem.code':
    '`required`, `invalid`, `expired`, `not_offered`, `too_long`, `too_small` or `too_large`; a newer proxy may know more.',
  'FieldProblem.detail': 'English, for developers.',
};

/** Schemas that have all fields of another one, and mean the same by them. */
const extensions: Readonly<Record<string, string>> = { Order: 'Checkout', CreatedOrder: 'Checkout' };

/** `place` is a schema, or a schema and the way to a field: `Checkout.can.submit`. */
export function noteOf(place: string): string | undefined {
  return noteAt(place)?.text;
}

/** Every note that `place` could have, for a check that none is left over. */
export function noteKeyOf(place: string): string | undefined {
  return noteAt(place)?.key;
}

export const noteKeys: readonly string[] = [...Object.keys(everywhere), ...Object.keys(notes)];

function noteAt(place: string): { readonly key: string; readonly text: string } | undefined {
  const [schema = '', ...fields] = place.split('.');
  const base = extensions[schema];
  const exact = [place, ...(base && fields.length > 0 ? [[base, ...fields].join('.')] : [])].find(
    key => notes[key] !== undefined,
  );
  if (exact !== undefined) return { key: exact, text: notes[exact] ?? '' };
  const last = fields.at(-1);
  const text = last === undefined ? undefined : everywhere[last];
  return last === undefined || text === undefined ? undefined : { key: last, text };
}
