/** What a merchant is told: record before and after, and the events between them. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { openAttempt } from '../../server/checkout/attempt.ts';
import type { Attempt, CheckoutRecord, Refund } from '../../server/checkout/checkout-record.ts';
import { webhookEvent } from '../../server/contract/webhook.ts';
import { announce } from '../../server/webhooks/announcement.ts';
import { record } from './store/store-suite.ts';

const at = Date.UTC(2026, 10, 20, 12);
const fresh = () => announce(record(), at).record;

function withFirst(was: CheckoutRecord, changes: Partial<Attempt>): CheckoutRecord {
  const [first, ...rest] = was.attempts;
  return { ...was, attempts: [{ ...first, ...changes }, ...rest] };
}

/** The events of a change, read as a receiver would. */
function told(next: CheckoutRecord) {
  return announce(next, at).events.map(event => webhookEvent.parse(JSON.parse(event.body)));
}

const sent = (changes: Partial<Attempt> = {}): Partial<Attempt> => ({
  phase: 'sent',
  status: 'PROCESSING',
  method: 'PIX',
  ...changes,
});

const refund = (changes: Partial<Refund> = {}): Refund => ({
  number: 3,
  attempt: 'A',
  amount: 1_000,
  phase: 'taken',
  status: 'REQUESTED',
  pspId: null,
  mark: 'm',
  marksBefore: [],
  createdAt: 1,
  inDoubtSince: null,
  settledAt: null,
  requestId: 'r',
  key: null,
  fingerprint: 'f',
  ...changes,
});

test('a new order tells of nothing, and what is announced stands on its record', () => {
  const { record: kept, events } = announce(record(), at);
  assert.deepEqual(events, []);
  assert.equal(kept.announced?.sequence, 0);
});

test('a record that begins in a later state, as one that was made elsewhere, tells of it', () => {
  const [event] = told(withFirst(record(), sent({ status: 'PAID', amountReceived: 12_345 })));
  assert.deepEqual(
    [event?.type, event?.data.previous_status, event?.data.sequence, event?.data.amount_received],
    ['order.paid', null, 1, 123.45],
  );
});

const changes: readonly [string, (was: CheckoutRecord) => CheckoutRecord, readonly string[]][] = [
  ['a submission on its way', was => withFirst(was, { phase: 'sending', method: 'PIX' }), []],
  ['a doubt that begins', was => withFirst(was, { phase: 'sending', method: 'PIX', inDoubtSince: 1 }), []],
  ['a code to pay', was => withFirst(was, sent()), ['order.processing']],
  ['a payment', was => withFirst(was, sent({ status: 'PAID' })), ['order.paid']],
  ['a hold', was => withFirst(was, sent({ status: 'PRE_AUTHORIZED' })), ['order.pre_authorized']],
  ['a decline', was => withFirst(was, sent({ status: 'DECLINED' })), ['order.declined']],
  ['a cancellation', was => withFirst(was, sent({ status: 'CANCELED' })), ['order.canceled']],
  ['a failure', was => withFirst(was, sent({ status: 'ERROR' })), ['order.error']],
  ['an analysis', was => withFirst(was, sent({ status: 'IN_ANALYSIS' })), ['order.in_analysis']],
  ['a dispute', was => withFirst(was, sent({ status: 'DISPUTE' })), ['order.dispute']],
  ['a method without a status', was => withFirst(was, sent({ status: 'CREATED' })), ['order.updated']],
  ['an order that was erased', was => ({ ...was, order: null }), []],
  ['a time that was set', was => ({ ...was, dueAt: 99 }), []],
];

for (const [name, change, types] of changes) {
  test(`${name}: ${types.join(', ') || 'nothing is told'}`, () => {
    assert.deepEqual(
      told(change(fresh())).map(({ type }) => type),
      types,
    );
  });
}

test('the end of a doubt is told, also when the status is as it was', () => {
  const doubted = announce(
    withFirst(fresh(), { phase: 'sending', method: 'CREDITCARD', inDoubtSince: 1 }),
    at,
  );
  assert.deepEqual(doubted.events, []);
  const [event] = told(
    withFirst(doubted.record, { phase: 'open', method: null, inDoubtSince: null, givenUpAt: 2 }),
  );
  assert.deepEqual(
    [event?.type, event?.data.status, event?.data.verifying],
    ['order.updated', 'CREATED', false],
  );
});

