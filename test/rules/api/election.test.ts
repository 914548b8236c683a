import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Checkout } from '../../../server/contract/checkout.ts';
import { type Channel, createElection, type Election, type Tabs } from '../../../widget/api/election.ts';
import { checkoutWith } from './checkout-fixture.ts';

const name = 'https://pay.shop.example/v1/checkout/1/events';
const { payment_token: token } = checkoutWith();

const settle = () => new Promise<void>(resolve => setImmediate(resolve));

interface Waiting {
  readonly tab: object;
  readonly grant: () => void;
  readonly refuse: (error: Error) => void;
}

/** One browser: locks in the order in which they were asked for, and channels that do not hear themselves. */
function fakeBrowser() {
  const queues = new Map<string, Waiting[]>();
  const held = new Map<string, object>();
  const channels = new Map<string, Set<{ tab: object; hear: (data: unknown) => void }>>();

  function next(lock: string): void {
    if (held.has(lock)) return;
    const first = queues.get(lock)?.shift();
    if (!first) return;
    held.set(lock, first.tab);
    first.grant();
  }

  function drop(lock: string, tab: object): void {
    if (held.get(lock) !== tab) return;
    held.delete(lock);
    next(lock);
  }

  return {
    openChannels: () => [...channels.values()].reduce((sum, { size }) => sum + size, 0),
    waiting: () => [...queues.values()].flat().length,
    /** What the browser offers one tab. `die` is what it does when that tab is closed or crashes. */
    tab(): Tabs & { readonly die: () => void } {
      const self = {};
      return {
        request(lock, { signal }, hold) {
          const { promise, resolve, reject } = Promise.withResolvers<unknown>();
          const entry: Waiting = {
            tab: self,
            refuse: reject,
            grant: () =>
              void hold().then(value => {
                resolve(value);
                drop(lock, self);
              }),
          };
          if (!queues.has(lock)) queues.set(lock, []);
          queues.get(lock)?.push(entry);
          signal.addEventListener('abort', () => {
            const queue = queues.get(lock) ?? [];
            if (!queue.includes(entry)) return;
            queue.splice(queue.indexOf(entry), 1);
            reject(new DOMException('left', 'AbortError'));
          });
          queueMicrotask(() => next(lock));
          return promise;
        },
        openChannel(channelName): Channel {
          const others = channels.get(channelName) ?? new Set();
          channels.set(channelName, others);
          const listeners: ((event: { data: unknown }) => void)[] = [];
          const me = {
            tab: self,
            hear: (data: unknown) => {
              for (const listener of listeners) listener({ data });
            },
          };
          others.add(me);
          return {
            addEventListener: (_type, listener) => listeners.push(listener),
            postMessage: message => {
              const data: unknown = structuredClone(message);
              for (const other of others) if (other !== me) other.hear(data);
            },
            close: () => others.delete(me),
          };
        },
        die() {
          for (const queue of queues.values()) {
            for (const entry of queue.filter(({ tab }) => tab === self))
              queue.splice(queue.indexOf(entry), 1);
          }
          for (const all of channels.values()) {
            for (const channel of all) if (channel.tab === self) all.delete(channel);
          }
          for (const lock of held.keys()) drop(lock, self);
        },
      };
    },
  };
}

type Tab = ReturnType<ReturnType<typeof fakeBrowser>['tab']>;

function stand(tab: Tabs, channelName = name) {
  const seen: (Checkout | null)[] = [];
  let leads = 0;
  const election: Election = createElection(
    channelName,
    token,
    tab,
  )(
    () => leads++,
    checkout => seen.push(checkout),
  );
  return { ...election, seen, leads: () => leads };
}

