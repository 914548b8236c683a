/**
 * Every text of the tag, once, with a note for the translator where the words alone do not say it.
 *
 * Numbers, plurals and word order are functions, because languages do not agree on them. Amounts, dates and times arrive
 * as formatted text. Texts are asked for while rendering, never when a module loads, so that two tags on one page can
 * speak two languages. Terms follow the glossary of each country: “linha digitável”, “meses”, “cuotas”.
 */
import type { DeclineReason, Method, Status } from '../../server/contract/checkout.ts';

/** The fields of the card form, by the names that shoppers’ browsers and the shop’s tests know. */
export type CardField = 'card_number' | 'card_holder' | 'card_expiry' | 'card_cvv' | 'card_installments';

/** What can be wrong with a field. */
export type FieldErrorCode = 'required' | 'incomplete' | 'invalid' | 'expired';

export interface InstallmentWords {
  readonly installments: number;
  readonly amount: string;
  readonly total: string;
  readonly interestFree: boolean;
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

  readonly methodName: Readonly<Record<Method, string>>;
  /** Beside the method’s name, two to four words. */
  readonly methodHint: Readonly<Record<Exclude<Method, 'CREDITCARD'>, string>>;
  readonly upToInstallments: (count: number) => string;
  /** Under the method’s name once it is open. */
  readonly methodIntro: Readonly<Record<Exclude<Method, 'CREDITCARD'>, string>>;
  /** The one main button. Always names the amount. */
  readonly pay: (amount: string) => string;
  readonly payInInstallments: (count: number, amount: string) => string;
  readonly create: Readonly<Record<Exclude<Method, 'CREDITCARD'>, (amount: string) => string>>;

  readonly fieldLabel: Readonly<Record<CardField, string>>;
  /** How long the code is and where it is printed: four digits on the front, three on the back. */
  readonly cvvHint: (length: 3 | 4) => string;
  readonly fieldError: (field: CardField, code: FieldErrorCode, cvvLength: number) => string;
  readonly fixFields: (labels: readonly string[]) => string;
  readonly installment: (words: InstallmentWords) => string;
  readonly cardEnding: (brand: string, last4: string) => string;

  readonly processing: string;
  readonly keepOpen: string;
  readonly verifyingTitle: string;
  readonly verifyingBody: string;
  readonly checkNow: string;
  readonly nothingNew: string;
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
  /** Under the title of `PROCESSING`: the payment was begun, but the answer with the code never arrived. */
  readonly codeLost: string;
  readonly newCode: string;
  readonly startAgain: string;

  readonly waiting: Readonly<Record<Method, string>>;
  readonly validFor: (time: string) => string;
  readonly validUntil: (time: string) => string;
  readonly expired: string;
  readonly alreadyPaid: string;
  readonly notSeenYet: string;

  readonly amount: string;
  readonly dueDate: string;
  readonly receiver: string;
  readonly bank: string;
  readonly copied: (endsWith: string) => string;
  readonly copyByHand: string;
  readonly print: string;
  readonly turnPhone: string;
  readonly amountMismatch: string;
  readonly codeInvalid: string;

  readonly pixCopy: string;
  readonly pixCode: string;
  readonly pixQr: string;
  readonly showQr: string;
  readonly pixStepsCopy: readonly string[];
  readonly pixStepsScan: readonly string[];
  readonly boletoCopy: string;
  readonly boletoLine: string;
  readonly boletoBars: string;
  readonly boletoSteps: readonly string[];
  readonly paycashCopy: string;
  readonly paycashReference: string;
  readonly paycashBars: string;
  readonly paycashSteps: readonly string[];
  readonly paycashInstructions: string;
  readonly redirectGo: string;

  readonly failureTitle: string;
  readonly tryAgain: string;
  /** By `Failure.code`; `other` is for codes that are not listed. */
  readonly failures: Readonly<Record<string, string>> & { readonly other: string };
}
