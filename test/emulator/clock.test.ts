import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { createClock } from '../../demo/emulator/clock.ts';
import { noon } from './running-emulator.ts';

test('runs what falls due in order of time, each at its own moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 20 }), async delays => {
      const clock = createClock(() => noon);
      const ran: number[] = [];
      for (const ms of delays) {
        clock.after(ms, () => {
          ran.push(clock.now() - noon);
        });
      }
      await clock.advance(500);
      const due = delays.filter(ms => ms <= 500).sort((a, b) => a - b);
      assert.deepEqual(ran, due);
      assert.equal(clock.now(), noon + 500);
      clock.reset();
    }),
  );
});

test('runs a task that another task asked for when it falls due in the same move', async () => {
  const clock = createClock(() => noon);
  const ran: number[] = [];
  clock.after(100, async () => {
    await Promise.resolve();
    clock.after(100, () => {
      ran.push(clock.now() - noon);
    });
  });
  await clock.advance(199);
  assert.deepEqual(ran, []);
  await clock.advance(1);
  assert.deepEqual(ran, [200]);
});

test('does not run a task that was taken back or dropped by a reset', async () => {
  const clock = createClock(() => noon);
  let ran = 0;
  const count = () => {
    ran += 1;
  };
  clock.after(10, count)();
  clock.after(20, count);
  clock.reset();
  await clock.advance(100);
  assert.equal(ran, 0);
});

test('walks with the clock underneath and runs due tasks without being moved', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: noon });
  const clock = createClock(Date.now);
  const ran: number[] = [];
  const halfDay = 12 * 3_600_000;
  clock.after(halfDay, () => {
    ran.push(clock.now());
  });
  t.mock.timers.tick(halfDay - 1);
  await clock.idle();
  assert.deepEqual(ran, []);
  t.mock.timers.tick(1);
  await clock.idle();
  assert.deepEqual(ran, [noon + halfDay]);
});
