/** What every store has to do, whatever it is made of. Each test is given a store of its own. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import { openAttempt } from '../../../server/checkout/attempt.ts';
import type { CheckoutRecord } from '../../../server/checkout/checkout-record.ts';
import type { FiledCard } from '../../../server/checkout/filed-card.ts';
import { orderRequest } from '../../../server/contract/order.ts';
import { change, type Store, StoreUnusable } from '../../../server/store/store.ts';
import { order, until } from '../stack.ts';

let tokens = 0;
/** Tokens and references are new in each test, so that a store may be shared by all. */
export const newToken = (): string => `TOKEN-${process.pid}-${++tokens}`;

export function record(changes: Partial<CheckoutRecord> = {}): CheckoutRecord {
  const token = changes.token ?? newToken();
  return {
    token,
    version: 1,
    gateway: 'letpay',
    referenceId: `R-${token}`,
    country: 'BR',
    currency: 'BRL',
    returnUrl: null,
    publicPersonId: null,
    delayCapture: false,
    offersSaveCard: false,
    order: orderRequest.parse(order),
    attempts: [openAttempt(token, 1)],
    claims: { key: { fingerprint: 'f', attempt: token, ending: 'pending' } },
    cardTries: [1, 2],
    createdAt: 1,
    dueAt: null,
    methods: ['PIX'],
    installments: [{ installments: 2, amount: 6451 }],
    totals: null,
    customerFees: [{ name: 'TAXES_FEE', amount: 3761, asset: 'BRL' }],
    ...changes,
  };
}

export const filed = (storedAt: number): FiledCard => ({
  cardId: newToken(),
  brand: 'visa',
  last4: '2097',
  expMonth: 12,
  expYear: 2030,
  storedAt,
});

