/** A doubt ends by the time that passes, and never because somebody set a clock. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { createProxy } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { merchantCalls, refundOf } from './merchant-calls.ts';
import {
  card,
  checkoutOf,
  environment,
  merchantKey,
  newKey,
  problemOf,
  proxyClock,
  startStack,
  until,
} from './stack.ts';
import { savedCard, storedCards } from './stored-cards.ts';

const minute = 60_000;
const hour = 60 * minute;
/** The PSP’s time-out is over long before the PSP has the request. */
const env = { PSP_TIMEOUT_MS: '150' };
const heldBack = { kind: 'delay_before', ms: 1_200 } as const;
const sendPath = '/payment/*/sendPayment';

for (const ms of [12 * minute, -hour, hour]) {
  const step = `${ms / minute} minutes`;

  test(`a card on its way is not given up when the clock goes ${step}`, async t => {
    const stack = await startStack(t, { env });
    const token = await stack.orderToken({ person_firstname: 'PAID' });
    await stack.fault({ path: sendPath, ...heldBack });
    checkoutOf(await stack.send(token, card), 202);
    stack.clock.stepWall(ms);
    for (let n = 0; n < 3; n += 1) {
      const seen = checkoutOf(await stack.read(token));
      assert.deepEqual([seen.verifying, seen.can], [true, { submit: false, renew: false }]);
      problemOf(await stack.send(token, card), 409, 'submission_in_flight');
      stack.clock.advance(1_001);
    }
    await until(async () => (await stack.payment(token)).send_accepted === 1);
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.equal((await stack.payment(token)).send_received, 1);
  });

  test(`a lost refund on its way is not made twice when the clock goes ${step}`, async t => {
    const stack = await startStack(t, { env });
    const merchant = merchantCalls(stack);
    const token = await merchant.paid();
    const key = newKey();
    await stack.fault({ path: '/refund', method: 'POST', ...heldBack });
    const made = refundOf(await merchant.refund(token, { amount: 10 }, key), 202);
    stack.clock.stepWall(ms);
    stack.clock.advance(2_000);
    const again = refundOf(await merchant.refund(token, { amount: 10 }, key), 202);
    assert.deepEqual([again.refund_id, again.verifying], [made.refund_id, true]);
    problemOf(await merchant.refund(token, { amount: 10 }), 409, 'refund_in_flight');
    const known = await merchant.refundWhen(made.refund_id, ({ verifying }) => !verifying);
    assert.equal(known.amount, 10);
    assert.equal((await merchant.pspRefunds(token)).length, 1);
  });

  test(`a stored card on its way is not charged twice when the clock goes ${step}`, async t => {
    const stack = await startStack(t, { env });
    const { token, cardId } = await storedCards(stack).withOrder();
    await stack.fault({ path: '/token', ...heldBack });
    checkoutOf(await stack.send(token, savedCard(cardId)), 202);
    stack.clock.stepWall(ms);
    stack.clock.advance(2_000);
    const seen = checkoutOf(await stack.read(token));
    assert.deepEqual([seen.verifying, seen.can.submit], [true, false]);
    problemOf(await stack.send(token, savedCard(cardId)), 409, 'submission_in_flight');
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    const taken = (await stack.payments()).filter(({ status }) => status === 'PAID');
    assert.equal(taken.length, 1);
  });

  test(`a card that never arrived can be sent again in its time when the clock goes ${step}`, async t => {
    const stack = await startStack(t);
    const token = await stack.orderToken({ person_firstname: 'PAID' });
    await stack.fault({ path: sendPath, kind: 'drop_before' });
    checkoutOf(await stack.send(token, card), 202);
    stack.clock.stepWall(ms);
    stack.clock.advance(5_000);
    await stack.checkoutWhen(token, ({ can }) => can.submit);
  });
}

for (const ahead of [150_000, -150_000]) {
  test(`a proxy whose clock is ${ahead} ms off gives up nothing that another has on its way`, async t => {
    const store = openSqliteStore(':memory:', recordCodec(null));
    const stack = await startStack(t, { env, deps: { store } });
    const { token, cardId } = await storedCards(stack).withOrder();
    await stack.fault({ path: '/token', ...heldBack });
    checkoutOf(await stack.send(token, savedCard(cardId)), 202);
    const clock = proxyClock();
    clock.stepWall(ahead);
    const other = createProxy(
      readConfig({ ...environment, ...env, LETPAY_API_URL: stack.emulatorUrl }, '/nowhere'),
      { store, now: clock.now, monotonic: clock.monotonic, log: () => undefined },
    );
    const read = async (path: string) =>
      (await other.request(path, { headers: { Authorization: `Bearer ${merchantKey}` } })).json();
    for (let n = 0; n < 3; n += 1) {
      const seen = (await read(`/v1/checkout/${token}`)) as { verifying: boolean };
      assert.equal(seen.verifying, true);
      clock.advance(2_000);
    }
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.equal((await stack.payments()).filter(({ status }) => status === 'PAID').length, 1);
    await stack.close();
    await other.close();
  });
}
