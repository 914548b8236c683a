/** The emulator’s ledger against what the proxy shows and what the shoppers were told: the money rules as questions. */
import type { LedgerRow } from './emulator-controls.ts';
import type { Visit } from './page.ts';

/** An order as the merchant sees it (product.md section 2.1); only what is asked about here. */
export interface MerchantOrder {
  readonly payment_token: string;
  readonly status: string;
  readonly verifying: boolean;
  readonly paid_twice: boolean;
  readonly attempts: readonly {
    readonly payment_token: string;
    readonly status: string;
    readonly verifying: boolean;
    readonly method: string | null;
  }[];
}

const over = new Set(['DECLINED', 'CANCELED', 'ERROR']);

/** What the proxy would still have to find out before it can be judged; empty when it knows all that the PSP knows. */
export function openQuestions(rows: readonly LedgerRow[], orders: readonly MerchantOrder[]): string[] {
  const attempts = orders.flatMap(order => order.attempts);
  const verifying = attempts
    .filter(attempt => attempt.verifying)
    .map(found => `${short(found)} is verifying`);
  const behind = rows.flatMap(row => {
    const shown = attempts.find(attempt => attempt.payment_token === row.payment_token);
    if (row.send_accepted === 0 || shown?.status === row.status) return [];
    return [`${short(row)} is ${row.status} at the PSP and ${shown?.status ?? 'unknown'} at the proxy`];
  });
  return [...verifying, ...behind];
}

const short = ({ payment_token }: { payment_token: string }) => payment_token.slice(0, 8);

/** Every rule that the checkout breaks, in words; empty when all is well. */
export function judge(visit: Visit, rows: readonly LedgerRow[], orders: readonly MerchantOrder[]): string[] {
  const findings = [...visit.complaints, ...openQuestions(rows, orders)];
  const complain = (when: boolean, text: string) => {
    if (when) findings.push(text);
  };
  if (visit.token === null) findings.push('the order never came about');
  for (const row of rows)
    complain(row.send_accepted > 1, `${short(row)} was accepted ${row.send_accepted} times`);

  const known = new Set(orders.flatMap(order => order.attempts.map(attempt => attempt.payment_token)));
  for (const row of rows) {
    complain(
      row.send_received > 0 && !known.has(row.payment_token),
      `${short(row)} was submitted and is not known`,
    );
    complain(
      row.send_accepted > 0 && visit.mustStayUnsent.has(row.payment_token),
      `${short(row)} was charged although an older code had been paid before`,
    );
  }

  const order = orders.find(({ payment_token }) => payment_token === visit.token);
  if (order === undefined) return findings;
  const paid = rows.filter(row => row.status === 'PAID');
  complain(paid.length > 0 && order.status !== 'PAID', `paid at the PSP and ${order.status} at the proxy`);
  complain(paid.length === 0 && order.status === 'PAID', 'PAID at the proxy and not at the PSP');
  complain(
    order.paid_twice !== paid.length > 1,
    `${paid.length} payments and paid_twice ${order.paid_twice}`,
  );
  complain(
    paid.length > 1 && !paid.every(row => visit.paidByHand.has(row.payment_token)),
    `${paid.length} payments, of which the shopper made ${visit.paidByHand.size} herself`,
  );

  const rowOf = (token: string | undefined) => rows.find(row => row.payment_token === token);
  for (const [number, attempt] of order.attempts.entries()) {
    const row = rowOf(attempt.payment_token);
    const live = row?.send_accepted === 1 && row.method === 'CREDITCARD' && !over.has(row.status);
    complain(
      live && number < order.attempts.length - 1,
      `the card of attempt ${number + 1} is ${row?.status} and a newer attempt was made`,
    );
    complain(
      over.has(attempt.status) && row?.status !== attempt.status,
      `attempt ${number + 1} is shown ${attempt.status} and is ${row?.status} at the PSP`,
    );
  }
  for (const { attempt, status } of visit.toldOver) {
    const row = rowOf(order.attempts[attempt - 1]?.payment_token);
    complain(row?.status !== status, `she was told ${status} of attempt ${attempt}, which is ${row?.status}`);
  }
  for (const [number, attempt] of order.attempts.entries()) {
    const row = rowOf(attempt.payment_token);
    const taken = row?.send_accepted === 1 ? (row.card_last4 ?? row.method) : null;
    const same = visit.answered.filter(told => told.attempt === number + 1 && told.means === taken);
    const lie = same.length > 0 && same.every(told => told.refused);
    complain(lie, `she was told that the data of attempt ${number + 1} was refused, and it was taken`);
  }
  return findings;
}
