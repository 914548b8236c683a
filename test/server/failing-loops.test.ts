/**
 * No failing store and no failing gateway ends what runs by itself: the watcher’s turns, callbacks that are read again, feeds, the
 * deliverer, the eraser. In each of many proxies another call fails while there is work, and what was to come comes all the same.
 */
import { strict as assert } from 'node:assert';
import { describe, it, type TestContext } from 'node:test';
import { createLetPay } from '../../server/gateways/letpay/letpay.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { arm, failingGateway, failingStore, type Mode, runUnder } from './failing-parts.ts';
import { openFeed } from './open-feed.ts';
import { checkoutOf, environment, startStack, until } from './stack.ts';
import { storedCards } from './stored-cards.ts';
import { unownedFailures } from './unowned-failures.ts';
import { startWebhookReceiver } from './webhook-receiver.ts';

const month = 31 * 24 * 60 * 60_000;
/** The deliverer rests for five seconds after a store that was lost. */
const withinMs = 30_000;
const failuresInARow = 6;

async function liveThrough(t: TestContext, mode: Mode, nth: number, forGood: boolean): Promise<void> {
  const receiver = await startWebhookReceiver(t);
  const store = openSqliteStore(':memory:', recordCodec(environment.STORE_KEY));
  const kept = { ...store, close: async () => undefined };
  const { plan, result: stack } = await runUnder({ mode, nth: Number.POSITIVE_INFINITY }, () =>
    startStack(t, {
      env: receiver.env,
      outcomeDelayMs: 60_000,
      callbacks: true,
      deps: config => {
        const ignore = () => undefined;
        const shared = {
          now: Date.now,
          monotonic: Date.now,
          onCall: ignore,
          onLogIn: ignore,
          onLogInRefused: ignore,
          onLogInFailed: ignore,
        };
        const gateways = [failingGateway(createLetPay(config.letpay, shared))];
        return { store: failingStore(kept), gateways, chance: () => 0 };
      },
    }),
  );
  const { token } = await storedCards(stack).withOrder();
  checkoutOf(await stack.send(token, { method: 'PIX' }));
  const left = await stack.orderToken();
  const feed = await openFeed(t, stack.url, token);
  await until(() => feed.events.length > 0);

  plan.forGood = forGood;
  arm(plan, nth);
  await stack.settle(token, 'PAID');
  const isPaidTold = () => receiver.deliveries.some(({ event }) => event.type === 'order.paid');
  await until(() => {
    stack.clock.advance(1_000);
    // After the payment is known the gateway is asked about no more.
    return plan.calls.length >= plan.nth + (forGood ? failuresInARow : 0) || isPaidTold();
  }, withinMs);
  arm(plan, Number.POSITIVE_INFINITY);

  await until(() => {
    stack.clock.advance(1_000);
    return isPaidTold();
  }, withinMs);
  const back = await openFeed(t, stack.url, token);
  await until(() => back.events.at(-1)?.checkout.status === 'PAID');
  await until(async () => {
    stack.clock.advance(month);
    return (await store.find(left))?.order === null;
  }, withinMs);
  await stack.close();
  await store.close();
}

describe('what runs by itself gets over a failure', () => {
  const runs = [
    ['store', 20],
    ['store lost', 20],
    ['gateway throws', 2],
    ['gateway lost', 2],
  ] as const;
  for (const [mode, calls] of runs) {
    for (const forGood of [false, true]) {
      it(`${mode}, ${forGood ? 'for a while' : 'once'}`, async t => {
        const unowned = unownedFailures(t);
        const lives = Array.from({ length: calls }, (_, n) => liveThrough(t, mode, n + 1, forGood));
        await Promise.all(lives);
        assert.deepEqual(await unowned(), []);
      });
    }
  }
});
