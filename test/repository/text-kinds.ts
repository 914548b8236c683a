/**
 * How long a text of the tag may be, by what it is: the limits are what fits without an ugly break at 320 px of width, where
 * a line of 14 px holds about 40 letters, a button or a row beside its icon 30, half a row 20 (and a label there may take
 * two lines). Amounts are not counted: they stand on a line of their own where there is no room.
 */
export interface TextKind {
  readonly kind: string;
  readonly limit: number;
  /** Paths of the texts, for example `methodHint.PIX`. */
  readonly paths: RegExp;
}

/** The first that matches counts; the last one matches all. */
export const textKinds: readonly TextKind[] = [
  { kind: 'name of a method', limit: 24, paths: /^methodName\./ },
  { kind: 'hint beside a method', limit: 24, paths: /^(?:methodHint\.|upToInstallments|interestFree)/ },
  { kind: 'label of half a row', limit: 26, paths: /^fieldLabel\.card_(?:expiry|cvv)$/ },
  { kind: 'label of a box that is ticked', limit: 44, paths: /^saveCard$/ },
  { kind: 'label', limit: 34, paths: /^fieldLabel\./ },
  { kind: 'hint of half a row', limit: 24, paths: /^cvvHint/ },
  { kind: 'error of a field', limit: 56, paths: /^fieldError/ },
  {
    kind: 'button or link',
    limit: 30,
    paths:
      /^(?:pay|payInInstallments|create\.\w+|payByPix|fixData|otherCard|fewerInstallments|sameCardAgain|otherWay|keepCode|newCode|startAgain|alreadyPaid|checkNow|backToShop|print|share|remind|bankPage|busy|showQr|showAnyway|(?:pix|boleto|paycash)Copy|paycashInstructions|redirectGo|tryAgain|tryAgainIn|keepAwake|removeCard|keepCard|removingCard)$/,
  },
  {
    kind: 'title',
    limit: 36,
    paths: /^(?:chooseMethod|(?:verifying|pending|paid|declined|ended|failure)Title|processing|testMode)$/,
  },
  {
    kind: 'name of a fact',
    limit: 30,
    paths:
      /^(?:savedCards|cardExpires|total|subtotal|originalAmount|exchangeRate|installmentCost|inInstallments|fee|amount|dueDate|receiver|bank|cashLimits|boletoLine|paycashReference|pixCode|(?:boleto|paycash)Bars|pixQr)$/,
  },
  { kind: 'row of the installments', limit: 66, paths: /^(?:inFull|installment)$/ },
  { kind: 'sentence', limit: 140, paths: /^/ },
];

/**
 * What a text with parameters is asked with: amounts empty, all else as long as it comes. By the first part of its path.
 * One list of parameters for every variant that reads differently.
 */
export const sampleParameters: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  order: [['A1B2-3']],
  fee: [['TAXES_FEE'], ['PLATFORM_FEE']],
  upToInstallments: [[1], [12]],
  tryAgainIn: [['12 s'], ['10 min']],
  interestFree: [[3], [12]],
  pay: [['']],
  payInInstallments: [[12, '']],
  inInstallments: [[12, '']],
  create: [['']],
  payByPix: [['']],
  cvvHint: [[3], [4]],
  fieldError: ['card_number', 'card_holder', 'card_expiry', 'card_cvv', 'card_installments'].flatMap(field =>
    ['required', 'incomplete', 'invalid', 'expired'].map(code => [field, code, 4]),
  ),
  fixFields: [[['A', 'B']]],
  inFull: [['']],
  installment: [
    { installments: 12, interestFree: true, isExact: true, rate: null },
    { installments: 12, interestFree: true, isExact: false, rate: null },
    { installments: 12, interestFree: false, isExact: true, rate: '2,99%' },
    { installments: 12, interestFree: false, isExact: true, rate: null },
  ].map(words => [{ ...words, amount: '', total: '' }]),
  cardEnding: [['American Express', '1112']],
  cardExpires: [['12/30']],
  removeCardNamed: [['American Express 1112']],
  supportCode: [['A1B2C3D4']],
  paidTitle: [
    ['PIX', false],
    ['CREDITCARD', false],
    ['CREDITCARD', true],
  ],
  endedTitle: [
    'REFUNDED',
    'PARTIALLY_REFUNDED',
    'CANCELED',
    'CREATED',
    'ERROR',
    'PROCESSING',
    'UNKNOWN',
    'DISPUTE',
    'DISPUTE_REFUNDED',
  ].flatMap(status => [
    [status, 'PIX'],
    [status, 'CREDITCARD'],
  ]),
  pastDue: [['18/11/2026']],
  validFor: [['14:32']],
  validUntil: [['15:40']],
  minutesLeft: [[1], [5]],
  copied: [['9ACF']],
  checkReceiver: [['MARINA AZEVEDO']],
  paycashSteps: [['pago de servicios, Paycash'], [null]],
};