export function testStore(name: string, open: (t: TestContext) => Store | Promise<Store>): void {
  test(`${name}: what was created is found as it was`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    assert.deepEqual(await store.find(made.token), made);
    assert.equal(await store.find(newToken()), null);
  });

  test(`${name}: creating a token again leaves the first as it is`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    await store.create({ ...made, referenceId: 'other' });
    assert.equal((await store.find(made.token))?.referenceId, made.referenceId);
  });

  test(`${name}: a checkout advances from the version that was read, once`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    const moved = await store.advance({ ...made, country: 'MX' });
    assert.equal(await store.advance({ ...made, country: 'CL' }), null);
    assert.deepEqual([moved?.version, moved?.country], [2, 'MX']);
    assert.deepEqual(await store.find(made.token), moved);
  });

  test(`${name}: what was never created does not advance`, async t => {
    const store = await open(t);
    const never = record();
    assert.equal(await store.advance(never), null);
    assert.equal(await store.find(never.token), null);
  });

  test(`${name}: of many who advance at once, one wins`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    const won = await Promise.all(
      Array.from({ length: 20 }, (_, n) => store.advance({ ...made, cardTries: [n] })),
    );
    assert.equal(won.filter(Boolean).length, 1);
  });

  test(`${name}: changes at once are all made, one after the other`, async t => {
    const store = await open(t);
    const made = record({ cardTries: [] });
    await store.create(made);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        change(store, made.token, now => ({ ...now, cardTries: [...now.cardTries, n] })),
      ),
    );
    const now = await store.find(made.token);
    assert.deepEqual([now?.version, new Set(now?.cardTries).size], [21, 20]);
  });

  test(`${name}: a checkout is found by the token of any attempt`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    const second = newToken();
    await store.advance({ ...made, attempts: [made.attempts[0], openAttempt(second, 2)] });
    assert.equal((await store.findByAttempt(second))?.token, made.token);
    assert.equal((await store.findByAttempt(made.token))?.token, made.token);
    assert.equal(await store.findByAttempt(newToken()), null);
  });

  test(`${name}: a checkout is found by what the PSP calls a one-step payment of any attempt`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    const paymentToken = newToken();
    const oneStep = {
      ...openAttempt(`${made.token}.1`, 2),
      oneStep: { paymentToken, method: 'PAYCASH' },
    } as const;
    const [first] = made.attempts;
    await store.advance({ ...made, attempts: [first, oneStep, openAttempt(newToken(), 3)] });
    assert.equal((await store.findByAttempt(paymentToken))?.token, made.token);
  });

  test(`${name}: cards are found with their person, oldest first, and with nobody else`, async t => {
    const { cards } = await open(t);
    const [person, other] = [newToken(), newToken()];
    const [late, early, foreign] = [filed(20), filed(10), filed(5)];
    await cards.add(person, late);
    await cards.add(person, early);
    await cards.add(other, foreign);
    assert.deepEqual(await cards.cardsOf(person), [early, late]);
    assert.deepEqual(await cards.cardsOf(other), [foreign]);
    assert.equal(await cards.cardsOf(newToken()), null);
  });

  test(`${name}: a card that is filed again stays with its first person`, async t => {
    const { cards } = await open(t);
    const [person, thief] = [newToken(), newToken()];
    const card = filed(10);
    await cards.add(person, card);
    await cards.add(thief, card);
    assert.deepEqual(await cards.cardsOf(person), [card]);
    assert.deepEqual(await cards.cardsOf(thief), []);
  });

  test(`${name}: a removed card is gone from its person, a removed person with all cards`, async t => {
    const { cards } = await open(t);
    const [person, other] = [newToken(), newToken()];
    const [first, second, foreign] = [filed(10), filed(20), filed(30)];
    for (const card of [first, second]) await cards.add(person, card);
    await cards.add(other, foreign);
    await cards.removeCard(first.cardId);
    assert.deepEqual(await cards.cardsOf(person), [second]);
    await cards.removeCard(second.cardId);
    assert.deepEqual(await cards.cardsOf(person), []);
    await cards.removeCard(newToken());
    await cards.removePerson(person);
    assert.equal(await cards.cardsOf(person), null);
    assert.deepEqual(await cards.cardsOf(other), [foreign]);
    await cards.removePerson(other);
    await cards.add(person, foreign);
    assert.deepEqual(await cards.cardsOf(person), [foreign]);
  });

  test(`${name}: an attempt whose advance failed is not found`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    await store.advance(made);
    const lost = newToken();
    assert.equal(await store.advance({ ...made, attempts: [made.attempts[0], openAttempt(lost, 2)] }), null);
    assert.equal(await store.findByAttempt(lost), null);
  });

  test(`${name}: the checkouts of a reference come oldest first`, async t => {
    const store = await open(t);
    const referenceId = newToken();
    const [late, early] = [record({ referenceId, createdAt: 20 }), record({ referenceId, createdAt: 10 })];
    await store.create(late);
    await store.create(early);
    await store.create(record());
    const found = await store.findByReference(referenceId);
    assert.deepEqual(
      found.map(({ token }) => token),
      [early.token, late.token],
    );
  });

  test(`${name}: what is due is taken by one, and comes back when the lease has run out`, async t => {
    const store = await open(t);
    const [due, later, never] = [record({ dueAt: 100 }), record({ dueAt: 900 }), record()];
    for (const each of [due, later, never]) await store.create(each);
    const mine = (taken: string[]) =>
      taken.filter(token => [due, later, never].some(each => each.token === token));
    const [first, second] = await Promise.all([store.takeDue(100, 500, 10), store.takeDue(100, 500, 10)]);
    assert.deepEqual(mine([...(first ?? []), ...(second ?? [])]), [due.token]);
    assert.deepEqual(mine(await store.takeDue(499, 600, 10)), []);
    assert.deepEqual(mine(await store.takeDue(500, 600, 10)), [due.token]);
    assert.deepEqual(mine(await store.takeDue(900, 1_000, 10)).sort(), [due.token, later.token].sort());
  });

  test(`${name}: no more is taken than asked for`, async t => {
    const store = await open(t);
    const made = [1, 2, 3].map(dueAt => record({ dueAt }));
    for (const each of made) await store.create(each);
    assert.equal((await store.takeDue(10, 99, 2)).length, 2);
    for (const each of made) await store.setDue(each, null);
  });

  test(`${name}: when much is overdue, what became due last is taken first, and some of the oldest`, async t => {
    const store = await open(t);
    const made = Array.from({ length: 20 }, (_, n) => record({ dueAt: n + 1 }));
    for (const each of made) await store.create(each);
    const taken = await store.takeDue(20, 999, 5);
    const dueAt = taken.map(token => made.find(each => each.token === token)?.dueAt ?? 0);
    assert.deepEqual(
      dueAt.toSorted((a, b) => a - b),
      [1, 17, 18, 19, 20],
    );
    for (const each of made) await store.setDue(each, null);
  });

  test(`${name}: advancing sets when a checkout is due, and setDue changes that and nothing else`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    await store.advance({ ...made, dueAt: 50 });
    assert.ok((await store.takeDue(50, 60, 10)).includes(made.token));
    const now = await store.find(made.token);
    assert.equal(now?.version, 2);
    await store.setDue(now, null);
    assert.ok(!(await store.takeDue(1_000, 2_000, 10)).includes(made.token));
    assert.deepEqual(await store.find(made.token), now);
    assert.equal(now && (await store.advance(now))?.version, 3);
  });

  test(`${name}: a checkout that moved on since it was read stays due`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    await store.advance({ ...made, dueAt: 50 });
    await store.setDue(made, null);
    assert.ok((await store.takeDue(60, 70, 10_000)).includes(made.token));
  });

  test(`${name}: a key is claimed by one of many`, async t => {
    const store = await open(t);
    const key = newToken();
    const claims = await Promise.all(Array.from({ length: 10 }, () => store.claimOrderKey(key, 'f', 1_000)));
    assert.equal(claims.filter(({ kind }) => kind === 'fresh').length, 1);
    assert.deepEqual(await store.claimOrderKey(key, 'g', 1_000), {
      kind: 'used',
      fingerprint: 'f',
      token: null,
    });
  });

  test(`${name}: a settled key names its order long after the claim`, async t => {
    const store = await open(t);
    const key = newToken();
    await store.claimOrderKey(key, 'f', 1_000);
    await store.settleOrderKey(key, 'T');
    await store.releaseOrderKey(key);
    assert.deepEqual(await store.claimOrderKey(key, 'f', 10_000_000), {
      kind: 'used',
      fingerprint: 'f',
      token: 'T',
    });
  });

  test(`${name}: a key is given back only by who knows what it was settled with last`, async t => {
    const store = await open(t);
    const key = newToken();
    await store.claimOrderKey(key, 'f', 1_000);
    await store.settleOrderKey(key, '?1 mark');
    await store.releaseOrderKey(key);
    await store.releaseOrderKey(key, '?2 other');
    assert.equal((await store.claimOrderKey(key, 'f', 1_000)).kind, 'used');
    await store.releaseOrderKey(key, '?1 mark');
    assert.equal((await store.claimOrderKey(key, 'f', 1_000)).kind, 'fresh');
  });

  test(`${name}: a released key is free`, async t => {
    const store = await open(t);
    const key = newToken();
    await store.claimOrderKey(key, 'f', 1_000);
    await store.releaseOrderKey(key);
    assert.deepEqual(await store.claimOrderKey(key, 'other', 1_000), { kind: 'fresh' });
  });

  test(`${name}: the backlog counts what is due some day and what is late`, async t => {
    const store = await open(t);
    const before = await store.backlog(100);
    const made = [record({ dueAt: 50 }), record({ dueAt: 500 }), record()];
    for (const each of made) await store.create(each);
    const after = await store.backlog(100);
    assert.deepEqual([after.waiting - before.waiting, after.overdue - before.overdue], [2, 1]);
    for (const each of made) await store.setDue(each, null);
  });

  test(`${name}: tries are counted one by one, for each who on their own, until the window is over`, async t => {
    const store = await open(t);
    const [one, other] = [newToken(), newToken()];
    const counts = await Promise.all([1, 2, 3].map(() => store.countTry(one, Date.now(), 60_000)));
    assert.deepEqual(counts.sort(), [1, 2, 3]);
    assert.equal(await store.countTry(other, Date.now(), 1), 1);
    const fresh = await until(async () => (await store.countTry(other, Date.now(), 1)) === 1);
    assert.ok(fresh);
  });

  test(`${name}: every checkout is tidied once in a round, as it then stands, and nothing else of it changes`, async t => {
    const store = await open(t);
    const made = Array.from({ length: 250 }, () => record({ version: 7 }));
    await Promise.all(made.map(one => store.create(one)));
    const [changing] = made;
    assert.ok(changing);
    const seen: string[] = [];
    const tidied = (found: CheckoutRecord) => {
      seen.push(found.token);
      return found.order === null ? found : { ...found, order: null };
    };
    const round = newToken();
    const first = await store.tidy(round, tidied);
    assert.equal(first.isDone, false);
    const moved = await store.advance({ ...changing, currency: 'MXN' });
    assert.equal(moved?.version, 8);
    for (;;) if ((await store.tidy(round, tidied)).isDone) break;
    for (const { token } of made.slice(1)) {
      assert.ok(seen.includes(token));
      assert.deepEqual(await store.find(token), { ...made.find(one => one.token === token), order: null });
    }
    assert.equal((await store.find(changing.token))?.currency, 'MXN');
    const before = seen.length;
    assert.deepEqual(await store.tidy(round, tidied), { seen: 0, changed: 0, isDone: true });
    assert.equal(seen.length, before);
  });

  test(`${name}: an open store is ready`, async t => {
    const store = await open(t);
    assert.equal(await store.ready(), undefined);
  });
}

/** `reopen` opens the same store, empty at first, with a STORE_KEY. */
export function testStoreKey(
  name: string,
  reopen: (t: TestContext, key: string | null) => Store | Promise<Store>,
): void {
  test(`${name}: a store takes the key that it was sealed with, and refuses another one or none`, async t => {
    const made = record();
    const uses = async (key: string | null, use: (store: Store) => Promise<unknown>) => {
      const store = await reopen(t, key);
      await store
        .ready()
        .then(() => use(store))
        .finally(store.close);
    };
    const finds = async (store: Store) => assert.deepEqual(await store.find(made.token), made);
    await uses(null, store => store.create(made));
    await uses('first-key', finds);
    for (const key of [null, 'other-key', 'other-key third-key'])
      await assert.rejects(uses(key, finds), StoreUnusable, String(key));
    await uses('new-key first-key', finds);
    for (const key of ['first-key', 'new-key']) await assert.rejects(uses(key, finds), StoreUnusable, key);
    await uses('first-key new-key', finds);
  });
}
