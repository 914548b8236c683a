/**
 * Random lives of payments: whatever is asked for and whatever fails, the PSP’s books and the proxy’s view agree, and
 * nothing is in the books that the merchant did not ask for and was not told of.
 */
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { forEachDialect, type MerchantCalls, merchantCalls, refundOf } from './merchant-calls.ts';
import { newKey, type Reply, type Stack, startStack, until } from './stack.ts';

const price = 123.45;
const words = [
  'DISPUTE',
  'DISPUTE_RECOVERED',
  'DISPUTE_REFUNDED',
  'DISPUTE_FINAL',
  'CANCELED',
  'POST_REFUND_DISPUTE',
] as const;
/** The moves of the PSP’s status map that no call of ours makes (facts section 4.1). */
const movesFrom: Readonly<Record<(typeof words)[number], readonly string[]>> = {
  DISPUTE: ['PAID', 'PARTIALLY_REFUNDED'],
  DISPUTE_RECOVERED: ['DISPUTE'],
  DISPUTE_REFUNDED: ['DISPUTE'],
  DISPUTE_FINAL: ['DISPUTE'],
  CANCELED: ['PRE_AUTHORIZED'],
  POST_REFUND_DISPUTE: ['REFUNDED'],
};

interface Fault {
  readonly kind: string;
  readonly status: number;
}

type Step =
  | { readonly do: 'capture' | 'refund'; readonly cents: number | null; readonly fault: Fault | null }
  | { readonly do: 'cancel'; readonly fault: Fault | null }
  | { readonly do: 'read' | 'retry' }
  | { readonly do: 'settle refund'; readonly status: 'COMPLETED' | 'FAILED' | 'REQUESTED' }
  | { readonly do: 'word'; readonly word: (typeof words)[number] }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'fault of a read'; readonly path: string; readonly fault: Fault };

