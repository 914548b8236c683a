/** What the proxy makes of each answer of the emulator, and of the documents’ own examples, is one and the same thing. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { orderRequest } from '../../server/contract/order.ts';
import { readErrors } from '../../server/gateways/letpay/failure.ts';
import {
  readInstrument,
  readOffer,
  readPaymentToken,
  readReport,
  readStatusWord,
} from '../../server/gateways/letpay/translate.ts';
import { card, order, runEmulator } from '../emulator/running-emulator.ts';
import { order as proxyOrder } from '../server/stack.ts';
import { examples } from './documents.ts';

const request = orderRequest.parse(proxyOrder);
const mexican = {
  asset: 'MXN',
  payment_country: 'MX',
  payment_currency: 'MXN',
  person_taxid: 'GODE561231GR8',
};

/** The same reading in both dialects, with what differs by payment taken out. */
async function inBoth<T>(read: (era: 'current' | 'classic') => Promise<T>): Promise<void> {
  assert.deepEqual(await read('classic'), await read('current'));
}

test('an order reads the same in both dialects', async t => {
  await inBoth(async era => {
    const emulator = await runEmulator(t);
    await emulator.dialect(era);
    const { body } = await emulator.letpay('POST', '/payment', { ...order, asset: 'USD', amount: 100 });
    assert.match(readPaymentToken(body) ?? '', /^[0-9a-f-]{36}$/);
    const read = readOffer(body, request);
    assert.deepEqual(read?.offer.customerFees, [{ name: 'TAXES_FEE', amount: 3761, asset: 'BRL' }]);
    assert.equal(read?.offer.installments.length, 12);
    return read;
  });
});

for (const [method, changes] of [
  ['PIX', {}],
  ['BOLETO', {}],
  ['PAYCASH', mexican],
] as const) {
  test(`${method} reads the same in both dialects`, async t => {
    await inBoth(async era => {
      const emulator = await runEmulator(t);
      await emulator.dialect(era);
      const { body } = await emulator.send(await emulator.createOrder(changes), { method });
      const instrument = readInstrument(body, method, 'BRL');
      assert.ok(instrument, JSON.stringify(body));
      assert.equal(readStatusWord(body), 'PROCESSING');
      return Object.entries(instrument).map(([name, value]) =>
        ['method', 'amount', 'due_date', 'expires_at'].includes(name) ? [name, value] : [name, typeof value],
      );
    });
  });
}

for (const status of [
  'PAID',
  'DECLINED',
  'CANCELED',
  'IN_ANALYSIS',
  'DISPUTE',
  'DISPUTE_FINAL',
  'REFUNDED',
  'ERROR',
] as const) {
  test(`${status} reads the same in both dialects`, async t => {
    await inBoth(async era => {
      const emulator = await runEmulator(t);
      await emulator.dialect(era);
      const token = await emulator.createOrder();
      await emulator.send(token, card);
      await emulator.control('POST', `/payments/${token}/settle`, {
        status,
        ...(status === 'DECLINED' && { error_code: '01.05.0014' }),
      });
      const report = readReport(await emulator.read(token), null);
      assert.equal(report?.status, status);
      return [report.status, report.decline, report.amountReceived];
    });
  });
}

test('“token already used” is recognised in both dialects', async t => {
  await inBoth(async era => {
    const emulator = await runEmulator(t);
    await emulator.dialect(era);
    const token = await emulator.createOrder();
    await emulator.send(token, card);
    const { body } = await emulator.send(token, card);
    const codes = readErrors(body).map(({ code }) => code);
    assert.deepEqual(codes, ['00.04.0022']);
    return codes;
  });
});

for (const era of ['current', 'classic'] as const) {
  test(`the documents’ own examples are read (${era})`, () => {
    const { order: offered, card: sent, status, canceled } = examples[era];
    assert.equal(readPaymentToken(offered), '021b6048-81e2-49ad-b0e4-d9729a0efe17');
    assert.equal(readOffer(offered, request)?.offer.installments[0]?.installments, 1);
    assert.equal(readStatusWord(sent), 'PROCESSING');
    assert.deepEqual(
      [readReport(status, 'BRL')?.status, readReport(status, 'BRL')?.decline],
      ['PROCESSING', null],
    );
    assert.equal(readReport(canceled, 'BRL')?.status, 'CANCELED');
    assert.deepEqual(readErrors(sent), []);
  });
}

test('the documents’ Paycash sample without a link is read', () => {
  const cash = readInstrument(examples.current.simplePaycash, 'PAYCASH', 'MXN');
  assert.deepEqual(
    cash?.method === 'PAYCASH' && [cash.barcode, cash.amount, cash.instructions_link, cash.barcode_png],
    ['2521709744061841', 12345, null, null],
  );
});
