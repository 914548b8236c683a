/**
 * Every text of the tag, once, with a note for the translator where the words alone do not say it.
 *
 * Numbers, plurals and word order are functions, because languages do not agree on them. Amounts, dates and times arrive
 * as formatted text. Texts are asked for while rendering, never when a module loads, so that two tags on one page can
 * speak two languages. Terms follow the glossary of each country: “linha digitável”, “meses”, “cuotas”.
 */
import type { DeclineReason, Method, Status } from '../../server/contract/checkout.ts';
import type { PlainSubmission } from '../../server/contract/submission.ts';
import type { InstrumentDoubt } from '../methods/instrument-doubt.ts';

/** Paid elsewhere: nothing is typed in here. */
type PlainMethod = PlainSubmission['method'];

/** The fields of the card form, by the names that shoppers’ browsers and the shop’s tests know. */
export type CardField = 'card_number' | 'card_holder' | 'card_expiry' | 'card_cvv' | 'card_installments';

/** What can be wrong with a field. */
export type FieldErrorCode = 'required' | 'incomplete' | 'invalid' | 'expired' | 'too_long';

export interface InstallmentWords {
  readonly installments: number;
  readonly amount: string;
  readonly total: string;
  readonly interestFree: boolean;
  /** False when the payments do not add up to the total, by a few cents: then the total has to be said. */
  readonly isExact: boolean;
  /** “2,99%” a month, or null when it cannot be computed. */
  readonly rate: string | null;
}

export interface Texts {
  readonly loading: string;
  readonly chooseMethod: string;
  readonly testMode: string;
  readonly total: string;
  readonly order: (reference: string) => string;
  /** `name` is LetPay’s, for example `TAXES_FEE`. */
  readonly fee: (name: string) => string;
  readonly subtotal: string;
  /** The price in the shop’s currency, where another one is paid. */
  readonly originalAmount: string;
  readonly exchangeRate: string;
  /** What paying in installments costs on top: interest, and cents of rounding. */
  readonly installmentCost: string;

  readonly methodName: Readonly<Record<Method, string>>;
  /** Beside the method’s name, two to four words. */
  readonly methodHint: Readonly<Record<PlainMethod, string>>;
  readonly upToInstallments: (count: number) => string;
  /** The most payments without interest. */
  readonly interestFree: (count: number) => string;
  /** Beside the lock under the pay button. */
  readonly secure: string;
  /** Under the method’s name once it is open. */
  readonly methodIntro: Readonly<Record<PlainMethod, string>>;
  /** The one main button. Always names the amount. */
  readonly pay: (amount: string) => string;
  readonly payInInstallments: (count: number, amount: string) => string;
  readonly create: Readonly<Record<PlainMethod, (amount: string) => string>>;

  readonly fieldLabel: Readonly<Record<CardField, string>>;
  /** How long the code is and where it is printed: four digits on the front, three on the back. */
  readonly cvvHint: (length: 3 | 4) => string;
  readonly fieldError: (field: CardField, code: FieldErrorCode, cvvLength: number) => string;
  readonly fixFields: (labels: readonly string[]) => string;
  /** One payment. */
  readonly inFull: (total: string) => string;
  /** Two payments and more. What all of them cost comes after the first “ · ”. */
  readonly installment: (words: InstallmentWords) => string;
  /** “6x de R$ 10,13”, of what was paid. */
  readonly inInstallments: (count: number, amount: string) => string;
  readonly cardEnding: (brand: string, last4: string) => string;
  /** Above the shopper’s stored cards. */
  readonly savedCards: string;
  /** Beside a stored card; `month` is “12/30”. */
  readonly cardExpires: (month: string) => string;
  /** The quiet button beside a card, and what a screen reader calls it: it must begin with the same word. */
  readonly removeCard: string;
  readonly removeCardNamed: (card: string) => string;
  /** Asked in place of that button, beside “Remove” and “Keep”. */
  readonly removeCardAsk: string;
  readonly keepCard: string;
  readonly removingCard: string;
  readonly cardRemoved: string;
  readonly cardNotRemoved: string;
  /** Beside a box that is never ticked for the shopper. */
  readonly saveCard: string;
  /** Where the number then is, and how it is got rid of. */
  readonly saveCardHint: string;

  /** On the button meanwhile: one line beside a spinner. */
  readonly busy: string;
  readonly processing: string;
  readonly keepOpen: string;
  readonly verifyingTitle: string;
  readonly verifyingBody: string;
  /** Nothing is in doubt: the page to pay on has no address yet. */
  readonly preparingPage: string;
  /** In its place once the page has stopped looking. */
  readonly doNotPayAgain: string;
  readonly checkNow: string;
  readonly nothingNew: string;
  /** Beside the button that asks again. */
  readonly watchEnded: string;
  readonly supportCode: (code: string) => string;

