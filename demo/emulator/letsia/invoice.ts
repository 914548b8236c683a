/** An invoice as the emulator keeps it, and the words for its status. */
import type { Status } from '../letpay/status.ts';
import type { Mode } from './account.ts';

/** As the documents write them. */
export const words = ['pending', 'paid', 'failed', 'request_refund', 'CANCELLED'] as const;
export type Word = (typeof words)[number];
/** What the sandbox can be told to simulate. */
export const simulated = ['pending', 'paid', 'failed'] as const;

export interface Invoice {
  readonly id: number;
  readonly number: string;
  readonly code: string;
  readonly mode: Mode;
  readonly title: string;
  readonly email: string;
  /** Minor units, hundredths. */
  readonly amount: number;
  readonly status: Word;
  /** Ids of the account's payment methods. */
  readonly methods: readonly number[];
  /** From when on the methods have a link; null while nobody works on it. */
  readonly linkAt: number | null;
  readonly wasPaid: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The nearest of LetPay's words, for the ledger of the controls. */
export const ledgerStatus: Readonly<Record<Word, Status>> = {
  pending: 'PROCESSING',
  paid: 'PAID',
  failed: 'DECLINED',
  request_refund: 'PAID',
  CANCELLED: 'CANCELED',
};

/** The word for one of LetPay's, where Letsia has one. */
export const wordFor: Readonly<Partial<Record<Status, Word>>> = {
  CREATED: 'pending',
  PROCESSING: 'pending',
  PAID: 'paid',
  DECLINED: 'failed',
  ERROR: 'failed',
  CANCELED: 'CANCELLED',
};