const cents = fc.option(fc.integer({ min: 1, max: 6_000 }), { freq: 4 });
const anyFault: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constantFrom(
    'drop_before',
    'drop_after',
    'status',
    'status_after',
    'garbage',
    'truncate',
    'delay',
  ),
  status: fc.constantFrom(502, 500, 401),
});
const fault = fc.option(anyFault, { freq: 2 });
const constant = <T extends string>(word: T) => fc.constant<T>(word);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: constant('capture'), cents, fault }) },
  { weight: 6, arbitrary: fc.record({ do: constant('refund'), cents, fault }) },
  { weight: 1, arbitrary: fc.record({ do: constant('cancel'), fault }) },
  { weight: 2, arbitrary: fc.record({ do: constant('retry') }) },
  { weight: 1, arbitrary: fc.record({ do: constant('read') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: constant('settle refund'),
      status: fc.constantFrom(
        'COMPLETED' as const,
        'COMPLETED' as const,
        'FAILED' as const,
        'REQUESTED' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: constant('word'), word: fc.constantFrom(...words) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: constant('wait'), ms: fc.constantFrom(1_000, 6_000, 11 * 60_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: constant('fault of a read'),
      path: fc.constantFrom('/refund/*', '/payment/*'),
      fault: anyFault,
    }),
  },
);

const life = fc.record({ held: fc.boolean(), steps: fc.array(step, { minLength: 4, maxLength: 14 }) });

interface Keyed {
  readonly key: string;
  readonly body: unknown;
  readonly id: string;
}

/** One payment’s life, with the merchant’s memory of what was told. */
class Life {
  readonly #stack: Stack;
  readonly #merchant: MerchantCalls;
  readonly #token: string;
  /** Refunds that the merchant was told of, by id. */
  readonly #told = new Set<string>();
  #lastKeyed: Keyed | null = null;

  constructor(stack: Stack, merchant: MerchantCalls, token: string) {
    this.#stack = stack;
    this.#merchant = merchant;
    this.#token = token;
  }

  async take(next: Step): Promise<void> {
    const merchant = this.#merchant;
    switch (next.do) {
      case 'capture': {
        const body = next.cents === null ? undefined : { amount: next.cents / 100 };
        const before = await this.#books();
        await this.#fault('POST', '/payment/*/capture', next.fault);
        const reply = await merchant.capture(this.#token, body);
        const after = await this.#books();
        const { amount_received } = after.payment;
        if (reply.status === 200)
          assert.equal(amount_received, body?.amount ?? price, 'captured as asked for');
        else if (reply.status !== 202)
          assert.equal(amount_received, before.payment.amount_received, reply.text);
        break;
      }
      case 'cancel': {
        const before = await this.#books();
        await this.#fault('POST', '/payment/*/cancel', next.fault);
        const reply = await merchant.cancel(this.#token);
        const { status } = (await this.#books()).payment;
        if (reply.status === 200) assert.equal(status, 'CANCELED');
        else if (reply.status !== 202) assert.equal(status, before.payment.status, reply.text);
        break;
      }
      case 'refund': {
        await this.#fault('POST', '/refund', next.fault);
        const key = newKey();
        const body = next.cents === null ? {} : { amount: next.cents / 100 };
        const id = await this.#refund(body, key);
        if (id !== null) this.#lastKeyed = { key, body, id };
        break;
      }
      case 'retry': {
        if (this.#lastKeyed === null) break;
        const { key, body, id } = this.#lastKeyed;
        const known = (await merchant.refunds(this.#token)).find(({ refund_id }) => refund_id === id);
        const again = await this.#refund(body, key);
        // A key whose refund never arrived may make another one.
        if (known?.failure !== 'never_arrived' && !known?.verifying)
          assert.equal(again, id, 'same key, same refund');
        if (again !== null) this.#lastKeyed = { key, body, id: again };
        break;
      }
      case 'settle refund': {
        const open = (await this.#books()).refunds.find(
          ({ status }) => status === 'REQUESTED' || status === 'PROCESSING',
        );
        if (open) await merchant.settleRefund(open.refund_id, next.status);
        break;
      }
      case 'word': {
        const { payment, refunds } = await this.#books();
        const inWork = refunds.some(({ status }) => status === 'REQUESTED' || status === 'PROCESSING');
        if (!inWork && movesFrom[next.word].includes(payment.status))
          await this.#stack.settle(this.#token, next.word);
        break;
      }
      case 'wait':
        this.#stack.clock.advance(next.ms);
        break;
      case 'read':
        await merchant.order(this.#token);
        break;
      case 'fault of a read':
        await this.#fault('GET', next.path, next.fault);
        break;
    }
    await this.#assertBooksAreTold();
  }

  async #fault(method: string, path: string, fault: Fault | null): Promise<void> {
    // Longer than PSP_TIMEOUT_MS.
    if (fault !== null) await this.#stack.fault({ ...fault, method, path, ms: 1_200 });
  }

  /** The id that the merchant was told; null when the reply says that nothing was sent. */
  async #refund(body: unknown, key: string): Promise<string | null> {
    const before = await this.#books();
    const reply: Reply = await this.#merchant.refund(this.#token, body, key);
    const grown = (await this.#books()).refunds.length - before.refunds.length;
    if (reply.status !== 201 && reply.status !== 202) {
      assert.ok([409, 422, 503].includes(reply.status), reply.text);
      assert.equal(grown, 0, `the books have what the merchant was told did not happen: ${reply.text}`);
      return null;
    }
    const { refund_id, verifying } = refundOf(reply, reply.status);
    const isNew = !this.#told.has(refund_id);
    this.#told.add(refund_id);
    if (!isNew) assert.equal(grown, 0, 'the same refund twice in the books');
    else if (!verifying) assert.equal(grown, 1, 'a refund that is not in the books');
    else assert.ok(grown === 0 || grown === 1);
    return refund_id;
  }

  async #books() {
    const [payment, refunds] = await Promise.all([
      this.#stack.payment(this.#token),
      this.#merchant.pspRefunds(this.#token),
    ]);
    return { payment, refunds };
  }

  async #assertBooksAreTold(): Promise<void> {
    const { payment, refunds } = await this.#books();
    assert.ok(refunds.length <= this.#told.size, 'more refunds in the books than the merchant was told of');
    const inCents = (amount: number) => Math.round(amount * 100);
    const given = refunds
      .filter(({ status }) => status !== 'FAILED')
      .reduce((sum, { amount }) => sum + inCents(amount), 0);
    assert.ok(given <= inCents(payment.amount_received), 'more given back than came in');
    assert.ok(payment.send_received === 1 && payment.send_accepted === 1);
  }

  /** With the PSP well again and time for every doubt to end, both sides say the same. */
  async assertAgreement(): Promise<void> {
    await this.#stack.control('DELETE', '/faults');
    await this.#stack.call('POST', '/v1/callbacks/letpay', { body: { payment_token: this.#token } });
    let last: unknown;
    await until(async () => {
      this.#stack.clock.advance(60_000);
      const [order, views] = [
        await this.#merchant.order(this.#token),
        await this.#merchant.refunds(this.#token),
      ];
      const { payment, refunds } = await this.#books();
      const ours = views.filter(({ failure }) => failure !== 'never_arrived');
      const proxy = {
        status: order.status,
        received: order.amount_received ?? 0,
        refunded: order.refunded_amount ?? 0,
        refunds: ours.map(({ amount, status }, n) => {
          // One whose answer was lost is known to be ours at its end, when the total tells its amount.
          const isOpen = ['REQUESTED', 'PROCESSING'].includes(refunds[n]?.status ?? '');
          return [amount, status === 'UNKNOWN' && isOpen ? refunds[n]?.status : status];
        }),
        decided: order.status === 'PRE_AUTHORIZED' ? (order.attempts[0]?.hold_decision ?? null) : null,
      };
      const psp = {
        status: payment.status,
        received: payment.amount_received,
        refunded: payment.refunded_amount,
        refunds: refunds.map(({ amount, status }) => [amount, status]),
        decided: null,
      };
      last = { proxy, psp };
      return JSON.stringify(proxy) === JSON.stringify(psp);
    }).catch(error => assert.fail(`${error}: ${JSON.stringify(last)}`));
  }
}

forEachDialect(
  'in random lives of payments the PSP’s books and the merchant’s view agree',
  async (t, era) => {
    const stack = await startStack(t, {
      callbacks: true,
      outcomeDelayMs: 24 * 60 * 60_000,
      env: { PSP_TIMEOUT_MS: '1000' },
    });
    await stack.dialect(era);
    const merchant = merchantCalls(stack);
    let lives = 0;
    await fc.assert(
      fc.asyncProperty(life, async ({ held, steps }) => {
        await stack.control('DELETE', '/faults');
        const payment = new Life(stack, merchant, held ? await merchant.held() : await merchant.paid());
        for (const next of steps) await payment.take(next);
        await payment.assertAgreement();
        lives += 1;
      }),
      { numRuns: 40, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: false, endOnFailure: true },
    );
    assert.ok(lives > 3, 'some lives were lived');
  },
);
