/**
 * Every screen of the tag, as data: what the proxy answers, what the shopper does, and what must be on screen then.
 * `stage.ts` plays them in a browser; `screens.test.ts` shows that no state, status, method, reason or code is left out.
 */
import {
  type Checkout,
  type DeclineAction,
  type DeclineReason,
  declineReasons,
  type Method,
  type Status,
} from '../../server/contract/checkout.ts';
import type { StateName } from '../../widget/checkout/state.ts';
import type { CardField } from '../../widget/i18n/texts.ts';
import { checkouts, codeLost, createCheckout, instruments, pixCode } from '../widget/checkouts.ts';
import {
  argentina,
  as,
  brazil,
  cashReference,
  chile,
  type Language,
  local,
  mexico,
  waitingFor,
  withDebit,
  withFees,
} from './orders.ts';

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
  /** In seconds. */
  readonly retryAfter?: number;
}

/** `never`: the answer does not come while we look. `lost`: the connection breaks. */
export type Answer = Checkout | Problem | 'never' | 'lost';

export type Step =
  | { readonly press: string }
  | { readonly type: string; readonly into: CardField }
  | { readonly pick: string; readonly from: CardField }
  | { readonly leave: CardField }
  /** Where it is folded. */
  | { readonly unfold: string };

export interface Screen {
  /** The name of its pictures. */
  readonly id: string;
  readonly group: string;
  /** Where the tag must stand in the end. */
  readonly state: StateName;
  /** The part that must be on screen in the end. */
  readonly shows: string;
  /** What reads answer. Null: the tag has no token. */
  readonly read: (language: Language) => Answer | null;
  readonly sendPayment?: (language: Language) => Answer;
  readonly renew?: (language: Language) => Answer;
  readonly removeCard?: (language: Language) => Answer;
  readonly steps?: readonly Step[];
  /** The clipboard, and the screen that is to stay on. */
  readonly device?: 'refuses';
  readonly network?: 'off';
  /** What the shopper’s bank says to a debit card; it confirms unless told otherwise. */
  readonly bank?: 'asks' | 'refuses';
  /** Files of the build, by how their names begin, that cannot be loaded. */
  readonly missing?: readonly string[];
  /** Tokens of the merchant, as declarations. */
  readonly tokens?: string;
}

const always =
  <T>(value: T) =>
  () =>
    value;

const problem = (status: number, code: string, errors: Problem['errors'] = []): Problem => ({
  status,
  code,
  errors,
});

/** What the screens of a group have in common, unless they say otherwise. */
const fill =
  (shared: Omit<Screen, 'id' | 'read'> & Partial<Pick<Screen, 'read'>>) =>
  (screen: Pick<Screen, 'id'> & Partial<Screen>): Screen => {
    const { read } = { ...shared, ...screen };
    if (!read) throw new Error(`nobody says what ${screen.id} reads`);
    return { ...shared, ...screen, read };
  };

const press = (part: string): Step => ({ press: part });
const type = (into: CardField, text: string): Step => ({ type: text, into });

/** The published test card of LetPay’s documentation that is approved. */
const filledCard: readonly Step[] = [
  type('card_number', '4012001037141112'),
  type('card_expiry', '1229'),
  type('card_cvv', '123'),
  type('card_holder', 'MARINA AZEVEDO'),
];
const inThree: readonly Step[] = [...filledCard, { pick: '3', from: 'card_installments' }];
const paidByCard: readonly Step[] = [...filledCard, press('pay-button')];

const only = (method: Method, order: Checkout = brazil): Checkout => ({ ...order, methods: [method] });
const onlyCard = (language: Language) => only('CREDITCARD', local(language));

const beforeChoice: readonly Screen[] = [
  { id: 'idle', group: 'Before', state: 'idle', shows: 'skeleton', read: always(null) },
  { id: 'loading', group: 'Before', state: 'loading', shows: 'skeleton', read: always('never') },
];

/** A method, open among others, on an order that offers it. */
const chooseFrom: Readonly<Record<Method, Checkout>> = {
  PIX: brazil,
  CREDITCARD: brazil,
  DEBITCARD: withDebit,
  BOLETO: brazil,
  PAYCASH: mexico,
  REDIRECT: chile,
};

