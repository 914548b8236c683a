/** What the payer takes away: made anew for each accepted submission, with the amount and the date of the payment. */
import type { Random } from '../random.ts';
import { digits, uuid } from '../random.ts';
import { code128Png } from './barcode-png.ts';
import { boleto } from './boleto.ts';
import { boletoHtml } from './boleto-html.ts';
import { countryOf } from './countries.ts';
import type { Payment } from './payment.ts';
import { type PixAccount, pixCode, qrPng } from './pix.ts';
import type { SavedCard, SavedCards } from './saved-cards.ts';
import type { Submission } from './send-fields.ts';

export type Instrument =
  | { readonly kind: 'card'; readonly savedCard: SavedCard | null }
  | { readonly kind: 'pix'; readonly code: string; readonly png: Uint8Array }
  | { readonly kind: 'boleto'; readonly line: string; readonly dueDate: string; readonly html: string }
  | {
      readonly kind: 'paycash';
      readonly reference: string;
      readonly png: Uint8Array;
      readonly instructionsLink: string;
    };

export interface InstrumentMakers {
  readonly pixAccount: PixAccount;
  readonly savedCards: SavedCards;
  readonly random: Random;
}

export function issueInstrument(
  payment: Payment,
  submission: Submission,
  { pixAccount, savedCards, random }: InstrumentMakers,
): Instrument {
  const { token, order } = payment;
  const amount = order.totals.customerAmount;
  switch (submission.method) {
    case 'CREDITCARD':
    case 'DEBITCARD':
      return {
        kind: 'card',
        savedCard: submission.card.saveCard ? savedCards.add(order.payer, submission.card.last4) : null,
      };
    case 'PIX': {
      const txid = token.replaceAll('-', '').slice(0, 25).toUpperCase();
      const code = pixCode(pixAccount, amount, uuid(random), txid);
      return { kind: 'pix', code, png: qrPng(code) };
    }
    case 'BOLETO': {
      const { dueDate, instructions } = submission;
      const slip = boleto(amount, dueDate, digits(random, 25));
      const html = boletoHtml({ boleto: slip, amount, dueDate, payer: order.payer, instructions });
      return { kind: 'boleto', line: slip.line, dueDate, html };
    }
    case 'PAYCASH': {
      const reference = digits(random, countryOf(order.country)?.paycash?.digits ?? 16);
      return {
        kind: 'paycash',
        reference,
        png: code128Png(reference),
        instructionsLink: `https://instructions.letpay.example/paycash/${order.country}/${token}`,
      };
    }
  }
}
