/** What the shop says; each language in `texts/` says all of it. */
import type { BuyerField, SandboxOutcome } from './buyer.ts';
import type { ClockStep, declineCodes, FaultPreset, PanelNote, settleStatuses } from './panel.ts';
import type { ProductId } from './products.ts';

export interface Texts {
  readonly shop: {
    readonly tagline: string;
    readonly lead: string;
    readonly demoNotice: string;
    readonly country: string;
    readonly language: string;
    readonly change: string;
    readonly skip: string;
    readonly footer: string;
    readonly notFound: string;
    readonly backToShop: string;
  };
  readonly products: Readonly<Record<ProductId, { readonly name: string; readonly detail: string }>>;
  readonly cart: {
    readonly title: string;
    readonly add: string;
    /** The accessible name of the same button; it begins with the visible word. */
    readonly addNamed: (product: string) => string;
    readonly empty: string;
    readonly quantity: string;
    readonly update: string;
    readonly remove: string;
    readonly subtotal: string;
    readonly shipping: string;
    readonly free: string;
    readonly total: string;
    readonly checkout: string;
    readonly beyondCash: (min: string, max: string) => string;
  };
  readonly buyer: {
    readonly title: string;
    readonly hint: string;
    readonly contact: string;
    readonly address: string;
    /** The name of the tax id differs by country and is not here. */
    readonly fields: Readonly<Record<Exclude<BuyerField, 'tax_id'>, string>>;
    readonly wrong: string;
    /** Of a Brazilian tax id: which kind it is, and that its check digits do not fit; or that it is neither. */
    readonly wrongTaxId: Readonly<Record<'length' | 'CPF' | 'CNPJ', string>>;
    readonly gatewayTitle: string;
    readonly hold: string;
    readonly holdHint: string;
    readonly outcomeTitle: string;
    readonly outcomeHint: string;
    readonly outcomes: Readonly<Record<SandboxOutcome, string>>;
    readonly submit: string;
    readonly problems: {
      readonly fields: string;
      readonly unreachable: string;
      readonly refused: (code: string) => string;
      readonly requestId: (id: string) => string;
    };
  };
  readonly pay: {
    readonly title: string;
    readonly summary: string;
    readonly order: string;
    readonly noScript: string;
    readonly tagMissing: string;
    readonly thanks: string;
    readonly thanksDetail: string;
    readonly held: string;
    readonly heldDetail: string;
    /** The simulated bank that asks about a debit card. */
    readonly bank: string;
    readonly bankAsks: string;
    readonly bankConfirm: string;
    readonly bankRefuse: string;
    readonly toOrder: string;
  };
  readonly order: {
    readonly title: string;
    readonly status: string;
    readonly method: string;
    readonly due: string;
    readonly received: string;
    readonly refunded: string;
    readonly attempts: string;
    readonly paidTwice: string;
    readonly unavailable: string;
    readonly update: string;
    readonly toPayment: string;
    readonly source: string;
    readonly timeline: string;
    readonly noEvents: string;
    /** By the webhook's type; the buyer is not told of others. */
    readonly events: Readonly<Record<string, string>>;
    /** By the status words of product.md section 2.3; others are shown as they are. */
    readonly statuses: Readonly<Record<string, string>>;
    readonly methods: Readonly<Record<string, string>>;
  };
  /** The shop's own pages. */
  readonly staff: {
    readonly title: string;
    readonly denied: string;
    readonly orders: string;
    readonly noOrders: string;
    readonly buyersView: string;
    readonly money: string;
    readonly nothingToRefund: string;
    readonly refundAmount: string;
    readonly refundHint: (left: string) => string;
    readonly refund: string;
    readonly pixKey: string;
    readonly captureAmount: string;
    readonly captureHint: (held: string) => string;
    readonly capture: string;
    readonly cancel: string;
    readonly cancelPaid: string;
    readonly cancelPaidHint: string;
    readonly sequence: (number: number) => string;
    readonly missing: (numbers: string) => string;
    /** `done`, and the proxy's codes that staff can do something about. */
    readonly notes: Readonly<Record<string, string>>;
    readonly refused: (code: string) => string;
  };
  readonly panel: {
    readonly title: string;
    readonly lead: string;
    readonly outcome: string;
    readonly attempts: string;
    readonly noAttempt: string;
    /** Template with `{count}`: how often the PSP took this attempt's submission. */
    readonly accepted: string;
    readonly settle: Readonly<Record<(typeof settleStatuses)[number], string>>;
    readonly declineReason: string;
    readonly declines: Readonly<Record<(typeof declineCodes)[number], string>>;
    readonly clock: string;
    readonly clockSteps: Readonly<Record<ClockStep, string>>;
    readonly fault: string;
    readonly faults: Readonly<Record<FaultPreset | 'none', string>>;
    readonly apply: string;
    readonly dialect: string;
    readonly eras: { readonly current: string; readonly classic: string };
    readonly cards: string;
    readonly cardsHint: string;
    readonly events: string;
    readonly noEvents: string;
    readonly notes: Readonly<Record<PanelNote, string>>;
  };
}