const choosing: readonly Screen[] = [
  {
    id: 'choosing-first',
    group: 'Choosing',
    state: 'choosing',
    shows: 'pay-button',
    read: local,
  },
  ...Object.entries(chooseFrom).map(
    ([method, order]): Screen => ({
      id: `choosing-${method.toLowerCase()}`,
      group: 'Choosing',
      state: 'choosing',
      shows: 'pay-button',
      read: always(order),
      steps: [press(`method-${method}`)],
    }),
  ),
  ...Object.entries(chooseFrom).map(
    ([method, order]): Screen => ({
      id: `only-${method.toLowerCase()}`,
      group: 'One method only',
      state: 'choosing',
      shows: 'pay-button',
      read: always(only(method as Method, order)),
    }),
  ),
  ...Object.entries({ fees: withFees, argentina, chile }).map(
    ([name, order]): Screen => ({
      id: `summary-${name}`,
      group: 'Summary',
      state: 'choosing',
      shows: 'summary',
      read: always(order),
      steps: [press('method-CREDITCARD')],
    }),
  ),
  {
    id: 'amount-unknown',
    group: 'Summary',
    state: 'choosing',
    shows: 'pay-button',
    read: always(createCheckout({ totals: null, installments: [] })),
  },
  {
    id: 'test-ribbon',
    group: 'Summary',
    state: 'choosing',
    shows: 'test-ribbon',
    read: language => ({ ...local(language), test_mode: true }),
  },
];

/** How numbers of each brand begin; 5 may become several. */
const brandHeads: Readonly<Record<string, string>> = {
  ambiguous: '4514',
  unknown: '9',
  visa: '4012 00',
  mastercard: '5555 66',
  amex: '3764 49',
  elo: '6505 05',
  hipercard: '6062 82',
  hiper: '6370 95',
  diners: '3649 01',
  discover: '6011 00',
  maestro: '5018 00',
  aura: '5078 60',
  cabal: '6042 01',
};

const cardForm: readonly Screen[] = [
  { id: 'card-filled', steps: [...filledCard, { leave: 'card_holder' as const }] },
  { id: 'card-installments', steps: [...inThree, { leave: 'card_installments' as const }] },
  { id: 'card-empty-sent', shows: 'error-summary', steps: [press('pay-button')] },
  {
    id: 'card-wrong-sent',
    shows: 'error-summary',
    steps: [
      type('card_number', '4012001037141113'),
      type('card_expiry', '1120'),
      type('card_cvv', '12'),
      type('card_holder', 'M'),
      press('pay-button'),
    ],
  },
  {
    id: 'card-refused-field',
    shows: 'error-summary',
    steps: paidByCard,
    sendPayment: always(problem(422, 'psp_refused', [{ pointer: '/card_cvv', code: 'invalid' }])),
  },
  ...Object.entries(brandHeads).map(([brand, head]) => ({
    id: `card-brand-${brand}`,
    shows: brand === 'unknown' ? 'input' : 'card-brand',
    steps: [type('card_number', head)],
  })),
].map(fill({ group: 'Card form', state: 'choosing', shows: 'pay-button', read: onlyCard }));

/** Brands with long and short names, and one that the proxy could not tell. */
const savedCards: Checkout['saved_cards'] = [
  { public_card_id: 'CAR-1', brand: 'visa', last4: '1112', exp_month: 12, exp_year: 2030 },
  { public_card_id: 'CAR-2', brand: 'american-express', last4: '0005', exp_month: 3, exp_year: 2028 },
  { public_card_id: 'CAR-3', brand: 'unknown', last4: '9903', exp_month: 9, exp_year: 2027 },
];
const withSavedCards = (language: Language): Checkout => ({
  ...onlyCard(language),
  saved_cards: savedCards,
  can: { submit: true, renew: false, save_card: true },
});
const removing = [press('remove-card-button'), press('confirm-removal-button')];
const paidBySavedCard = [press('pay-button')];

