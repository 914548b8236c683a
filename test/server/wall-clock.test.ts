/** Somebody sets the clock of the machine while the proxy runs: nothing changes but time stamps. */
import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { forwardClock } from '../../server/clock.ts';
import { merchantCalls } from './merchant-calls.ts';
import { openFeed } from './open-feed.ts';
import { card, checkoutOf, problemOf, startStack, until } from './stack.ts';
import { answering, startWebhookReceiver, taking } from './webhook-receiver.ts';

const hour = 60 * 60_000;

for (const [step, ms] of [
  ['an hour back', -hour],
  ['an hour forward', hour],
] as const) {
  describe(`the wall clock goes ${step}`, () => {
    it('a page that polls and a merchant who asks see PAID within seconds', async t => {
      const stack = await startStack(t, { outcomeDelayMs: 60_000 });
      const [polled, asked] = [await stack.orderToken(), await stack.orderToken()];
      for (const token of [polled, asked]) checkoutOf(await stack.send(token, { method: 'PIX' }));
      checkoutOf(await stack.read(polled));
      await merchantCalls(stack).order(asked);
      stack.clock.stepWall(ms);
      for (const token of [polled, asked]) await stack.settle(token, 'PAID');
      await until(async () => checkoutOf(await stack.read(polled)).status === 'PAID');
      await until(async () => (await merchantCalls(stack).order(asked)).status === 'PAID');
    });

    it('the proxy reads by itself, tells the feed and posts the webhook', async t => {
      const receiver = await startWebhookReceiver(t);
      const stack = await startStack(t, { env: receiver.env, outcomeDelayMs: 60_000 });
      const token = await stack.orderToken();
      checkoutOf(await stack.send(token, { method: 'PIX' }));
      const feed = await openFeed(t, stack.url, token);
      await until(() => feed.events.length > 0);
      stack.clock.stepWall(ms);
      await stack.settle(token, 'PAID');
      await until(() => feed.events.at(-1)?.checkout.status === 'PAID', 10_000);
      await until(() => receiver.deliveries.some(({ event }) => event.type === 'order.paid'));
    });

    it('a webhook that failed before is tried again in its time', async t => {
      const receiver = await startWebhookReceiver(t);
      const deps = { chance: () => 0 };
      const stack = await startStack(t, { env: receiver.env, outcomeDelayMs: 60_000, deps });
      receiver.behaviour = answering(500);
      await merchantCalls(stack).paid();
      await until(() => receiver.deliveries.some(({ event }) => event.type === 'order.paid'));
      receiver.behaviour = taking;
      const before = receiver.deliveries.length;
      stack.clock.stepWall(ms);
      // The first pause is 5 s; while the wall clock catches up it may be 10.
      stack.clock.advance(10_000);
      await until(() => receiver.deliveries.length > before);
    });

    it('unknown tokens are not found, and not too many', async t => {
      const stack = await startStack(t);
      problemOf(await stack.read(randomUUID()), 404, 'not_found');
      stack.clock.stepWall(ms);
      for (let n = 0; n < 5; n += 1) problemOf(await stack.read(randomUUID()), 404, 'not_found');
    });

    it('the log-in token is renewed before it runs out, without a call that is refused', async t => {
      const stack = await startStack(t);
      await stack.orderToken();
      stack.clock.stepWall(ms);
      stack.clock.advance(6 * 60_000);
      await stack.control('POST', '/clock', { advance_ms: 6 * 60_000 });
      await stack.orderToken();
      const refused = stack.log.filter(line => line.includes('"psp_call"') && line.includes('"401"'));
      assert.deepEqual(refused, []);
      assert.equal((await stack.stats()).logins, 2);
    });

    it('the log shows no interval of an hour', async t => {
      const stack = await startStack(t);
      await stack.fault({ path: '/payment', method: 'POST', kind: 'delay', ms: 200 });
      const made = stack.createOrder();
      await until(async () => (await stack.stats()).calls['POST /payment'] === 1);
      stack.clock.stepWall(ms);
      assert.equal((await made).status, 201);
      const times = stack.log.map(line => JSON.parse(line).ms).filter(taken => taken !== undefined);
      assert.ok(times.length > 1);
      assert.ok(
        times.every(taken => taken >= 0 && taken < 60_000),
        String(times),
      );
    });

    it('card tries of the last hour count on', async t => {
      const stack = await startStack(t, { env: { CARD_TRIES_PER_CHECKOUT: '1' } });
      const token = await stack.orderToken({ person_firstname: 'DECLINED' });
      checkoutOf(await stack.send(token, card));
      await stack.checkoutWhen(token, ({ can }) => can.renew);
      checkoutOf(await stack.renew(token));
      stack.clock.stepWall(Math.min(ms, 0));
      problemOf(await stack.send(token, card), 429, 'too_many_tries');
    });
  });
}

describe('the clock of what is kept', () => {
  const steps = fc.array(
    fc.record({ passes: fc.nat({ max: 100_000 }), step: fc.integer({ min: -2 * hour, max: 2 * hour }) }),
  );

  it('never goes back, and never goes slower than half the time that passes', () => {
    fc.assert(
      fc.property(steps, moves => {
        let [wall, monotonic] = [10 * hour, 0];
        const clock = forwardClock(
          () => wall,
          () => monotonic,
        );
        for (const { passes, step } of moves) {
          const before = clock();
          wall += passes + step;
          monotonic += passes;
          const gone = clock() - before;
          assert.ok(gone >= Math.floor(passes / 2) - 1, `${gone} of ${passes}`);
          assert.ok(before + gone >= wall);
        }
      }),
    );
  });

  it('is the wall clock again when that has caught up', () => {
    let [wall, monotonic] = [10 * hour, 0];
    const clock = forwardClock(
      () => wall,
      () => monotonic,
    );
    wall -= hour;
    assert.equal(clock(), 10 * hour);
    wall += hour;
    monotonic += hour;
    assert.equal(clock(), 10.5 * hour);
    wall += hour;
    monotonic += hour;
    assert.equal(clock(), wall);
  });
});
