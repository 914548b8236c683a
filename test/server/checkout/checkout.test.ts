import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { hadInstrument, isAwaited, isPaid, openAttempt } from '../../../server/checkout/attempt.ts';
import {
  appendAttempt,
  beginSending,
  canRenew,
  canSubmit,
  findClaim,
  isCheckoutPaid,
  isPaidTwice,
  markInDoubt,
  mayMoneyLeave,
  newestAttempt,
  reopen,
  withClaim,
} from '../../../server/checkout/checkout.ts';
import type { CheckoutRecord } from '../../../server/checkout/checkout-record.ts';
import { viewCheckout } from '../../../server/checkout/checkout-view.ts';
import { recordReport } from '../../../server/checkout/record-report.ts';
import { nextDue } from '../../../server/checkout/watch-schedule.ts';
import { checkout, type Method, methods, type Status, statuses } from '../../../server/contract/checkout.ts';
import { orderRequest } from '../../../server/contract/order.ts';
import { order } from '../stack.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

const fresh: CheckoutRecord = {
  token: 'TOKEN-1',
  version: 1,
  gateway: 'letpay',
  referenceId: 'R',
  country: 'BR',
  currency: 'BRL',
  returnUrl: null,
  publicPersonId: null,
  delayCapture: false,
  offersSaveCard: false,
  order: orderRequest.parse(order),
  attempts: [openAttempt('TOKEN-1', now)],
  claims: {},
  cardTries: [],
  createdAt: now,
  dueAt: null,
  methods: ['PIX', 'CREDITCARD'],
  installments: [{ installments: 2, amount: 6451 }],
  totals: null,
  customerFees: [],
};

const send = (record: CheckoutRecord, method: Method, key = 'k') =>
  beginSending(record, { key, fingerprint: 'f', method, installments: null, now });

/** One step of a life, with the same guards as submit.ts, renew.ts and watch.ts. */
type Step =
  | { readonly do: 'submit'; readonly method: Method }
  | { readonly do: 'renew' | 'doubt' | 'refuse' | 'reopen' }
  | { readonly do: 'report'; readonly of: number; readonly status: Status; readonly undoes: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('submit' as const), method: fc.constantFrom(...methods) }),
  fc.record({
    do: fc.constantFrom('renew' as const, 'doubt' as const, 'refuse' as const, 'reopen' as const),
  }),
  fc.record({
    do: fc.constant('report' as const),
    of: fc.nat(5),
    status: fc.constantFrom(...statuses),
    undoes: fc.boolean(),
  }),
);

function take(record: CheckoutRecord, next: Step, at: number): CheckoutRecord {
  const newest = newestAttempt(record);
  switch (next.do) {
    case 'submit':
      return canSubmit(record) ? send(record, next.method, `key-${at}`) : record;
    case 'renew':
      return canRenew(record)
        ? appendAttempt(record, `TOKEN-${record.attempts.length + 1}`, record, now + at)
        : record;
    case 'doubt':
      return newest.phase === 'sending' ? markInDoubt(record, newest.token, now + at) : record;
    case 'refuse':
      return newest.phase === 'sending'
        ? reopen(record, newest.token, { code: 'psp_refused', detail: 'no' })
        : record;
    case 'reopen':
      return newest.phase === 'sending' ? reopen(record, newest.token) : record;
    case 'report': {
      const attempt = record.attempts[next.of % record.attempts.length];
      return attempt && attempt.phase !== 'open'
        ? recordReport(record, attempt.token, { status: next.status, mayUndoPaid: next.undoes })
        : record;
    }
  }
}

const life = fc.array(step, { maxLength: 40 });

function everyMoment(check: (before: CheckoutRecord, after: CheckoutRecord) => void): void {
  fc.assert(
    fc.property(life, steps => {
      let record = fresh;
      for (const [at, next] of steps.entries()) {
        const after = take(record, next, at);
        check(record, after);
        record = after;
      }
    }),
    { numRuns: 400 },
  );
}

test('at no moment of any life are two attempts open, or is an older one than the newest', () => {
  everyMoment((_, { attempts }) => {
    const open = attempts.filter(({ phase }) => phase === 'open');
    assert.ok(open.length <= 1);
    if (open[0]) assert.equal(open[0], attempts.at(-1));
  });
});

