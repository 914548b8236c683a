import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { openAttempt } from '../../server/checkout/attempt.ts';
import { createDoubts } from '../../server/checkout/doubt.ts';
import { createWatcher } from '../../server/checkout/watch.ts';
import type { Gateway, StatusOutcome } from '../../server/gateways/gateway.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { until } from './stack.ts';
import { record } from './store/store-suite.ts';

const processing: StatusOutcome = {
  kind: 'known',
  report: { status: 'PROCESSING' },
  referenceId: null,
  currency: null,
};

/** A PSP that is asked for statuses and nothing else. */
const gatewayThat = (readStatus: (token: string) => Promise<StatusOutcome>): Gateway => ({
  name: 'letpay',
  testMode: true,
  unsentAfterMs: 0,
  createOrder: () => assert.fail('no order is made'),
  send: () => assert.fail('nothing is sent'),
  readStatus,
  orderSearch: null,
  callbacks: {
    read: () => ({ kind: 'unreadable' }),
    receipt: { type: 'text/plain', body: '' },
  },
  preAuthorization: null,
  paidCancellation: null,
  refunds: null,
  contracts: null,
  oneStep: null,
  storedCards: null,
  logIn: async () => undefined,
  close: async () => undefined,
});

const waitingPix = (token: string) =>
  record({
    token,
    dueAt: 1,
    attempts: [{ ...openAttempt(token, 1), phase: 'sent', status: 'PROCESSING', method: 'PIX' }],
  });

test('a payment that the PSP is slow about does not hold up the others', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  t.after(() => store.close());
  const slow = Promise.withResolvers<StatusOutcome>();
  const asked: string[] = [];
  const gateway = gatewayThat(async token => {
    asked.push(token);
    return token === 'SLOW' ? slow.promise : processing;
  });
  let time = 1_000;
  const watcher = createWatcher({
    store,
    gatewayOf: () => gateway,
    isLookedAt: () => false,
    onChange: () => undefined,
    now: () => time,
    monotonic: () => time,
    doubts: createDoubts(() => time),
    erased: record => record,
    newRequestId: () => 'id',
    isSubmitting: () => false,
    pspTimeoutMs: 1_000,
    readsPerSecond: 100,
    onFailure: () => undefined,
  });
  await store.create(waitingPix('SLOW'));
  await store.create(waitingPix('QUICK'));
  watcher.start();
  await until(() => asked.includes('SLOW') && asked.includes('QUICK'));
  await until(() => {
    time += 1_000;
    return asked.filter(token => token === 'QUICK').length > 1;
  });
  assert.deepEqual(
    asked.filter(token => token === 'SLOW'),
    ['SLOW'],
  );
  slow.resolve(processing);
  await watcher.stop();
});

test('the budget of reads counts calls: checkouts of many attempts make the watcher take fewer', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  t.after(() => store.close());
  let calls = 0;
  const gateway = gatewayThat(async () => {
    calls += 1;
    return processing;
  });
  let time = 1_000;
  const watcher = createWatcher({
    store,
    gatewayOf: () => gateway,
    isLookedAt: () => false,
    onChange: () => undefined,
    now: () => time,
    monotonic: () => time,
    doubts: createDoubts(() => time),
    erased: record => record,
    newRequestId: () => 'id',
    isSubmitting: () => false,
    pspTimeoutMs: 1_000,
    readsPerSecond: 20,
    onFailure: () => undefined,
  });
  for (let n = 0; n < 10; n += 1) {
    const { attempts, ...rest } = waitingPix(`MANY-${n}`);
    const others = Array.from({ length: 9 }, (_, m) => ({ ...attempts[0], token: `MANY-${n}-${m}` }));
    await store.create({ ...rest, attempts: [attempts[0], ...others] });
  }
  const began = performance.now();
  watcher.start();
  // Every checkout is overdue all the time.
  await until(() => {
    time += 60_000;
    return calls >= 60;
  });
  const seconds = (performance.now() - began) / 1_000;
  await watcher.stop();
  assert.ok(seconds > 1, `${calls} calls in ${seconds} s`);
});