test('a new attempt after a decline is a renewal, and says which attempt it is', () => {
  const declined = announce(withFirst(fresh(), sent({ status: 'DECLINED' })), at).record;
  const renewed = { ...declined, attempts: [declined.attempts[0], openAttempt('SECOND', 2)] as const };
  const [event, ...more] = told(renewed);
  assert.deepEqual(more, []);
  assert.deepEqual(
    [event?.type, event?.data.attempt, event?.data.attempt_token, event?.data.previous_status],
    ['order.renewed', 2, 'SECOND', 'DECLINED'],
  );
});

test('a second payment is told as such', () => {
  const paid = announce(withFirst(fresh(), sent({ status: 'PAID' })), at).record;
  const second = { ...openAttempt('SECOND', 2), ...sent({ status: 'PAID' }) };
  const [event] = told({ ...paid, attempts: [paid.attempts[0], second] });
  assert.deepEqual([event?.type, event?.data.paid_twice], ['order.paid_twice', true]);
});

test('an amount that came in later is told', () => {
  const paid = announce(withFirst(fresh(), sent({ status: 'PAID' })), at).record;
  const [event] = told(withFirst(paid, { amountReceived: 12_345 }));
  assert.deepEqual([event?.type, event?.data.amount_received], ['order.updated', 123.45]);
});

test('a refund on its way is not told, its taking and its end are, and the order’s change comes first', () => {
  const paid = announce(withFirst(fresh(), sent({ status: 'PAID', amountReceived: 12_345 })), at).record;
  const attempt = paid.token;
  assert.deepEqual(told({ ...paid, refunds: [refund({ attempt, phase: 'sending' })] }), []);

  const taken = announce({ ...paid, refunds: [refund({ attempt })] }, at);
  assert.deepEqual(
    taken.events.map(({ type }) => type),
    ['refund.requested'],
  );
  const done = withFirst(
    { ...taken.record, refunds: [refund({ attempt, status: 'COMPLETED' })] },
    {
      status: 'PARTIALLY_REFUNDED',
      refundedAmount: 1_000,
    },
  );
  const events = told(done);
  assert.deepEqual(
    events.map(({ type, data }) => [type, data.sequence, data.previous_status, data.status]),
    [
      ['order.partially_refunded', 3, 'PAID', 'PARTIALLY_REFUNDED'],
      ['refund.completed', 4, 'PARTIALLY_REFUNDED', 'PARTIALLY_REFUNDED'],
    ],
  );
  assert.deepEqual(events[1]?.data.refund, {
    refund_id: `rf_${paid.token}_3`,
    attempt_token: attempt,
    amount: 10,
    status: 'COMPLETED',
    failure: null,
  });
});

test('a refund that never arrived failed', () => {
  const paid = announce(withFirst(fresh(), sent({ status: 'PAID' })), at).record;
  const [event] = told({ ...paid, refunds: [refund({ attempt: paid.token, phase: 'not_taken' })] });
  assert.deepEqual([event?.type, event?.data.refund?.failure], ['refund.failed', 'never_arrived']);
});

test('the count has no gaps, each event names the status before it, and what is announced again is nothing', () => {
  let now = fresh();
  const seen: { sequence: number; previous: string | null; status: string }[] = [];
  for (const status of ['PROCESSING', 'PAID', 'PAID', 'DISPUTE', 'DISPUTE_RECOVERED'] as const) {
    const { record: next, events } = announce(withFirst(now, sent({ status })), at);
    now = next;
    for (const { body } of events) {
      const { data } = webhookEvent.parse(JSON.parse(body));
      seen.push({ sequence: data.sequence, previous: data.previous_status, status: data.status });
    }
  }
  assert.deepEqual(seen, [
    { sequence: 1, previous: 'CREATED', status: 'PROCESSING' },
    { sequence: 2, previous: 'PROCESSING', status: 'PAID' },
    { sequence: 3, previous: 'PAID', status: 'DISPUTE' },
    { sequence: 4, previous: 'DISPUTE', status: 'DISPUTE_RECOVERED' },
  ]);
});

test('no event holds a word of the payer, nor the code', () => {
  const code = '00020101021226900014br.gov.bcb.pix';
  const pix = { method: 'PIX', code, amount: 12_345, qr_code_png: null, expires_at: null } as const;
  const [event] = announce(withFirst(fresh(), sent({ instrument: pix })), at).events;
  assert.ok(event);
  for (const word of ['Alice', 'Sonnentag', '39784045087', 'alice@example.com', code])
    assert.ok(!event.body.includes(word), word);
});
