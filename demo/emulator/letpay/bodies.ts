/** The parts of LetPay's answers that both dialects share, by the forms in which an era writes amounts and files. */
import { type Contract, user } from './account.ts';
import { type Installment, installmentTable } from './installments.ts';
import type { Instrument } from './instrument.ts';
import { asNumber } from './money.ts';
import type { Payment } from './payment.ts';
import type { Totals } from './totals.ts';

export type Body = Readonly<Record<string, unknown>>;

/** How an era writes amounts in text, packs files and prints a boleto's line. */
export interface Forms {
  readonly amount: (minor: number) => string;
  readonly pack: (content: Uint8Array | string) => string;
  readonly line: (line: string) => string;
}

export function userBody(role: Body): Body {
  return {
    ...role,
    enable: true,
    name: user.name,
    id: user.id,
    merchant_id: user.merchantId,
    open: true,
    username: user.username,
  };
}

export function contractBody({ id, name, type, active, createdAt, methods }: Contract): Body {
  return {
    createdAt,
    contractType: type,
    name,
    active,
    id,
    methods: methods.map(method => ({
      country: method === 'PAYCASH' ? 'Mexico' : 'Brasil',
      name: method,
      active: true,
      currency: method === 'PAYCASH' ? 'MXN' : 'BRL',
      fees: [],
    })),
  };
}

export function installmentsOf(payment: Payment, row: (part: Installment) => Body) {
  const { country, methods, totals } = payment.order;
  const offered = country === 'BR' && methods.includes('CREDITCARD');
  return offered ? installmentTable(totals.customerAmount).map(row) : [];
}

export function orderBody({ token, order }: Payment, fee: (minor: number) => string | number): Body {
  return { payment: { payment_token: token }, methods: order.methods, ...totalsBody(order.totals, fee) };
}

export function totalsBody(totals: Totals, fee: (minor: number) => string | number): Body {
  return {
    totals: {
      amount: asNumber(totals.amount),
      original_amount: asNumber(totals.originalAmount),
      original_asset: totals.originalAsset,
      customer_fees: asNumber(totals.customerAmount - totals.amount),
      customer_amount: asNumber(totals.customerAmount),
      asset: totals.asset,
    },
    customer_fees: Object.fromEntries(totals.fees.map(({ name, amount }) => [name, fee(amount)])),
  };
}

export function instrumentFields(payment: Payment, instrument: Instrument, forms: Forms): Body {
  const amount = forms.amount(payment.order.totals.customerAmount);
  switch (instrument.kind) {
    case 'card':
      return instrument.savedCard
        ? { public_person_id: instrument.savedCard.personId, public_card_id: instrument.savedCard.cardId }
        : {};
    case 'pix':
      return { pix_qr_code: forms.pack(instrument.png), pix_code: instrument.code, pix_amount: amount };
    case 'boleto':
      return {
        boleto_html: forms.pack(instrument.html),
        boleto_code: forms.line(instrument.line),
        boleto_duedate: instrument.dueDate,
        boleto_amount: amount,
      };
    case 'paycash':
      return {
        paycash_barcode: instrument.reference,
        paycash_barcode_image: forms.pack(instrument.png),
        paycash_amount: amount,
        paycash_instructions_link: instrument.instructionsLink,
      };
  }
}

export function paycashBody(payment: Payment, instrument: Instrument, forms: Forms): Body {
  const { order, token } = payment;
  const slip = instrument.kind === 'paycash' ? instrument : undefined;
  return {
    payment_token: token,
    reference_id: order.referenceId,
    barcode: slip?.reference,
    barcode_png_gzip_base_64: slip && forms.pack(slip.png),
    amount: forms.amount(order.totals.customerAmount),
    instructions_link: slip?.instructionsLink,
    ...totalsBody(order.totals, asNumber),
  };
}