const storedCards: readonly Screen[] = [
  { id: 'saved-cards' },
  {
    id: 'saved-cards-among-methods',
    read: (language: Language) => ({ ...withSavedCards(language), methods: local(language).methods }),
    steps: [press('method-CREDITCARD')],
  },
  { id: 'saved-cards-in-three', steps: [{ pick: '3', from: 'card_installments' as const }] },
  { id: 'saved-cards-other', shows: 'save-card', steps: [press('other-card')] },
  {
    id: 'saved-cards-offer',
    shows: 'save-card',
    read: (language: Language) => ({ ...withSavedCards(language), saved_cards: [] }),
    steps: [...filledCard, press('save-card-box')],
  },
  { id: 'saved-card-asked', shows: 'remove-card', steps: [press('remove-card-button')] },
  { id: 'saved-card-removing', shows: 'remove-card', steps: removing, removeCard: always('never' as const) },
  {
    id: 'saved-card-removed',
    shows: 'saved-card-note',
    steps: removing,
    removeCard: (language: Language) => ({ ...withSavedCards(language), saved_cards: savedCards.slice(1) }),
  },
  {
    id: 'saved-card-not-removed',
    shows: 'saved-card-note',
    steps: removing,
    removeCard: always(problem(503, 'psp_unavailable')),
  },
  {
    id: 'refused-card_gone',
    shows: 'notice',
    steps: paidBySavedCard,
    sendPayment: always(
      problem(422, 'method_not_offered', [{ pointer: '/public_card_id', code: 'not_offered' }]),
    ),
  },
  {
    id: 'saved-card-submitting',
    state: 'submitting' as const,
    steps: paidBySavedCard,
    sendPayment: always('never' as const),
  },
  {
    id: 'saved-card-paid',
    state: 'paid' as const,
    shows: 'payment-facts',
    steps: paidBySavedCard,
    sendPayment: (language: Language) => as('paid', withSavedCards(language)),
  },
  {
    id: 'saved-card-declined',
    state: 'declined' as const,
    shows: 'decline-reason',
    steps: paidBySavedCard,
    sendPayment: (language: Language) =>
      as('declined', withSavedCards(language), {
        decline: { reason: 'expired_card', action: 'fix_data', code: '01.05.0054' },
      }),
  },
].map(fill({ group: 'Saved cards', state: 'choosing', shows: 'saved-cards', read: withSavedCards }));

/** What a submission can come back with while nothing was charged: each has its words. */
const refusals: Readonly<Record<string, Answer>> = {
  psp_unavailable: problem(503, 'psp_unavailable'),
  psp_refused: problem(422, 'psp_refused'),
  validation_failed: problem(422, 'validation_failed'),
  method_not_offered: problem(422, 'method_not_offered'),
  too_many_tries: { ...problem(429, 'too_many_tries'), retryAfter: 600 },
  too_many_requests: { ...problem(429, 'too_many_requests'), retryAfter: 12 },
  other: problem(400, 'something_new'),
};

const onlyDebit = always(only('DEBITCARD', withDebit));

const submitting: readonly Screen[] = [
  {
    id: 'refused-not_authenticated',
    group: 'Refused, nothing charged',
    state: 'choosing',
    shows: 'notice',
    read: onlyDebit,
    bank: 'refuses',
    steps: paidByCard,
  },
  {
    id: 'submitting-debit-bank-asks',
    group: 'Submitting',
    state: 'submitting',
    shows: 'pay-button',
    read: onlyDebit,
    bank: 'asks',
    steps: paidByCard,
  },
  ...Object.entries(refusals).map(
    ([code, answer]): Screen => ({
      id: `refused-${code}`,
      group: 'Refused, nothing charged',
      state: 'choosing',
      shows: 'notice',
      read: onlyCard,
      sendPayment: always(answer),
      steps: paidByCard,
    }),
  ),
  {
    id: 'refused-network',
    group: 'Refused, nothing charged',
    state: 'choosing',
    shows: 'notice',
    read: onlyCard,
    network: 'off',
    steps: paidByCard,
  },
  {
    id: 'refused-not_received',
    group: 'Refused, nothing charged',
    state: 'choosing',
    shows: 'notice',
    read: always(brazil),
    sendPayment: always('lost'),
    steps: [press('pay-button')],
  },
  {
    id: 'submitting-card',
    group: 'Submitting',
    state: 'submitting',
    shows: 'pay-button',
    read: onlyCard,
    sendPayment: always('never'),
    steps: paidByCard,
  },
  {
    id: 'submitting-pix',
    group: 'Submitting',
    state: 'submitting',
    shows: 'pay-button',
    read: always(brazil),
    sendPayment: always('never'),
    steps: [press('pay-button')],
  },
  {
    id: 'renewing',
    group: 'Submitting',
    state: 'renewing',
    shows: 'progress',
    read: language => as('declined', local(language)),
    renew: always('never'),
    steps: [press('next-step-card')],
  },
  {
    id: 'renewing-and-submitting',
    group: 'Submitting',
    state: 'submitting',
    shows: 'progress',
    read: always(checkouts.ended),
    renew: always(createCheckout({ attempt: 2 })),
    sendPayment: always('never'),
    steps: [press('renew-button')],
  },
];

