import type { Texts } from './texts.ts';

export const texts: Texts = {
  loading: 'Loading payment methods',
  chooseMethod: 'How would you like to pay?',
  testMode: 'Test mode: no money will move',
  total: 'Total',
  order: reference => `Order ${reference}`,
  fee: name => (name.startsWith('TAXES') ? 'Taxes' : 'Service fee'),
  subtotal: 'Subtotal',
  originalAmount: 'Shop price',
  exchangeRate: 'Exchange rate',
  installmentCost: 'Cost of instalments',

  methodName: {
    CREDITCARD: 'Credit card',
    DEBITCARD: 'Debit card',
    PIX: 'Pix',
    BOLETO: 'Boleto',
    PAYCASH: 'Cash (Paycash)',
    REDIRECT: 'Another payment page',
  },
  methodHint: {
    PIX: 'approved instantly',
    BOLETO: 'up to 3\u00a0business days',
    PAYCASH: 'at partner shops',
    REDIRECT: 'then you come back',
  },
  interestFree: count => `${count} × interest-free`,
  secure: 'Secure payment',
  upToInstallments: count => (count > 1 ? `up to ${count}\u00a0instalments` : 'pay in full'),
  methodIntro: {
    PIX: 'Pay instantly from your bank’s app.',
    BOLETO:
      'Pay in your bank’s app or at a lottery shop by the due date. Confirmation may take up to 3\u00a0business days.',
    PAYCASH: 'Pay cash at a partner shop.',
    REDIRECT: 'You pay on the secure site of a partner of the shop. Check the amount before you confirm.',
  },
  pay: amount => `Pay ${amount}`,
  payInInstallments: (count, amount) => `Pay ${count} × ${amount}`,
  create: {
    PIX: amount => `Get Pix code · ${amount}`,
    BOLETO: amount => `Create boleto · ${amount}`,
    PAYCASH: amount => `Get reference${amount && ` for ${amount}`}`,
    REDIRECT: amount => `Continue · ${amount}`,
  },

  fieldLabel: {
    card_number: 'Card number',
    card_holder: 'Name on card',
    card_expiry: 'Expiry (MM/YY)',
    card_cvv: 'Security code (CVV)',
    card_installments: 'Instalments',
  },
  cvvHint: length => `${length}\u00a0digits on the ${length === 4 ? 'front' : 'back'}`,
  fieldError: (field, code, cvvLength) => {
    switch (field) {
      case 'card_number':
        if (code === 'too_long') return 'The number has too many digits';
        return code === 'invalid'
          ? 'Check the number: a digit seems to be wrong'
          : 'Enter the complete card number';
      case 'card_expiry':
        if (code === 'expired') return 'This card has expired';
        return code === 'invalid' ? 'Check the month and year' : 'Enter MM/YY, like 12/29';
      case 'card_cvv':
        return `Enter the ${cvvLength}\u00a0digits`;
      case 'card_holder':
        return `Enter the name as it is on the card${code === 'invalid' ? ', not the number' : ''}`;
      case 'card_installments':
        return 'Choose the number of instalments';
    }
  },
  fixFields: labels => `Please check: ${labels.join(', ')}.`,
  inFull: total => `Pay in full · ${total}`,
  installment: ({ installments, amount, total, interestFree, isExact, rate }) => {
    if (interestFree) return `${installments} × ${amount} interest-free${isExact ? '' : ` · total ${total}`}`;
    return `${installments} × ${amount} · total ${total} · with interest${rate ? ` ${rate}\u00a0per month` : ''}`;
  },
  inInstallments: (count, amount) => `${count} × ${amount}`,
  cardEnding: (brand, last4) => `${brand} ending in ${last4}`,
  savedCards: 'Your saved cards',
  cardExpires: month => `valid until ${month}`,
  removeCard: 'Remove',
  removeCardNamed: card => `Remove ${card}`,
  removeCardAsk: 'Remove this card?',
  keepCard: 'Keep',
  removingCard: 'Removing…',
  cardRemoved: 'Card removed.',
  cardNotRemoved: 'The card could not be removed. It is still saved: try again.',
  saveCard: 'Save this card for the next purchase',
  saveCardHint:
    'The number is kept by the payment provider, not by the shop. You can remove the card on your next purchase.',

  busy: 'Processing…',
  processing: 'Processing your payment…',
  keepOpen: 'Keep this page open.',
  verifyingTitle: 'We are confirming your payment',
  verifyingBody: 'Do not pay again; we will tell you here as soon as the bank answers.',
  doNotPayAgain: 'Do not pay again.',
  preparingPage: 'We are preparing the payment page',
  checkNow: 'Check now',
  nothingNew: 'No answer from the bank yet. We keep checking.',
  watchEnded: 'This page has stopped checking by itself. Use the button to check again.',
  supportCode: code => `Support code: ${code}`,

  pendingTitle: 'Payment under review',
  pendingBody: 'We will tell you here. There is no need to pay again.',
  paidTitle: (method, authorizedOnly) => {
    if (authorizedOnly) return 'Payment authorised';
    return method === 'PIX' ? 'Pix received. Payment confirmed.' : 'Payment approved';
  },
  backToShop: 'Back to the shop',
  declinedTitle: 'Payment not approved',
  declined: {
    insufficient_funds: 'The bank declined: not enough balance or limit.',
    invalid_card_data: 'Check number, expiry and security code.',
    invalid_security_code: 'The security code does not match.',
    expired_card: 'This card has expired.',
    blocked_card: 'The bank has blocked this card. Use another one.',
    call_issuer: 'Your bank wants you to authorise it. Call the number on your card, then try again.',
    not_permitted: 'This card does not allow this purchase.',
    limit_exceeded: 'The purchase is above the limit of this card.',
    suspected_fraud: 'This card could not be approved.',
    invalid_payer: 'The payer’s details do not match. Ask the shop for help.',
    processing_error: 'The bank could not process the payment. Nothing was charged.',
    unknown: 'This payment could not be approved.',
  },
  payByPix: amount => `Pay with Pix · ${amount}`,
  fixData: 'Correct the details',
  otherCard: 'Use another card',
  fewerInstallments: 'Choose fewer instalments',
  sameCardAgain: 'I authorised it, try again',
  otherWay: 'Pay another way',
  askShop: 'Ask the shop how to go on.',
  endedTitle: (status, method) => {
    switch (status) {
      case 'REFUNDED':
      case 'DISPUTE_REFUNDED':
        return 'Payment refunded';
      case 'PARTIALLY_REFUNDED':
        return 'Payment partly refunded';
      case 'CANCELED':
        return method ? 'This code is no longer valid' : 'Payment cancelled';
      case 'CREATED':
      case 'ERROR':
        return 'The payment was not completed';
      case 'PROCESSING':
      case 'UNKNOWN':
        return 'We could not get the code';
      default:
        return 'Payment in dispute';
    }
  },
  endedBody: {
    refunded:
      'The amount goes back the way it was paid, as fast as your bank allows. Ask the shop if in doubt.',
    refundedInPart:
      'Part of the amount goes back the way it was paid, as fast as your bank allows. Ask the shop if in doubt.',
    disputed: 'This charge was disputed at the bank. Do not pay again: ask the shop or your bank.',
    codeOver: 'Do not pay the old code.',
    canceled: 'The payment was cancelled and the order is not paid.',
    canceledForGood:
      'The payment was cancelled. If you have already paid, the shop will tell you what happens to the amount.',
    notCompleted: 'The payment was not completed and the order is not paid.',
    codeLost: 'Nothing was charged. Get a new code or pay another way.',
  },
  newCode: 'Get a new code',
  startAgain: 'Try again',

  waiting: {
    PIX: 'Waiting for payment. This page updates by itself.',
    BOLETO: 'We update your order as soon as the bank confirms. You can close this page.',
    PAYCASH: 'We update your order as soon as Paycash confirms. You can close this page.',
    REDIRECT: 'Waiting for confirmation. This page updates by itself.',
  },
  validFor: time => `Valid for ${time}`,
  validUntil: time => `Valid until ${time}`,
  minutesLeft: minutes => `Less than ${minutes === 1 ? 'a minute' : `${minutes} minutes`} left to pay.`,
  expired: 'This code expired. Do not pay the old one.',
  pastDue: date => `It was due on ${date}. Do not pay this code any more.`,
  ifPaid: 'If you have paid, this page will say so as soon as the confirmation is here.',
  showAnyway: 'Show the code anyway',
  alreadyPaid: 'I have paid',
  notChecked: 'No connection: we could not check just now. Try again.',
  cardNotCharged: 'Your card was not charged: this order already has another payment.',
  leaveCode: 'This code can still be paid. If you pay both, you pay twice.',
  keepCode: 'Keep this code',
  notSeenYet: 'We have not received the confirmation yet. Pix usually takes a few seconds.',

  amount: 'Amount',
  dueDate: 'Due on',
  receiver: 'Receiver',
  bank: 'Issuing bank',
  copied: endsWith => `Copied · ends in ${endsWith}`,
  copyByHand: 'Could not copy by itself. Press and hold the code and choose Copy.',
  copyByKeys: 'Could not copy by itself. The code is selected: press Ctrl+C (⌘C on a Mac).',
  print: 'Print or save as PDF',
  turnPhone: 'To scan the bars, turn the phone.',
  doubt: {
    code_invalid: 'This code seems incomplete or altered. Do not pay; ask the shop.',
    currency_mismatch: 'This code is not in Brazilian reais. Do not pay; ask the shop.',
    amount_mismatch: 'The amount of this code is not the order’s. Do not pay; ask the shop.',
    due_date_mismatch:
      'The date inside this code is not the due date given. Check the due date in your bank’s app before you pay.',
  },
  remind: 'Add reminder',
  reminder: { BOLETO: 'Pay boleto', PAYCASH: 'Pay in cash (Paycash)' },
  newTab: 'opens in a new tab',

  pixCopy: 'Copy Pix code',
  pixCode: 'Pix code',
  pixQr: 'Pix QR code',
  showQr: 'Show QR code',
  checkReceiver: name => `Before you pay, check that your bank shows the name ${name}.`,
  share: 'Share code',
  pixStepsCopy: ['Copy the code', 'Open your bank’s app and choose Pix Copia e Cola', 'Paste and confirm'],
  pixStepsScan: ['Open your bank’s app', 'Choose Pix › Scan QR code', 'Check the amount and the name'],
  boletoCopy: 'Copy boleto number',
  boletoLine: 'Boleto number',
  boletoBars: 'Bar code of the boleto',
  boletoSteps: [
    'Copy the number or scan the bars in your bank’s app',
    'Check that the bank shows the same amount and LetPay as the payee before you pay',
  ],
  bankPage: 'See the bank’s boleto',
  paycashCopy: 'Copy reference',
  paycashReference: 'Payment reference',
  paycashBars: 'Bar code of the reference',
  paycashSteps: phrase => [
    phrase ? `Show this code at the till and say “${phrase}”` : 'Show this code at the till',
    'Ask them to scan the bars: reading the number aloud causes mistakes',
    'Pay the exact amount and keep the receipt. The reference works for one payment only',
  ],
  paycashAfter: 'Confirmation is usually immediate; some banks take up to 2\u00a0hours.',
  cashLimits: 'Cash limits',
  outsideCashLimits:
    'This amount is outside the cash limits of your country. Ask the shop before you go to the till.',
  keepAwake: 'Keep the screen on',
  keepAwakeRefused: 'The device did not allow it. Touch the screen now and then so that it stays on.',
  paycashInstructions: 'Instructions and shops',
  redirectGo: 'Go to the payment page',

  failureTitle: 'The payment could not be opened',
  tryAgainIn: wait => `Try again in ${wait}`,
  tryAgain: 'Try again',
  failures: {
    network: 'No connection: nothing was charged. Check the internet and try again.',
    not_received: 'The bank never received it: nothing was charged. You can try again.',
    not_found: 'We cannot find this payment. Go back to the shop and order again.',
    origin_not_allowed: 'This page may not take this payment. Ask the shop for help.',
    psp_unavailable: 'The payment service is down: nothing was charged. Try again in a moment.',
    psp_refused: 'The bank did not accept the details: nothing was charged. Check them and try again.',
    validation_failed: 'Check the details and try again. Nothing was charged.',
    method_not_offered: 'This way to pay is not available. Choose another.',
    no_methods: 'There is no way to pay for this order here. Ask the shop for help.',
    card_gone: 'This card can no longer be used: nothing was charged. Use another card.',
    not_authenticated:
      'Your bank did not confirm this card: nothing was charged. Try again, use another card or pay another way.',
    too_many_tries: 'Too many attempts. Wait a few minutes and try again.',
    too_many_requests: 'Too many attempts. Wait a little and try again.',
    other: 'Something did not work. Nothing was charged; try again.',
  },
};