  readonly pendingTitle: string;
  readonly pendingBody: string;
  readonly paidTitle: (method: Method | null, authorizedOnly: boolean) => string;
  readonly backToShop: string;
  readonly declined: Readonly<Record<DeclineReason, string>>;
  readonly declinedTitle: string;
  readonly payByPix: (amount: string) => string;
  readonly fixData: string;
  readonly otherCard: string;
  readonly fewerInstallments: string;
  readonly sameCardAgain: string;
  readonly otherWay: string;
  readonly askShop: string;
  readonly endedTitle: (status: Status, method: Method | null) => string;
  /** Under that title: what it means for the shopper’s money, and what to do. By what `views/result.ts` makes of the status. */
  readonly endedBody: Readonly<
    Record<
      | 'refunded'
      | 'refundedInPart'
      | 'disputed'
      /** A code or slip that can be paid no more. */
      | 'codeOver'
      | 'canceled'
      /** Nothing more can be paid here, and perhaps somebody had. */
      | 'canceledForGood'
      | 'notCompleted'
      /** The payment was begun, but the answer with the code never arrived. */
      | 'codeLost',
      string
    >
  >;
  readonly newCode: string;
  readonly startAgain: string;

  readonly waiting: Readonly<Record<PlainMethod, string>>;
  readonly validFor: (time: string) => string;
  readonly validUntil: (time: string) => string;
  /** Spoken only, while a code runs out. */
  readonly minutesLeft: (minutes: number) => string;
  readonly expired: string;
  /** The same of a boleto or a cash reference, with the day. */
  readonly pastDue: (date: string) => string;
  /** In the line that says what the page waits for, beneath a code that should not be paid. */
  readonly ifPaid: string;
  /** Unfolds such a code. */
  readonly showAnyway: string;
  readonly alreadyPaid: string;
  readonly notSeenYet: string;
  /** The shopper asked, and nobody could be asked. */
  readonly notChecked: string;
  /** Another tab was quicker than the card of this one. */
  readonly cardNotCharged: string;
  /** Before a code that can still be paid is left. */
  readonly leaveCode: string;
  readonly keepCode: string;

  readonly amount: string;
  readonly dueDate: string;
  readonly receiver: string;
  readonly bank: string;
  readonly copied: (endsWith: string) => string;
  /** With a finger. */
  readonly copyByHand: string;
  /** With a keyboard; the code is selected. */
  readonly copyByKeys: string;
  readonly print: string;
  readonly turnPhone: string;
  /** Why a code should be looked at twice, by the `code` of `letpay-warning`. A doubt is no proof. */
  readonly doubt: Readonly<Record<InstrumentDoubt, string>>;
  /** Saves a file for the shopper’s calendar. */
  readonly remind: string;
  /** What the calendar then shows, before the order and the amount. */
  readonly reminder: Readonly<Record<'BOLETO' | 'PAYCASH', string>>;
  /** Behind a link, in brackets. */
  readonly newTab: string;

  readonly pixCopy: string;
  readonly pixCode: string;
  readonly pixQr: string;
  readonly showQr: string;
  /** The bank’s app names who gets the money; `name` is what it should say. */
  readonly checkReceiver: (name: string) => string;
  /** Opens the device’s own way to send the code somewhere. */
  readonly share: string;
  readonly pixStepsCopy: readonly string[];
  readonly pixStepsScan: readonly string[];
  readonly boletoCopy: string;
  readonly boletoLine: string;
  readonly boletoBars: string;
  readonly boletoSteps: readonly string[];
  /** Unfolds the page that the bank made. */
  readonly bankPage: string;
  readonly paycashCopy: string;
  readonly paycashReference: string;
  readonly paycashBars: string;
  /** `phrase` is what cashiers of the country know, in their language; null where that is unknown. */
  readonly paycashSteps: (phrase: string | null) => readonly string[];
  readonly paycashAfter: string;
  /** Label of the least and the most that shops of the country take in cash. */
  readonly cashLimits: string;
  readonly outsideCashLimits: string;
  readonly keepAwake: string;
  readonly keepAwakeRefused: string;
  readonly paycashInstructions: string;
  readonly redirectGo: string;

  readonly failureTitle: string;
  readonly tryAgain: string;
  /** On a button that counts down. */
  readonly tryAgainIn: (wait: string) => string;
  /** By `Failure.code`; `other` is for codes that are not listed. */
  readonly failures: Readonly<Record<string, string>> & { readonly other: string };
}