const unknown: readonly Screen[] = (['verifying', 'pending'] as const).flatMap(name => {
  const screen: Screen = {
    id: name,
    group: 'Outcome not known yet',
    state: name,
    shows: 'check-button',
    read: language => as(name, local(language)),
  };
  return [screen, { ...screen, id: `${name}-asked`, shows: 'check-note', steps: [press('check-button')] }];
});

const { PIX, PAYCASH, REDIRECT } = instruments;

/** The published line with the due date and the amount of our order, and the check digit that follows from them. */
const BOLETO = {
  ...instruments.BOLETO,
  code: '00190500954014481606906809350314317480000012345',
  amount: 123.45,
  due_date: '2027-03-12',
};
/** The same, due two days before our clock. */
const pastDue = {
  ...BOLETO,
  code: '00190500954014481606906809350314316340000012345',
  due_date: '2026-11-18',
};
/** The Pix code with currency 840, and the checksum of that. */
const pixInDollars =
  '00020126650014br.gov.bcb.pix2543pix.example.com/qr/9d36b84fc70b478fb95c12725204000053038405406123.455802BR5908LOJA TAL6009SAO PAULO630450C7';

/** A published collection slip of 48 digits, over R$ 66,78. */
const collectionSlip = '836200000005667800481000180975657313001589636081';

const waits: Readonly<Record<string, Checkout>> = {
  pix: waitingFor(PIX),
  'pix-countdown': waitingFor({ ...PIX, expires_at: '2026-11-20T12:14:32.000Z' }),
  'pix-until': waitingFor({ ...PIX, expires_at: '2026-11-21T02:59:59.000Z' }),
  'pix-amount-mismatch': waitingFor({ ...PIX, amount: 99 }),
  'pix-currency-mismatch': waitingFor({ ...PIX, code: pixInDollars }),
  'pix-code-invalid': waitingFor({ ...PIX, code: pixCode.replace('LOJA TAL', 'LOJA MAL') }),
  boleto: waitingFor(BOLETO),
  'boleto-amount-mismatch': waitingFor({ ...BOLETO, amount: 99 }),
  'boleto-due-date-mismatch': waitingFor({ ...BOLETO, due_date: '2027-03-15' }),
  'boleto-code-invalid': waitingFor({ ...BOLETO, code: `1${BOLETO.code.slice(1)}` }),
  'boleto-48-digits': waitingFor({ ...BOLETO, code: collectionSlip, amount: 66.78, due_date: null }),
  'boleto-past-due': waitingFor(pastDue),
  'paycash-mexico': waitingFor(cashReference(mexico, '1234567890123456'), mexico),
  'paycash-chile': waitingFor(cashReference(chile, '1234567890123'), chile),
  'paycash-argentina': waitingFor(
    { ...cashReference(argentina, '1234567890123456'), instructions_link: null },
    argentina,
  ),
  'paycash-past-due': waitingFor({ ...PAYCASH, due_date: '2026-11-18' }, mexico),
  'paycash-near-limits': waitingFor({ ...PAYCASH, amount: 9500 }, mexico),
  'paycash-outside-limits': waitingFor({ ...PAYCASH, amount: 12_500 }, mexico),
  redirect: waitingFor(REDIRECT, chile),
  'redirect-labelled': waitingFor({ ...REDIRECT, label: 'Webpay Plus' }, chile),
  'no-way-back': waitingFor(PIX, brazil, { can: { submit: false, renew: false } }),
};