describe('the election', () => {
  it('makes the first tab the leader, and the next one when it leaves', async () => {
    const browser = fakeBrowser();
    const first = stand(browser.tab());
    const second = stand(browser.tab());
    await settle();
    assert.deepEqual([first.leads(), second.leads()], [1, 0]);
    first.leave();
    await settle();
    assert.deepEqual([first.leads(), second.leads()], [1, 1]);
  });

  it('passes the lead on when the leader’s tab dies without a word', async () => {
    const browser = fakeBrowser();
    const doomed = browser.tab();
    stand(doomed);
    const second = stand(browser.tab());
    await settle();
    doomed.die();
    await settle();
    assert.equal(second.leads(), 1);
  });

  it('has one leader for each proxy', async () => {
    const browser = fakeBrowser();
    const here = stand(browser.tab());
    const there = stand(browser.tab(), name.replace('pay.', 'other.'));
    await settle();
    here.share(checkoutWith());
    assert.deepEqual([here.leads(), there.leads()], [1, 1]);
    assert.deepEqual(there.seen, []);
  });

  it('tells the others, and not itself', () => {
    const browser = fakeBrowser();
    const [one, two, three] = [stand(browser.tab()), stand(browser.tab()), stand(browser.tab())];
    one.share(checkoutWith({ status: 'PAID' }));
    assert.deepEqual(one.seen, []);
    assert.equal(two.seen[0]?.status, 'PAID');
    assert.equal(three.seen[0]?.status, 'PAID');
  });

  it('reads a message as it reads the proxy', () => {
    const browser = fakeBrowser();
    const tab = stand(browser.tab());
    const stranger = browser.tab().openChannel(name);
    stranger.postMessage({ ...checkoutWith(), status: 'SHINY', new_field: 1 });
    stranger.postMessage({ ...checkoutWith(), attempt: 'two' });
    stranger.postMessage('hello');
    stranger.postMessage(checkoutWith({ payment_token: 'another' }));
    assert.equal(tab.seen.length, 3);
    assert.equal(tab.seen[0]?.status, 'UNKNOWN');
    assert.equal('new_field' in (tab.seen[0] ?? {}), false);
    assert.deepEqual(tab.seen.slice(1), [null, null]);
  });

  it('lets a tab that may not use locks look for itself', async () => {
    const forbidden: Tabs = {
      request: () => Promise.reject(new DOMException('opaque origin', 'SecurityError')),
      openChannel: fakeBrowser().tab().openChannel,
    };
    const tab = stand(forbidden);
    await settle();
    assert.equal(tab.leads(), 1);
  });

  it('leaves nothing open behind a tab that left', async () => {
    const browser = fakeBrowser();
    const tabs = [stand(browser.tab()), stand(browser.tab())];
    await settle();
    for (const tab of tabs.toReversed()) tab.leave();
    await settle();
    assert.equal(browser.openChannels(), 0);
    assert.equal(browser.waiting(), 0);
    assert.equal(tabs[1]?.leads(), 0);
  });

  it('has exactly one leader among the tabs that stand, whatever they do', async () => {
    interface Place {
      readonly tab: Tab;
      readonly election: Election;
      leads: boolean;
    }
    const doing = fc.record({
      what: fc.constantFrom('open', 'leave', 'die', 'share'),
      who: fc.nat({ max: 9 }),
      settled: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(doing, { maxLength: 40 }), async list => {
        const browser = fakeBrowser();
        const standing: Place[] = [];
        const gone = new Set<Place>();
        for (const { what, who, settled } of list) {
          const place = standing[who % Math.max(standing.length, 1)];
          if (what === 'open') {
            const tab = browser.tab();
            const opened: Place = {
              tab,
              leads: false,
              election: createElection(
                name,
                token,
                tab,
              )(
                () => {
                  assert.ok(!gone.has(opened), 'a tab that left does not lead');
                  opened.leads = true;
                },
                () => assert.ok(!gone.has(opened), 'a tab that left is not told'),
              ),
            };
            standing.push(opened);
          } else if (place && what === 'share') {
            place.election.share(checkoutWith());
          } else if (place) {
            standing.splice(standing.indexOf(place), 1);
            gone.add(place);
            if (what === 'leave') place.election.leave();
            else place.tab.die();
          }
          if (settled) await settle();
          assert.ok(standing.filter(({ leads }) => leads).length <= 1);
        }
        await settle();
        assert.equal(standing.filter(({ leads }) => leads).length, Math.min(standing.length, 1));
      }),
    );
  });
});
