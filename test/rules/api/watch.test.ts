import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Checkout } from '../../../server/contract/checkout.ts';
import type { JoinElection } from '../../../widget/api/election.ts';
import { RefusedError } from '../../../widget/api/errors.ts';
import { type Moment, nextReadIn, type Watch, watchCheckout } from '../../../widget/api/watch.ts';
import { checkoutWith } from './checkout-fixture.ts';

const minute = 60_000;
const calm: Moment = {
  sinceShownMs: 0,
  sinceReturnMs: null,
  failures: 0,
  retryAfterMs: null,
  hidden: false,
  offline: false,
  feedOpen: false,
};

test('reads fast at first, slower later, and not at all after half an hour', () => {
  const at = (sinceShownMs: number) => nextReadIn({ ...calm, sinceShownMs });
  assert.equal(at(0), 2_000);
  assert.equal(at(minute - 1), 2_000);
  assert.equal(at(minute), 5_000);
  assert.equal(at(5 * minute), 15_000);
  assert.equal(at(30 * minute - 1), 15_000);
  assert.equal(at(30 * minute), null);
});

test('reads fast again after a return', () => {
  assert.equal(nextReadIn({ ...calm, sinceShownMs: 40 * minute, sinceReturnMs: 0 }), 2_000);
  assert.equal(nextReadIn({ ...calm, sinceShownMs: 40 * minute, sinceReturnMs: 30 * minute }), null);
});

test('reads rarely beside an open feed', () => {
  assert.equal(nextReadIn({ ...calm, feedOpen: true }), 20_000);
});