const waiting: readonly Screen[] = [
  ...Object.entries(waits).map(
    ([id, checkout]): Screen => ({
      id: `waiting-${id}`,
      group: 'Waiting for the shopper',
      state: 'waiting',
      shows: 'instrument',
      read: always(checkout),
    }),
  ),
  ...[
    {
      id: 'waiting-pix-expired',
      shows: 'expired',
      read: always(waitingFor({ ...PIX, expires_at: '2026-11-20T11:59:59.000Z' })),
    },
    { id: 'waiting-pix-asked', shows: 'check-note', steps: [press('check-button')] },
    { id: 'waiting-pix-copied', shows: 'copy-note', steps: [press('copy-button')] },
    {
      id: 'waiting-pix-copy-refused',
      shows: 'copy-note',
      steps: [press('copy-button')],
      device: 'refuses' as const,
    },
    {
      id: 'waiting-paycash-awake',
      shows: 'awake-button',
      read: always(waitingFor(cashReference(mexico, '1234567890123456'), mexico)),
      steps: [press('awake-button')],
    },
    {
      id: 'waiting-paycash-awake-refused',
      shows: 'awake-note',
      read: always(waitingFor(cashReference(mexico, '1234567890123456'), mexico)),
      steps: [press('awake-button')],
      device: 'refuses' as const,
    },
    {
      id: 'waiting-boleto-bank-page',
      shows: 'bank-page',
      read: always(waitingFor({ ...BOLETO, html: '<h1>Banco do Brasil</h1><p>Recibo do pagador</p>' })),
      steps: [{ unfold: 'bank-page' }],
    },
    {
      id: 'waiting-pix-doubted-open',
      shows: 'pix-code',
      read: always(waits['pix-amount-mismatch'] ?? null),
      steps: [{ unfold: 'doubted-code' }],
    },
    { id: 'waiting-pix-qr-open', shows: 'qr-code', steps: [{ unfold: 'qr-details' }] },
    {
      id: 'waiting-renewal-refused',
      shows: 'notice',
      renew: always(problem(503, 'psp_unavailable')),
      steps: [press('other-method-button'), press('leave-button')],
    },
    { id: 'waiting-leaving', shows: 'leave-note', steps: [press('other-method-button')] },
  ].map(
    fill({
      group: 'Waiting for the shopper',
      state: 'waiting',
      shows: 'instrument',
      read: always(waitingFor(PIX)),
    }),
  ),
];

const shopAddress = 'https://shop.example/orders/1';

const paidScreens: readonly Screen[] = [
  {
    id: 'paid-card-receipt',
    read: onlyCard,
    sendPayment: (language: Language) => as('paid', local(language)),
    steps: paidByCard,
  },
  {
    id: 'paid-debit-receipt',
    read: onlyDebit,
    sendPayment: always(as('paid', withDebit, { method: 'DEBITCARD' })),
    steps: paidByCard,
  },
  { id: 'paid-card-reloaded', read: (language: Language) => as('paid', local(language)) },
  { id: 'paid-pix', read: always(as('paid', brazil, { method: 'PIX' })) },
  { id: 'paid-boleto', read: always(as('paid', brazil, { method: 'BOLETO' })) },
  { id: 'paid-paycash', read: always(as('paid', argentina, { method: 'PAYCASH' })) },
  { id: 'paid-redirect', read: always(as('paid', chile, { method: 'REDIRECT' })) },
  {
    id: 'paid-pre-authorised',
    read: (language: Language) => as('paid', local(language), { status: 'PRE_AUTHORIZED' }),
  },
  {
    id: 'paid-dispute-recovered',
    read: (language: Language) => as('paid', local(language), { status: 'DISPUTE_RECOVERED' }),
  },
  {
    id: 'paid-return-link',
    read: (language: Language) => as('paid', local(language), { return_url: shopAddress }),
    shows: 'return-link',
  },
  {
    id: 'paid-test-ribbon',
    read: (language: Language) => as('paid', local(language), { test_mode: true }),
  },
].map(fill({ group: 'Paid', state: 'paid', shows: 'title' }));

