/** The emulator's control calls (product.md section 6), as far as the test panel uses them. */
import { z } from 'zod';

const ledger = z.object({
  payments: z.array(
    z.object({
      payment_token: z.string(),
      status: z.string(),
      method: z.string().nullish(),
      send_received: z.number(),
      send_accepted: z.number(),
    }),
  ),
});

/** One attempt as the PSP sees it; `send_accepted` above one would be a double charge. */
export type LedgerEntry = z.infer<typeof ledger>['payments'][number];

export interface Settlement {
  readonly status: string;
  readonly error_code?: string;
}

export interface Fault {
  readonly path: string;
  readonly method: string;
  readonly times: number;
  readonly kind: string;
  readonly ms?: number;
  readonly status?: number;
}

/** Every call throws when the emulator cannot be reached or says no. */
export interface EmulatorControls {
  /** The attempts of an order, oldest first. */
  ledger(reference: string): Promise<readonly LedgerEntry[]>;
  settle(paymentToken: string, settlement: Settlement): Promise<void>;
  addFault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  advanceClock(ms: number): Promise<void>;
  setDialect(era: 'classic' | 'current'): Promise<void>;
}

export function createEmulatorControls(
  emulatorUrl: string,
  fetch: typeof globalThis.fetch,
): EmulatorControls {
  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(new URL(path, emulatorUrl), {
      method,
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`The emulator answered ${response.status} to ${method} ${path}`);
    return response;
  }

  return {
    async ledger(reference) {
      const response = await call('GET', `/_emulator/payments?reference_id=${encodeURIComponent(reference)}`);
      return ledger.parse(await response.json()).payments;
    },
    async settle(paymentToken, settlement) {
      await call('POST', `/_emulator/payments/${encodeURIComponent(paymentToken)}/settle`, settlement);
    },
    async addFault(fault) {
      await call('POST', '/_emulator/faults', fault);
    },
    async clearFaults() {
      await call('DELETE', '/_emulator/faults');
    },
    async advanceClock(ms) {
      await call('POST', '/_emulator/clock', { advance_ms: ms });
    },
    async setDialect(era) {
      await call('POST', '/_emulator/dialect', { era });
    },
  };
}