test('backs off with every failure, up to a minute', () => {
  const after = (failures: number) => nextReadIn({ ...calm, failures });
  assert.deepEqual([1, 2, 3, 4, 5, 50].map(after), [4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test('waits as long as the proxy asked', () => {
  assert.equal(nextReadIn({ ...calm, retryAfterMs: 90_000 }), 90_000);
  assert.equal(nextReadIn({ ...calm, retryAfterMs: 1 }), 2_000);
});

test('a pause, when there is one, is never shorter than two seconds, and a minute on hidden or offline pages', () => {
  fc.assert(
    fc.property(
      fc.record<Moment>({
        sinceShownMs: fc.nat({ max: 60 * minute }),
        sinceReturnMs: fc.option(fc.nat({ max: 60 * minute }), { nil: null }),
        failures: fc.nat({ max: 2000 }),
        retryAfterMs: fc.option(fc.nat({ max: minute }), { nil: null }),
        hidden: fc.boolean(),
        offline: fc.boolean(),
        feedOpen: fc.boolean(),
      }),
      moment => {
        const pause = nextReadIn(moment);
        const least = moment.hidden || moment.offline ? minute : 2_000;
        if (pause !== null) assert.ok(pause >= Math.max(least, moment.retryAfterMs ?? 0) && pause <= minute);
      },
    ),
  );
});

/** Lets every promise that is ready run. */
const settle = () => new Promise<void>(resolve => setImmediate(resolve));

/** A page, its proxy and its clock, all in the test’s hands. */
function stage(
  options: { jitter?: number; feed?: boolean; join?: JoinElection; onCheckout?: (watch: Watch) => void } = {},
) {
  let now = 0;
  let nextTimer = 1;
  const timers = new Map<number, { at: number; run: () => void }>();
  const reads: { at: number; signal: AbortSignal; answer: PromiseWithResolvers<Checkout> }[] = [];
  const feeds: { say: (checkout: Checkout) => void; fail: () => void; closed: boolean }[] = [];
  const seen: Checkout[] = [];
  const watching: boolean[] = [];

  const watch = watchCheckout({
    read: signal => {
      const answer = Promise.withResolvers<Checkout>();
      reads.push({ at: now, signal, answer });
      return answer.promise;
    },
    openFeed: (say, fail) => {
      const feed = { say, fail, closed: false };
      feeds.push(feed);
      if (options.feed === false) fail();
      return () => {
        feed.closed = true;
      };
    },
    clock: {
      now: () => now,
      setTimeout: (run, ms) => {
        timers.set(nextTimer, { at: now + ms, run });
        return nextTimer++;
      },
      clearTimeout: timer => timers.delete(Number(timer)),
    },
    onCheckout: checkout => {
      seen.push(checkout);
      options.onCheckout?.(watch);
    },
    onWatching: value => watching.push(value),
    jitter: () => options.jitter ?? 0,
    join: options.join ?? null,
  });

  return {
    watch,
    reads,
    feeds,
    seen,
    watching,
    timers: () => timers.size,
    /** Moves the clock, timer by timer. */
    async pass(ms: number) {
      const until = now + ms;
      for (;;) {
        const [due] = [...timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
        if (!due) break;
        timers.delete(due[0]);
        now = due[1].at;
        due[1].run();
        await settle();
      }
      now = until;
    },
    /** Answers the newest read. */
    async answer(checkout = checkoutWith()) {
      reads.at(-1)?.answer.resolve(checkout);
      await settle();
    },
    async fail(error: unknown = new TypeError('down')) {
      reads.at(-1)?.answer.reject(error);
      await settle();
    },
  };
}

test('reads first after two seconds', async () => {
  const page = stage();
  await page.pass(1_999);
  assert.equal(page.reads.length, 0);
  await page.pass(1);
  assert.equal(page.reads.length, 1);
});

test('never has two reads in flight, and counts the next pause from the answer (adyen-web #2499)', async () => {
  const page = stage();
  await page.pass(10_000);
  assert.equal(page.reads.length, 1);
  page.watch.wake();
  assert.equal(page.reads.length, 1);
  await page.answer();
  await page.pass(1_999);
  assert.equal(page.reads.length, 1);
  await page.pass(1);
  assert.equal(page.reads.length, 2);
});

test('hands every answer on', async () => {
  const page = stage();
  await page.pass(2_000);
  await page.answer(checkoutWith({ status: 'PAID' }));
  assert.deepEqual(
    page.seen.map(({ status }) => status),
    ['PAID'],
  );
});

test('wake reads at once', async () => {
  const page = stage();
  page.watch.wake();
  assert.equal(page.reads.length, 1);
});

test('a hidden page closes its feed, gives up the read in flight, and reads at once on return (odoo #259203)', async () => {
  const page = stage();
  await page.pass(2_000);
  page.watch.setHidden(true);
  assert.equal(page.reads[0]?.signal.aborted, true);
  assert.equal(page.feeds[0]?.closed, true);
  await page.pass(minute - 1);
  assert.equal(page.reads.length, 1);
  page.watch.setHidden(false);
  assert.equal(page.reads.length, 2);
  assert.equal(page.feeds.length, 2);
});

for (const [what, go] of [
  ['hidden', (watch: Watch) => watch.setHidden(true)],
  ['offline', (watch: Watch) => watch.setOffline(true)],
] as const) {
  test(`a page that is called ${what} for ever is read once a minute, without a feed, and at once when it is looked at`, async () => {
    const page = stage();
    go(page.watch);
    const pages = page.feeds.length;
    for (let read = 1; read <= 3; read++) {
      await page.pass(minute);
      assert.equal(page.reads.length, read);
      await page.answer();
    }
    await page.pass(1_000);
    page.watch.wake();
    assert.equal(page.reads.length, 4);
    await page.answer(checkoutWith({ status: 'PAID' }));
    assert.equal(page.seen.at(-1)?.status, 'PAID');
    assert.equal(page.feeds.length, pages);
  });
}

test('an answer to a read that was given up is not handed on', async () => {
  const page = stage();
  await page.pass(2_000);
  page.watch.setHidden(true);
  page.watch.setHidden(false);
  page.reads[0]?.answer.resolve(checkoutWith({ status: 'DECLINED' }));
  await settle();
  assert.deepEqual(page.seen, []);
  await page.answer(checkoutWith({ status: 'PAID' }));
  assert.equal(page.seen.length, 1);
});

test('a read that was given up is no failure', async () => {
  const page = stage();
  await page.pass(2_000);
  page.watch.setHidden(true);
  await page.fail(new DOMException('given up', 'AbortError'));
  page.watch.setHidden(false);
  await page.fail();
  await page.pass(4_000);
  assert.equal(page.reads.length, 3);
});

test('a page that stops at the outcome opens no further feed', async () => {
  const page = stage({ onCheckout: watch => watch.stop() });
  page.feeds[0]?.fail();
  await page.pass(2_000);
  await page.answer(checkoutWith({ status: 'PAID' }));
  assert.equal(page.feeds.length, 1);
  assert.equal(page.timers(), 0);
});

test('being told twice that the page is visible reads once', async () => {
  const page = stage();
  page.watch.setHidden(false);
  page.watch.setOffline(false);
  assert.equal(page.reads.length, 0);
});

test('a page that is both hidden and offline has come back only when neither is so', async () => {
  const page = stage();
  page.watch.setHidden(true);
  page.watch.setOffline(true);
  page.watch.setHidden(false);
  await page.pass(minute - 1);
  assert.equal(page.reads.length, 0);
  page.watch.setOffline(false);
  assert.equal(page.reads.length, 1);
});

test('beside a feed that has spoken reads are twenty seconds apart', async () => {
  const page = stage();
  page.feeds[0]?.say(checkoutWith({ status: 'PROCESSING' }));
  assert.equal(page.seen.length, 1);
  await page.pass(2_000);
  await page.answer();
  await page.pass(19_999);
  assert.equal(page.reads.length, 1);
  await page.pass(1);
  assert.equal(page.reads.length, 2);
});

test('a feed that has not spoken does not slow the reads', async () => {
  const page = stage();
  await page.pass(2_000);
  await page.answer();
  await page.pass(2_000);
  assert.equal(page.reads.length, 2);
});

test('a feed that breaks gives the reads their pace back and is opened again after the next answer', async () => {
  const page = stage();
  page.feeds[0]?.say(checkoutWith());
  await page.pass(2_000);
  await page.answer();
  page.feeds[0]?.fail();
  assert.equal(page.feeds[0]?.closed, true);
  await page.pass(2_000);
  assert.equal(page.reads.length, 2);
  await page.answer();
  assert.equal(page.feeds.length, 2);
});

test('a feed that never works is tried three times, reads go on, and a return tries it again', async () => {
  const page = stage({ feed: false });
  for (let i = 0; i < 10; i++) {
    await page.pass(2_000);
    await page.answer();
  }
  assert.equal(page.feeds.length, 3);
  assert.ok(page.feeds.every(({ closed }) => closed));
  assert.equal(page.reads.length, 10);
  page.watch.wake();
  assert.equal(page.feeds.length, 4);
});

test('a closed feed is not listened to', async () => {
  const page = stage();
  page.watch.setHidden(true);
  page.feeds[0]?.say(checkoutWith());
  page.feeds[0]?.fail();
  assert.deepEqual(page.seen, []);
  assert.equal(page.feeds.length, 1);
});

test('keeps the newest word when a slow answer comes after an event of the feed', async () => {
  const page = stage();
  await page.pass(2_000);
  page.feeds[0]?.say(checkoutWith({ status: 'PAID', now: '2026-11-20T12:00:05.000Z' }));
  await page.answer(checkoutWith({ status: 'PROCESSING', now: '2026-11-20T12:00:04.000Z' }));
  assert.deepEqual(
    page.seen.map(({ status }) => status),
    ['PAID'],
  );
});

test('failures double the pause, and an answer ends that', async () => {
  const page = stage();
  await page.pass(2_000);
  await page.fail();
  await page.pass(4_000);
  await page.fail();
  await page.pass(8_000);
  await page.answer();
  await page.pass(2_000);
  assert.deepEqual(
    page.reads.map(({ at }) => at),
    [2_000, 6_000, 14_000, 16_000],
  );
});

test('a wait that the proxy asked for holds even when the shopper comes back', async () => {
  const page = stage();
  await page.pass(2_000);
  await page.fail(
    new RefusedError({
      status: 429,
      code: 'too_many_requests',
      fields: [],
      requestId: null,
      retryAfterMs: 30_000,
    }),
  );
  page.watch.wake();
  await page.pass(29_999);
  assert.equal(page.reads.length, 1);
  await page.pass(1);
  assert.equal(page.reads.length, 2);
});

test('ends after half an hour, says so once, and begins again on a return', async () => {
  const page = stage();
  while (page.watching.length === 0) {
    await page.pass(15_000);
    await page.answer();
  }
  const { length } = page.reads;
  await page.pass(minute);
  page.feeds.at(-1)?.fail();
  assert.equal(page.reads.length, length);
  assert.deepEqual(page.watching, [false]);
  assert.ok(page.feeds.every(({ closed }) => closed));
  page.watch.wake();
  assert.deepEqual(page.watching, [false, true]);
  assert.equal(page.reads.length, length + 1);
  await page.answer();
  await page.pass(2_000);
  assert.equal(page.reads.length, length + 2);
});

test('goes on after its end when the shopper asks, without a second read beside the one that was asked for', async () => {
  const page = stage();
  while (page.watching.length === 0) {
    await page.pass(15_000);
    await page.answer();
  }
  const { length } = page.reads;
  page.watch.resume();
  assert.deepEqual(page.watching, [false, true]);
  assert.equal(page.reads.length, length);
  assert.equal(page.feeds.at(-1)?.closed, false);
  await page.pass(2_000);
  assert.equal(page.reads.length, length + 1);
});

test('one return that is told by several events is one read', async () => {
  const page = stage();
  await page.pass(2_000);
  await page.answer();
  page.watch.setHidden(true);
  await page.pass(minute);
  page.watch.setHidden(false);
  await page.answer();
  page.watch.wake();
  await page.pass(900);
  page.watch.wake();
  assert.equal(page.reads.length, 2);
  await page.pass(100);
  page.watch.wake();
  assert.equal(page.reads.length, 3);
});

test('a second return right after the first is read, because the first read was given up', async () => {
  const page = stage();
  page.watch.setHidden(true);
  page.watch.setHidden(false);
  await page.pass(10);
  page.watch.setHidden(true);
  page.watch.setHidden(false);
  assert.equal(page.reads.length, 2);
});

/** An election that the test decides. */
function ballot() {
  const terms: {
    lead: () => void;
    tell: (checkout: Checkout | null) => void;
    left: boolean;
    shared: Checkout[];
  }[] = [];
  const join: JoinElection = (lead, tell) => {
    const term = { lead, tell, left: false, shared: [] as Checkout[] };
    terms.push(term);
    return {
      share: checkout => term.shared.push(checkout),
      leave: () => {
        term.left = true;
      },
    };
  };
  return { terms, join };
}

test('a follower opens no feed and reads nothing by itself', async () => {
  const { terms, join } = ballot();
  const page = stage({ join });
  await page.pass(29 * minute);
  assert.equal(terms.length, 1);
  assert.equal(page.feeds.length, 0);
  assert.equal(page.reads.length, 0);
});

test('a follower shows what the leader tells, and does not tell it again', () => {
  const { terms, join } = ballot();
  const page = stage({ join });
  terms[0]?.tell(checkoutWith({ status: 'PAID' }));
  assert.equal(page.seen[0]?.status, 'PAID');
  assert.deepEqual(terms[0]?.shared, []);
});

test('a follower keeps the newest word when an older one is told', () => {
  const { terms, join } = ballot();
  const page = stage({ join });
  terms[0]?.tell(checkoutWith({ status: 'PAID', now: '2026-11-20T12:00:05.000Z' }));
  terms[0]?.tell(checkoutWith({ status: 'PROCESSING', now: '2026-11-20T12:00:04.000Z' }));
  assert.equal(page.seen.length, 1);
});

test('a follower to whom the shopper comes back reads once, and tells the others', async () => {
  const { terms, join } = ballot();
  const page = stage({ join });
  page.watch.wake();
  await page.answer(checkoutWith({ status: 'PROCESSING' }));
  await page.pass(10 * minute);
  assert.equal(page.reads.length, 1);
  assert.deepEqual(
    terms[0]?.shared.map(({ status }) => status),
    ['PROCESSING'],
  );
});

test('a follower reads for itself what it could not read on the channel', async () => {
  const { terms, join } = ballot();
  const page = stage({ join });
  terms[0]?.tell(null);
  terms[0]?.tell(null);
  assert.equal(page.reads.length, 1);
});

test('a follower that becomes leader opens the feed at once and reads at the leader’s pace', async () => {
  const { terms, join } = ballot();
  const page = stage({ join });
  await page.pass(5_000);
  terms[0]?.lead();
  assert.equal(page.feeds.length, 1);
  await page.pass(2_000);
  assert.equal(page.reads.length, 1);
});

test('the leader tells the others what it reads and what the feed says', async () => {
  const { terms, join } = ballot();
  const page = stage({ join });
  terms[0]?.lead();
  page.feeds[0]?.say(checkoutWith({ status: 'PROCESSING' }));
  await page.pass(2_000);
  await page.answer(checkoutWith({ status: 'IN_ANALYSIS' }));
  assert.deepEqual(
    terms[0]?.shared.map(({ status }) => status),
    ['PROCESSING', 'IN_ANALYSIS'],
  );
});

test('the others are told of an outcome that ends this watch', async () => {
  const { terms, join } = ballot();
  const page = stage({ join, onCheckout: watch => watch.stop() });
  terms[0]?.lead();
  page.feeds[0]?.say(checkoutWith({ status: 'PAID' }));
  assert.equal(terms[0]?.shared.length, 1);
  assert.equal(terms[0]?.left, true);
});

for (const [what, go, back] of [
  ['hidden', (watch: Watch) => watch.setHidden(true), (watch: Watch) => watch.setHidden(false)],
  ['offline', (watch: Watch) => watch.setOffline(true), (watch: Watch) => watch.setOffline(false)],
] as const) {
  test(`a leader that is ${what} gives the lead up, and stands again afterwards as a follower`, async () => {
    const { terms, join } = ballot();
    const page = stage({ join });
    terms[0]?.lead();
    go(page.watch);
    assert.equal(terms[0]?.left, true);
    assert.equal(page.feeds[0]?.closed, true);
    back(page.watch);
    assert.equal(terms.length, 2);
    await page.answer();
    await page.pass(minute);
    assert.equal(page.reads.length, 1);
    assert.equal(page.feeds.length, 1);
  });
}

test('a follower’s time ends too: it says so, leaves, and stands again when asked', async () => {
  const { terms, join } = ballot();
  const page = stage({ join });
  await page.pass(31 * minute);
  assert.deepEqual(page.watching, [false]);
  assert.equal(terms[0]?.left, true);
  assert.equal(page.timers(), 0);
  page.watch.resume();
  assert.deepEqual(page.watching, [false, true]);
  assert.equal(terms.length, 2);
});

test('jitter only ever makes a pause longer', async () => {
  const page = stage({ jitter: 1 });
  await page.pass(2_399);
  assert.equal(page.reads.length, 0);
  await page.pass(1);
  assert.equal(page.reads.length, 1);
});

test('stop ends everything for good', async () => {
  const page = stage();
  await page.pass(2_000);
  page.watch.stop();
  await page.answer(checkoutWith({ status: 'PAID' }));
  page.watch.wake();
  page.watch.setHidden(true);
  page.watch.setHidden(false);
  assert.equal(page.reads.length, 1);
  assert.equal(page.reads[0]?.signal.aborted, true);
  assert.deepEqual(page.seen, []);
  assert.equal(page.timers(), 0);
  assert.ok(page.feeds.every(({ closed }) => closed));
  assert.deepEqual(page.watching, []);
});

test('whatever happens, at most one read is in flight and at most one timer is set', async () => {
  const happenings = fc.array(
    fc.constantFrom('pass', 'answer', 'fail', 'wake', 'hide', 'show', 'offline', 'online', 'say', 'break'),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(happenings, async list => {
      const page = stage();
      const answered = new Set<unknown>();
      for (const happening of list) {
        if (happening === 'pass') await page.pass(7_000);
        else if (happening === 'answer' || happening === 'fail') {
          answered.add(page.reads.at(-1));
          await page[happening]();
        } else if (happening === 'wake') page.watch.wake();
        else if (happening === 'hide' || happening === 'show') page.watch.setHidden(happening === 'hide');
        else if (happening === 'offline' || happening === 'online')
          page.watch.setOffline(happening === 'offline');
        else if (happening === 'say') page.feeds.at(-1)?.say(checkoutWith());
        else page.feeds.at(-1)?.fail();
        assert.ok(page.timers() <= 1);
        assert.ok(page.reads.filter(read => !read.signal.aborted && !answered.has(read)).length <= 1);
        assert.ok(page.feeds.filter(({ closed }) => !closed).length <= 1);
      }
      page.watch.stop();
    }),
  );
});