/** The step that the proxy advises after each reason. */
const adviceAfter: Readonly<Record<DeclineReason, DeclineAction>> = {
  insufficient_funds: 'fewer_installments',
  invalid_card_data: 'fix_data',
  invalid_security_code: 'fix_data',
  expired_card: 'other_card',
  blocked_card: 'other_card',
  call_issuer: 'call_bank',
  not_permitted: 'other_card',
  limit_exceeded: 'pay_by_pix',
  suspected_fraud: 'pay_by_pix',
  invalid_payer: 'fix_data',
  processing_error: 'pay_by_pix',
  unknown: 'pay_by_pix',
};

function declinedFor(reason: DeclineReason, order: Checkout, more: Partial<Checkout> = {}): Checkout {
  return as('declined', order, { decline: { reason, action: adviceAfter[reason], code: null }, ...more });
}

const declined: readonly Screen[] = [
  {
    id: 'declined-debit',
    read: always(declinedFor('not_permitted', withDebit, { method: 'DEBITCARD' })),
  },
  ...declineReasons.map(reason => ({
    id: `declined-${reason}`,
    read: always(declinedFor(reason, brazil)),
  })),
  {
    id: 'declined-in-installments',
    shows: 'next-step-fewer',
    read: onlyCard,
    sendPayment: (language: Language) => declinedFor('insufficient_funds', local(language)),
    steps: [...inThree, press('pay-button')],
  },
  {
    id: 'declined-without-pix',
    shows: 'next-step-card',
    read: always(declinedFor('limit_exceeded', mexico)),
  },
  {
    id: 'declined-for-good',
    shows: 'actions',
    read: (language: Language) =>
      declinedFor('suspected_fraud', local(language), { can: { submit: false, renew: false } }),
  },
  {
    id: 'declined-renewal-refused',
    shows: 'notice',
    read: (language: Language) => declinedFor('expired_card', local(language)),
    renew: always(problem(503, 'psp_unavailable')),
    steps: [press('next-step-card')],
  },
].map(fill({ group: 'Declined', state: 'declined', shows: 'decline-reason' }));

/** Every status that ends, with a method that it is seen with. */
const endings: Readonly<Partial<Record<Status, Method>>> = {
  CANCELED: 'PIX',
  ERROR: 'CREDITCARD',
  REFUNDED: 'CREDITCARD',
  PARTIALLY_REFUNDED: 'CREDITCARD',
  DISPUTE: 'CREDITCARD',
  DISPUTE_REFUNDED: 'CREDITCARD',
  DISPUTE_FINAL: 'CREDITCARD',
  POST_REFUND_DISPUTE: 'CREDITCARD',
};

const ended: readonly Screen[] = [
  ...Object.entries(endings).map(([status, method]) => {
    const canRenew = status === 'CANCELED' || status === 'ERROR';
    return {
      id: `ended-${status.toLowerCase()}`,
      read: (language: Language) =>
        as('ended', method === 'PIX' ? brazil : local(language), {
          status: status as Status,
          method,
          can: { submit: false, renew: canRenew },
        }),
    };
  }),
  {
    id: 'ended-card-canceled',
    read: (language: Language) =>
      as('ended', local(language), { method: 'CREDITCARD', can: { submit: false, renew: true } }),
  },
  {
    id: 'ended-paid-canceled',
    read: (language: Language) =>
      as('ended', local(language), { method: 'REDIRECT', can: { submit: false, renew: false } }),
  },
  {
    id: 'ended-return-link',
    shows: 'return-link',
    read: (language: Language) =>
      as('ended', local(language), {
        status: 'REFUNDED',
        method: 'CREDITCARD',
        can: { submit: false, renew: false },
        return_url: shopAddress,
      }),
  },
  { id: 'ended-code-lost', read: always(codeLost) },
  {
    id: 'ended-link-lost',
    read: always({ ...codeLost, method: 'REDIRECT' as const, methods: ['REDIRECT' as const] }),
  },
  { id: 'ended-code-lost-unknown', read: always({ ...codeLost, status: 'UNKNOWN' as const }) },
  {
    id: 'ended-before-begun',
    read: (language: Language) => ({ ...local(language), can: { submit: false, renew: false } }),
  },
  {
    id: 'ended-renewal-refused',
    shows: 'notice',
    read: always(checkouts.ended),
    renew: always(problem(429, 'too_many_requests')),
    steps: [press('renew-button')],
  },
].map(fill({ group: 'Ended', state: 'ended', shows: 'title' }));

