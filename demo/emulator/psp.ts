/** What the emulator asks of a PSP that it plays beside LetPay, under a path of its own. */
import type { Hono } from 'hono';
import type { Status } from './letpay/status.ts';

/** A payment in the ledger of the controls (product.md section 6). Amounts are JSON numbers. */
export interface LedgerRow {
  readonly payment_token: string;
  readonly gateway: string;
  readonly reference_id: string;
  /** In LetPay's words. */
  readonly status: Status;
  readonly method: string | null;
  /** How often something payable was asked for, and how often it was made. */
  readonly send_received: number;
  readonly send_accepted: number;
  readonly amount_received: number;
  readonly refunded_amount: number;
  readonly card_last4: null;
}

export interface Psp {
  /** Where it is mounted: `/letsia`. */
  readonly path: string;
  readonly routes: Hono;
  /** Its own calls under `/_emulator`, on the same path. */
  readonly controls: Hono;
  /** Counts a call that reached it. */
  readonly arrived: (method: string, path: string) => void;
  /** Its own wording of an HTTP error that a fault asks for. */
  readonly errorAnswer: (path: string, status: number) => Response;
  /** In order of creation; with a reference, only its payments. */
  readonly ledger: (referenceId?: string) => readonly LedgerRow[];
  /**
   * Moves a payment; `amountReceived` in minor units. `no_such_word`: it has no such status. Undefined: no payment has
   * this token.
   */
  readonly settle: (
    token: string,
    status: Status,
    amountReceived?: number,
  ) => LedgerRow | 'no_such_word' | undefined;
  readonly reset: () => void;
}
