/** An amount of the PSP that cannot be read is said to be one, and never a silent null beside PAID. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import type { MerchantOrder } from '../../server/contract/merchant-order.ts';
import { readQuery } from '../../server/gateways/lesspay/translate.ts';
import { readReport } from '../../server/gateways/letpay/translate.ts';
import { readInvoice, reportOf } from '../../server/gateways/letsia/translate.ts';
import { startStackOverOddPsp } from './odd-psp.ts';
import { checkoutOf, problemOf } from './stack.ts';

/** A Pix of 123.45 that is paid, of which the PSP’s status says `amounts`. */
async function paidWith(t: TestContext, amounts: () => object) {
  const isStatus = (method: string, path: string) => method === 'GET' && /^\/payment\/[^/]+$/.test(path);
  const stack = await startStackOverOddPsp(t, isStatus, body => ({ ...body, ...amounts() }));
  const token = await stack.orderToken();
  checkoutOf(await stack.send(token, { method: 'PIX' }));
  await stack.settle(token, 'PAID');
  stack.clock.advance(60_000);
  const read = async () => (await stack.merchant('GET', `/v1/orders/${token}`)).body as MerchantOrder;
  return { stack, token, read };
}

for (const [what, amount_received] of [
  ['a half centavo', 123.455],
  ['words', 'a lot'],
  ['a comma', '123,45'],
  ['a huge number', 1e21],
  ['less than nothing', -1],
  ['an object', { value: 123.45 }],
] as const) {
  test(`PAID with ${what}: the status is told, and that the amount cannot be read`, async t => {
    let amounts: object = { amount_received };
    const { stack, token, read } = await paidWith(t, () => amounts);
    const order = await read();
    assert.deepEqual(
      [order.status, order.amount_received, order.amounts_unreadable, order.attempts[0]?.amounts_unreadable],
      ['PAID', null, true, true],
    );
    const warnings = stack.log.filter(line => line.includes('unreadable amount'));
    assert.ok(warnings.length > 0);
    assert.ok(!warnings.some(line => /123[.,]45|a lot|1e\+?21/.test(line)));

    // All of what nobody knows cannot be given back by itself.
    const refused = await stack.merchant('POST', `/v1/orders/${token}/refunds`, {});
    assert.equal(problemOf(refused, 422, 'validation_failed').errors?.[0]?.pointer, '/amount');

    amounts = {};
    stack.clock.advance(600_000);
    const later = await read();
    assert.equal(later.amount_received, 123.45);
    assert.ok(!('amounts_unreadable' in later));
  });
}

test('an amount that is left out is no amount that cannot be read', () => {
  for (const amount_received of [undefined, null, '', 0, '0.00', 19999.5])
    assert.equal(
      readReport({ transactionStatus: 'PAID', amount_received }, 'COP')?.amountsUnreadable,
      undefined,
    );
  assert.equal(
    readReport({ transactionStatus: 'PAID', amount_received: 19999.5 }, 'COP')?.amountReceived,
    1_999_950,
  );
});

test('Letsia and Lesspay say it too', () => {
  const invoice = readInvoice(
    { status: true, data: { code: 'INV-0123456789abcdef', status: 'paid', amount: '1,50' } },
    'USD',
  );
  assert.equal(invoice && reportOf(invoice, null).amountsUnreadable, true);
  const lesspay = (fields: object) => {
    const order = { request_id: 'T', order_status: 'SUCCEED', target_currency: 'BRL', ...fields };
    const reading = readQuery({ code: 0, data: [order] }, 'T', 'BRL', true);
    return reading.kind === 'found' ? reading.report : null;
  };
  assert.equal(lesspay({ target_amount: '1,50' })?.amountsUnreadable, true);
  assert.equal(lesspay({ target_amount: '1.50', target_currency: 'USD' })?.amountsUnreadable, true);
  assert.equal(lesspay({ target_amount: '1.50' })?.amountsUnreadable, undefined);
  assert.equal(lesspay({})?.amountsUnreadable, undefined);
});