const errors: readonly Screen[] = [
  { id: 'error-not_found', read: always<Answer>(problem(404, 'not_found')) },
  { id: 'error-origin_not_allowed', read: always(problem(403, 'origin_not_allowed')) },
  { id: 'error-psp_unavailable', read: always(problem(503, 'psp_unavailable')) },
  { id: 'error-too_many_requests', read: always(problem(429, 'too_many_requests')) },
  { id: 'error-network', read: always<Answer>('lost') },
  { id: 'error-other', read: always(problem(500, 'http_500')) },
].map(fill({ group: 'Error', state: 'error', shows: 'retry-button' }));

const withoutFiles: readonly Screen[] = [
  {
    id: 'without-words',
    group: 'Files that cannot be loaded',
    state: 'choosing',
    shows: 'retry-button',
    read: local,
    missing: ['pt-br', 'es', 'en'],
  },
  {
    id: 'without-card-rules',
    group: 'Files that cannot be loaded',
    state: 'choosing',
    shows: 'notice',
    read: onlyCard,
    missing: ['card-rules'],
    steps: [press('pay-button')],
  },
  {
    id: 'without-saved-cards',
    group: 'Files that cannot be loaded',
    state: 'choosing',
    shows: 'card-fields',
    read: withSavedCards,
    missing: ['stored-card-form'],
  },
  {
    id: 'without-instrument',
    group: 'Files that cannot be loaded',
    state: 'waiting',
    shows: 'retry-button',
    read: always(waitingFor(PIX)),
    missing: ['pix-instrument'],
  },
  {
    id: 'error-no_methods',
    group: 'Error',
    state: 'choosing',
    shows: 'retry-button',
    read: language => ({ ...local(language), methods: [] }),
  },
];

/** Values that a brand may want and that must hide and cut nothing. */
const tokensAtTheirEnds: Readonly<Record<string, string>> = {
  square: '--letpay-radius-box: 0; --letpay-radius-control: 0; --letpay-radius-tile: 0',
  pills: '--letpay-radius-box: 999px; --letpay-radius-control: 999px; --letpay-radius-tile: 999px',
  tight: '--letpay-space: 2px; --letpay-control-height: 36px; --letpay-button-height: 36px',
  airy: '--letpay-space: 8px; --letpay-control-height: 64px; --letpay-button-height: 64px',
  'huge-letters': '--letpay-font-size: 32px',
};

const atTheirEnds: readonly Screen[] = Object.entries(tokensAtTheirEnds).flatMap(([name, tokens]) => [
  ...[
    { id: `tokens-${name}-card`, steps: inThree, read: onlyCard },
    { id: `tokens-${name}-methods`, read: local },
  ].map(fill({ group: 'Tokens at their ends', state: 'choosing', shows: 'pay-button', tokens })),
  ...[
    { id: `tokens-${name}-pix`, read: always(waitingFor(PIX)) },
    { id: `tokens-${name}-boleto`, read: always(waitingFor(BOLETO)) },
  ].map(fill({ group: 'Tokens at their ends', state: 'waiting', shows: 'instrument', tokens })),
]);

export const screens: readonly Screen[] = [
  ...beforeChoice,
  ...choosing,
  ...cardForm,
  ...storedCards,
  ...submitting,
  ...unknown,
  ...waiting,
  ...paidScreens,
  ...declined,
  ...ended,
  ...errors,
  ...withoutFiles,
  ...atTheirEnds,
];
