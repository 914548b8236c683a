/**
 * What a pending checkout costs the watcher: taking what is due and putting it off again, with 10,000 and with 1,000,000
 * pending checkouts in the store. Flat means that the index is used and nothing is scanned.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAttempt } from '../../server/checkout/attempt.ts';
import type { CheckoutRecord } from '../../server/checkout/checkout-record.ts';
import { orderRequest } from '../../server/contract/order.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import type { Store } from '../../server/store/store.ts';

export interface QueueFigures {
  readonly pending: number;
  /** One checkout taken and put off, batches of 25 as the watcher takes them. */
  readonly microsecondsPerRead: number;
  readonly bytesPerCheckout: number;
}

const order = orderRequest.parse({
  amount: 123.45,
  asset: 'BRL',
  reference_id: 'ORDER-1',
  person_firstname: 'Marina',
  person_surname: 'Azevedo',
  person_taxid: '39784045087',
  person_email: 'marina@example.com',
  disable_address: true,
  payment_country: 'BR',
});

/** A boleto that nobody has paid yet. */
function pendingCheckout(n: number): CheckoutRecord {
  const token = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const instrument = {
    method: 'BOLETO',
    code: '00190000090101405100500000787176716410000012345',
    amount: 12_345,
    due_date: '2026-11-25',
    html: null,
  } as const;
  return {
    token,
    version: 1,
    gateway: 'letpay',
    referenceId: `ORDER-${n}`,
    country: 'BR',
    currency: 'BRL',
    returnUrl: null,
    publicPersonId: null,
    delayCapture: false,
    offersSaveCard: false,
    order,
    attempts: [
      { ...openAttempt(token, n), phase: 'sent', status: 'PROCESSING', method: 'BOLETO', instrument },
    ],
    claims: {},
    cardTries: [],
    createdAt: n,
    dueAt: n,
    methods: ['PIX', 'CREDITCARD', 'BOLETO'],
    installments: Array.from({ length: 12 }, (_, at) => ({ installments: at + 1, amount: 12_345 })),
    totals: null,
    customerFees: [],
  };
}

async function fill(store: Store, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += 5_000) {
    const some = Array.from({ length: Math.min(5_000, to - n) }, (_, at) =>
      store.create(pendingCheckout(n + at)),
    );
    await Promise.all(some);
  }
}

async function measure(store: Store, pending: number, rounds: number): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    const due = await store.takeDue(pending, 10 * pending, 25);
    await Promise.all(
      due.map(async token => {
        const record = await store.find(token);
        if (record) await store.setDue(record, pending / 2);
      }),
    );
    costs.push(((performance.now() - started) * 1_000) / due.length);
  }
  return costs.sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? Number.NaN;
}

export async function benchWatchQueue(sizes: readonly number[]): Promise<QueueFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-bench-'));
  const file = join(folder, 'bench.db');
  const store = openSqliteStore(file, recordCodec('a-key-of-the-bench'));
  try {
    const figures: QueueFigures[] = [];
    let filled = 0;
    for (const pending of sizes) {
      await fill(store, filled, pending);
      filled = pending;
      const microsecondsPerRead = Math.round(await measure(store, pending, 200));
      figures.push({
        pending,
        microsecondsPerRead,
        bytesPerCheckout: Math.round(statSync(file).size / pending),
      });
    }
    return figures;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}
