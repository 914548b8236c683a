/** An order as the emulator keeps it, and the words for its status. */
import type { Status } from '../letpay/status.ts';

/** "Enumerations", `order_status_int`; 11 is for pay-out only. */
export const words = {
  0: 'PENDING_CONFIRM',
  1: 'PENDING_PAY',
  2: 'SUCCEED',
  3: 'FAILED',
  4: 'CANCELED',
  5: 'REFUND',
  6: 'CLOSED',
  12: 'PAID',
} as const;
export type Code = keyof typeof words;

/** Words that other pages of the documents use. */
export const guideWords: Readonly<Record<Code, string>> = {
  ...words,
  0: 'PENDING',
  1: 'PENDING',
  2: 'SUCCESS',
};

export interface Order {
  /** `P` and digits. */
  readonly payOrderId: string;
  /** The merchant's. */
  readonly requestId: string;
  /** Minor units, hundredths. */
  readonly amount: number;
  readonly currency: string;
  readonly productName: string;
  readonly description: string;
  readonly notifyUrl: string;
  readonly successUrl: string;
  readonly failUrl: string;
  readonly status: Code;
  /** Minor units. */
  readonly amountReceived: number;
  /** How often create-order came with this `request_id`; it took effect once. */
  readonly received: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Nobody has paid, and somebody may. */
export const isPending = ({ status }: Order): boolean => status === 0 || status === 1;

/** The nearest of LetPay's words, for the ledger of the controls. */
export const ledgerStatus: Readonly<Record<Code, Status>> = {
  0: 'PROCESSING',
  1: 'PROCESSING',
  2: 'PAID',
  3: 'DECLINED',
  4: 'CANCELED',
  5: 'REFUNDED',
  6: 'CANCELED',
  12: 'IN_ANALYSIS',
};

/** The code for one of LetPay's words, where Lesspay has one. */
export const codeFor: Readonly<Partial<Record<Status, Code>>> = {
  CREATED: 0,
  PROCESSING: 1,
  PAID: 2,
  IN_ANALYSIS: 12,
  DECLINED: 3,
  ERROR: 3,
  CANCELED: 4,
  REFUNDED: 5,
};
