/** A payment as the emulator keeps it. Of a card it keeps the last four digits and nothing else. */
import type { Status } from './status.ts';
import type { Totals } from './totals.ts';

export type Method = 'CREDITCARD' | 'DEBITCARD' | 'BOLETO' | 'PIX' | 'PAYCASH';

export interface Payer {
  readonly firstName: string;
  readonly surname: string;
  readonly email: string;
  readonly taxId: string | null;
}

export interface Order {
  readonly referenceId: string;
  readonly contractId: string;
  readonly country: string;
  readonly totals: Totals;
  /** Methods that the answer offers, in the documents' order. */
  readonly methods: readonly Method[];
  readonly payer: Payer;
  readonly notificationUrl: string | null;
  readonly extraData: Readonly<Record<string, unknown>> | null;
}

/** "Cancelation codes" of the classic document; newer answers carry the description only. */
export interface Cancellation {
  readonly by: 'ACQUIRER' | 'letpay';
  readonly code: string;
  readonly description: string;
}

export interface Payment {
  readonly token: string;
  readonly order: Order;
  /** Milliseconds since 1970, like every moment here. */
  readonly createdAt: number;
  readonly status: Status;
  readonly method: Method | null;
  /** Decline or error code, or null. */
  readonly errorCode: string | null;
  /** Minor units. */
  readonly amountReceived: number;
  readonly refundedAmount: number;
  readonly confirmedAt: number | null;
  readonly expiresAt: number | null;
  /** `YYYY-MM-DD` for what falls due on a day (boleto, Paycash); null for what expires at a moment (Pix). */
  readonly dueDate: string | null;
  readonly cancellation: Cancellation | null;
  readonly cardLast4: string | null;
  /** Hold the amount instead of taking it (`delay_capture`). */
  readonly delayCapture: boolean;
  /** Submissions that arrived for this token, and those that took effect (at most one). */
  readonly sendReceived: number;
  readonly sendAccepted: number;
}

export const fullName = (payer: Payer): string => `${payer.firstName} ${payer.surname}`.trim();
