/** The emulator’s controls (demo/emulator/README.md), with a count of the faults that really struck. */
import type { Http } from './http.ts';
import type { PlannedFault } from './plan.ts';

export interface LedgerRow {
  readonly payment_token: string;
  readonly reference_id: string;
  readonly status: string;
  readonly method: string | null;
  readonly send_received: number;
  readonly send_accepted: number;
  readonly card_last4: string | null;
}

export interface BoundFault extends PlannedFault {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly times?: number;
}

export interface Emulator {
  readonly url: string;
  fault(fault: BoundFault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Which of LetPay’s two dialects is spoken from here on. */
  dialect(era: 'classic' | 'current'): Promise<void>;
  settle(token: string, status: string): Promise<void>;
  /** All payments, or those of one reference. */
  payments(reference?: string): Promise<readonly LedgerRow[]>;
  /** Log-ins, and calls by the pattern of their path. */
  stats(): Promise<{ readonly logins: number; readonly calls: Readonly<Record<string, number>> }>;
  /** Faults that struck, by kind. */
  struck(): Promise<Readonly<Record<string, number>>>;
}

export function emulatorControls(url: string, http: Http): Emulator {
  const asked = new Map<string, number>();

  async function control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const reply = await http.call({ method, url: `${url}/_emulator${path}`, body });
    if (reply === null || reply.status >= 300)
      throw new Error(`${method} ${path}: ${reply?.text ?? 'no answer'}`);
    return reply.body as T;
  }

  const count = (kind: string, by: number) => asked.set(kind, (asked.get(kind) ?? 0) + by);
  const waiting = async () =>
    (await control<{ faults: readonly Required<BoundFault>[] }>('GET', '/faults')).faults;

  return {
    url,
    async fault(fault) {
      await control('POST', '/faults', fault);
      count(fault.kind, fault.times ?? 1);
    },
    async clearFaults() {
      for (const fault of await waiting()) count(fault.kind, -fault.times);
      await control('DELETE', '/faults');
    },
    async dialect(era) {
      await control('POST', '/dialect', { era });
    },
    async settle(token, status) {
      await control('POST', `/payments/${token}/settle`, { status });
    },
    payments: async reference => {
      const query = reference === undefined ? '' : `?reference_id=${encodeURIComponent(reference)}`;
      return (await control<{ payments: readonly LedgerRow[] }>('GET', `/payments${query}`)).payments;
    },
    stats: () => control('GET', '/stats'),
    async struck() {
      const left = await waiting();
      return Object.fromEntries(
        [...asked].map(([kind, times]) => [
          kind,
          times - left.filter(fault => fault.kind === kind).reduce((sum, fault) => sum + fault.times, 0),
        ]),
      );
    },
  };
}
