/** Keys of orders over two proxies on one store: one that is at work, and one that died at it. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { createCreator } from '../../server/checkout/create.ts';
import { createFingerprints } from '../../server/checkout/fingerprint.ts';
import { orderKeyState, orderKeyText } from '../../server/checkout/order-key.ts';
import { orderRequest } from '../../server/contract/order.ts';
import type { CreateOutcome, Gateway, OrderSearchOutcome } from '../../server/gateways/gateway.ts';
import { createKeyedHash } from '../../server/keyed-hash.ts';
import { ProblemError } from '../../server/problem.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { StoreUnavailable } from '../../server/store/store.ts';
import { order } from './stack.ts';

const offer = { methods: ['PIX'], installments: [], totals: null, customerFees: [] } as const;
const created = { kind: 'created', order: { token: 'TOKEN-0001', currency: 'BRL', offer } } as const;
const anOrder = orderRequest.parse(order);
const context = { requestId: 'r' };

function gatewayThat(
  createOrder: (mark: string) => Promise<CreateOutcome>,
  find: (mark: string) => OrderSearchOutcome,
): Gateway {
  const nothing = () => assert.fail('is not asked');
  return {
    name: 'letpay',
    testMode: true,
    unsentAfterMs: 0,
    createOrder: (_order, { mark }) => createOrder(mark),
    send: nothing,
    readStatus: nothing,
    callbacks: { read: nothing, receipt: { type: 'text/plain', body: '' } },
    orderSearch: { unmadeAfterMs: 60_000, find: async (_order, mark) => find(mark) },
    preAuthorization: null,
    paidCancellation: null,
    refunds: null,
    contracts: null,
    oneStep: null,
    storedCards: null,
    logIn: async () => undefined,
    close: async () => undefined,
  };
}

const codeOf = (error: unknown) => (error instanceof ProblemError ? error.code : error);

function proxies(gateway: Gateway, store = openSqliteStore(':memory:', recordCodec(null))) {
  let time = 1_000_000;
  const proxy = () =>
    createCreator({
      store,
      gatewayOf: () => gateway,
      findGateway: () => gateway,
      notificationUrl: () => 'https://proxy.example/callbacks',
      now: () => time,
      wall: () => time,
      monotonic: () => time,
      fingerprints: createFingerprints(createKeyedHash('a key of the merchant')),
      defaultMethods: ['PIX'],
    });
  return { store, proxy, pass: (ms: number) => (time += ms) };
}

test('a second proxy waits for the first, and after its death finds what it made', async () => {
  const marks: string[] = [];
  const gateway = gatewayThat(
    async mark => {
      marks.push(mark);
      // Killed: its answer is heard by nobody.
      return new Promise(() => undefined);
    },
    mark => (mark === marks[0] ? { kind: 'found', order: created.order } : { kind: 'none' }),
  );
  const { store, proxy, pass } = proxies(gateway);
  void proxy().create(anOrder, 'k', context);
  while (marks.length === 0) await new Promise(resolve => setImmediate(resolve));
  await assert.rejects(
    proxy().create(anOrder, 'k', context),
    error => codeOf(error) === 'submission_in_flight',
  );
  pass(61_000);
  assert.equal((await proxy().create(anOrder, 'k', context)).token, 'TOKEN-0001');
  pass(10_000_000);
  assert.equal((await proxy().create(anOrder, 'k', context)).token, 'TOKEN-0001');
  assert.equal(marks.length, 1);
  await store.close();
});

test('an order that was made while the store was lost is not called “nothing was sent”', async () => {
  let calls = 0;
  const gateway = gatewayThat(
    async () => {
      calls += 1;
      return created;
    },
    () => ({ kind: 'found', order: created.order }),
  );
  const memory = openSqliteStore(':memory:', recordCodec(null));
  let isLost = true;
  const { proxy, pass } = proxies(gateway, {
    ...memory,
    create: (record, events) =>
      isLost ? Promise.reject(new StoreUnavailable()) : memory.create(record, events),
  });
  await assert.rejects(proxy().create(anOrder, 'k', context), error => codeOf(error) === 'outcome_unknown');
  isLost = false;
  pass(1_000);
  assert.equal((await proxy().create(anOrder, 'k', context)).token, 'TOKEN-0001');
  assert.equal(calls, 1);
  await memory.close();
});

test('what is kept beside a key is read back as it was meant', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.record({ kind: fc.constant('made' as const), token: fc.stringMatching(/^[A-Za-z0-9_-]{8,64}$/) }),
        fc.record({ kind: fc.constantFrom('sent' as const, 'lost' as const), at: fc.nat(), mark: fc.uuid() }),
        fc.constant({ kind: 'nothing_offered' as const }),
      ),
      state => {
        assert.deepEqual(orderKeyState(orderKeyText(state)), { ...state });
      },
    ),
  );
});