test('at no moment are two submissions on their way', () => {
  everyMoment((_, { attempts }) => {
    assert.ok(attempts.filter(({ phase }) => phase === 'sending').length <= 1);
  });
});

test('never can a checkout both be submitted and renewed, and a paid one neither', () => {
  everyMoment((_, record) => {
    assert.ok(!(canSubmit(record) && canRenew(record)));
    if (isCheckoutPaid(record)) assert.ok(!canSubmit(record) && !canRenew(record));
  });
});

test('paid never becomes unpaid, whatever the PSP says later', () => {
  everyMoment((before, after) => {
    if (isCheckoutPaid(before)) assert.ok(isCheckoutPaid(after));
    if (isPaidTwice(before)) assert.ok(isPaidTwice(after));
  });
});

test('no attempt is ever lost or changes its token', () => {
  everyMoment((before, after) => {
    const tokens = before.attempts.map(({ token }) => token);
    assert.deepEqual(after.attempts.map(({ token }) => token).slice(0, tokens.length), tokens);
    assert.equal(after.token, 'TOKEN-1');
  });
});

test('whatever is awaited or may change after its end is due to be read, payer data to be erased, and nothing else', () => {
  everyMoment((_, record) => {
    const awaited = record.attempts.some(isAwaited);
    const mayChange = record.attempts.some(attempt => isPaid(attempt) || hadInstrument(attempt));
    assert.equal(nextDue({ ...record, order: null }, now + 100, false) !== null, awaited || mayChange);
    const erased = record.order !== null;
    assert.equal(nextDue(record, now + 100, false) !== null, awaited || mayChange || erased);
  });
});

test('payer data ends with the thirtieth day', () => {
  const day = 86_400_000;
  assert.equal(nextDue(fresh, now, true), fresh.createdAt + 30 * day);
});

test('every moment of every life is a Checkout of the contract', () => {
  everyMoment((_, record) => {
    const shown = checkout.parse(viewCheckout(record, now, { testMode: true }));
    assert.equal(shown.can.submit, canSubmit(record));
    if (shown.status === 'DECLINED') assert.ok(record.attempts.some(({ status }) => status === 'DECLINED'));
  });
});

for (const status of [
  'DECLINED',
  'CANCELED',
  'ERROR',
  'IN_ANALYSIS',
  'PRE_AUTHORIZED',
  'PROCESSING',
  'UNKNOWN',
] as const) {
  test(`${status} that was asked for before the payment does not undo it`, () => {
    const paid = recordReport(send(fresh, 'CREDITCARD'), 'TOKEN-1', { status: 'PAID', amountReceived: 100 });
    const decline = { reason: 'unknown', action: 'other_card', code: null } as const;
    const later = recordReport(paid, 'TOKEN-1', { status, decline, amountReceived: 0 });
    assert.deepEqual(later.attempts, paid.attempts);
  });
}

test('a refund or a dispute follows a payment', () => {
  const paid = recordReport(send(fresh, 'CREDITCARD'), 'TOKEN-1', { status: 'PAID' });
  for (const status of ['PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTE', 'DISPUTE_FINAL'] as const) {
    assert.equal(recordReport(paid, 'TOKEN-1', { status }).attempts[0].status, status);
  }
});

test('a Pix is left for another attempt only while the PSP says that nobody has paid', () => {
  const renewable = statuses.filter(status =>
    canRenew(recordReport(send(fresh, 'PIX'), 'TOKEN-1', { status })),
  );
  assert.deepEqual(renewable, ['CREATED', 'PROCESSING', 'DECLINED', 'CANCELED', 'ERROR']);
});

