/**
 * Where a payment goes after it was submitted: the sandbox words of both documents, whatever the dialect.
 * Current ("Simulate status"): the first name, or the first word of `full_name`. Classic ("Simulate states"): first name,
 * surname and tax id together. Any other payer is left in PROCESSING.
 */
import type { Cancellation, Payer } from './payment.ts';
import type { Status } from './status.ts';

export type Outcome = Extract<Status, 'PAID' | 'DECLINED' | 'IN_ANALYSIS' | 'CANCELED'>;

const words = ['PAID', 'DECLINED', 'IN_ANALYSIS', 'CANCELED'] as const;

const classic: readonly { readonly name: string; readonly taxId: string; readonly outcome: Outcome }[] = [
  { name: 'CANCEL', taxId: '11111111111', outcome: 'CANCELED' },
  { name: 'ANALYZE', taxId: '22222222222', outcome: 'IN_ANALYSIS' },
  { name: 'REJECT', taxId: '00000000000', outcome: 'DECLINED' },
];

/** Repeated digits are no real CPF, but the classic words need them. */
export const sandboxTaxIds: ReadonlySet<string> = new Set(classic.map(({ taxId }) => taxId));

export function outcomeFor({ firstName, surname, taxId }: Payer): Outcome | null {
  const [first = ''] = firstName.trim().split(/\s+/);
  const word = words.find(candidate => candidate === first);
  const triple = classic.find(
    row => row.name === first && row.name === surname.trim() && row.taxId === taxId,
  );
  return word ?? triple?.outcome ?? null;
}

/** Decline code by the last two digits of the order's amount; a settle call's own code wins. */
const codeByCents: Readonly<Record<number, string>> = {
  2: '01.03.0002',
  3: '01.03.0003',
  4: '01.04.0001',
  5: '01.05.0014',
  6: '01.06.0003',
  7: '01.10.0001',
  8: '01.08.0001',
  11: '01.11.0001',
  12: '01.05.0012',
  25: '01.05.0021',
  27: '01.05.0027',
};

/** @param originalAmount the amount as the merchant sent it, in minor units. */
export const declineCode = (originalAmount: number): string =>
  codeByCents[originalAmount % 100] ?? '01.03.0001';

export const expired: Cancellation = { by: 'letpay', code: '10', description: 'Transaction not processed' };
export const canceledByMerchant: Cancellation = {
  by: 'letpay',
  code: '9',
  description: 'Requested by the merchant',
};
export const canceledByAcquirer: Cancellation = {
  by: 'ACQUIRER',
  code: '3',
  description: 'Issuer policy violation',
};