test('new money leaves only when every attempt is unused, over, or a code that a known word calls unpaid', () => {
  const anAttempt = fc.record({
    phase: fc.constantFrom('open' as const, 'sending' as const, 'sent' as const),
    status: fc.constantFrom(...statuses),
    method: fc.option(fc.constantFrom(...methods)),
    linkLost: fc.boolean(),
    wasPaid: fc.boolean(),
  });
  const isHarmless = ({ phase, status, method, linkLost, wasPaid }: ReturnType<typeof attemptOf>) => {
    if (wasPaid || /PAID|REFUND|DISPUTE/.test(status)) return false;
    if (phase !== 'sent') return phase === 'open';
    if (['DECLINED', 'CANCELED', 'ERROR'].includes(status)) return true;
    const isCode = method !== null && ['PIX', 'BOLETO', 'PAYCASH'].includes(method);
    return ['CREATED', 'PROCESSING'].includes(status) && (isCode || linkLost === true);
  };
  const attemptOf = (drawn: typeof anAttempt extends fc.Arbitrary<infer Drawn> ? Drawn : never) => ({
    ...openAttempt('TOKEN-0', now),
    ...drawn,
  });
  fc.assert(
    fc.property(fc.array(anAttempt, { maxLength: 3 }), drawn => {
      const earlier = drawn.map(attemptOf);
      const [first, ...others] = [...earlier, fresh.attempts[0]];
      const record = { ...fresh, attempts: [first ?? fresh.attempts[0], ...others] } as const;
      assert.equal(mayMoneyLeave(record), earlier.every(isHarmless));
    }),
    { numRuns: 5_000 },
  );
});

test('a code of which the PSP says a word that nobody knows is shown on, and watched', () => {
  const instrument = {
    method: 'PIX',
    code: '0002',
    qr_code_png: null,
    amount: 100,
    expires_at: null,
  } as const;
  const shown = recordReport(send(fresh, 'PIX'), 'TOKEN-1', { status: 'PROCESSING', instrument });
  const unknown = recordReport(shown, 'TOKEN-1', { status: 'UNKNOWN' });
  const view = viewCheckout(unknown, now, { testMode: true });
  assert.deepEqual([view.status, view.instrument?.method, view.can.renew], ['UNKNOWN', 'PIX', false]);
  assert.equal(nextDue(unknown, now, false), now + 1_000);
});

test('a card is left for another attempt only once the PSP has ended it', () => {
  const renewable = statuses.filter(status =>
    canRenew(recordReport(send(fresh, 'CREDITCARD'), 'TOKEN-1', { status })),
  );
  assert.deepEqual(renewable, ['DECLINED', 'CANCELED', 'ERROR']);
});

test('a refusal keeps its key and its card try, and a submission that never left gives both back', () => {
  const sending = send(fresh, 'CREDITCARD');
  const refused = reopen(sending, 'TOKEN-1', { code: 'psp_refused', detail: 'no' });
  assert.deepEqual([typeof findClaim(refused, 'k')?.ending, refused.cardTries.length], ['object', 1]);
  const unsent = reopen(sending, 'TOKEN-1');
  assert.deepEqual([findClaim(unsent, 'k'), unsent.cardTries.length], [undefined, 0]);
});

test('fifty keys are kept, the newest among them', () => {
  let record = fresh;
  for (let n = 0; n < 80; n += 1) {
    record = withClaim(record, `key-${n}`, { fingerprint: 'f', attempt: 'TOKEN-1', ending: 'answered' });
  }
  assert.equal(Object.keys(record.claims).length, 50);
  assert.ok(findClaim(record, 'key-79'));
  assert.equal(findClaim(record, 'key-0'), undefined);
});

test('an installment’s total has no float error', () => {
  const installments = [
    { installments: 3, amount: 3333 },
    { installments: 12, amount: 1239 },
  ];
  const shown = viewCheckout({ ...fresh, installments }, now, { testMode: true });
  assert.deepEqual(
    shown.installments.map(({ total }) => total),
    [99.99, 148.68],
  );
});

test('the pace of reading slows with age, and somebody who looks makes it quick again', () => {
  const record = { ...send(fresh, 'PIX'), order: null };
  const waits = [0, 60_000, 20 * 60_000, 5 * 3_600_000, 5 * 86_400_000, 90 * 86_400_000].map(
    age => (nextDue(record, now + age, false) ?? 0) - now - age,
  );
  assert.deepEqual(waits, [1_000, 5_000, 60_000, 600_000, 7_200_000, 86_400_000]);
  assert.equal(nextDue(record, now + 5 * 3_600_000, true), now + 5 * 3_600_000 + 2_000);
});
