/** What is kept of a body to know it again under its Idempotency-Key: keyed, and the same body for an older version’s. */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { orderRequest } from '../../server/contract/order.ts';
import { tokenPaymentRequest } from '../../server/contract/person.ts';
import { card, checkoutOf, merchantKey, newKey, order, problemOf, type Stack, startStack } from './stack.ts';
import { storedCards } from './stored-cards.ts';
import { storedFile } from './stored-file.ts';

/** As versions before the keyed one made fingerprints. */
const plainHash = (body: unknown) => createHash('sha256').update(JSON.stringify(body)).digest('base64url');

const authentication = { cavv: 'CAVV-OF-THE-CHARGE', xid: 'XID-OF-THE-CHARGE', eci: '05' };
const charge = { amount: 7, asset: 'BRL', reference_id: 'SUB-1', authentication };

async function chargeOf(stack: Stack) {
  const { personId, cardId } = await storedCards(stack).store({ person_firstname: 'PAID' });
  return { ...charge, public_person_id: personId, public_card_id: cardId };
}

const post = (stack: Stack, path: string, body: unknown, key: string) =>
  stack.call('POST', path, {
    body,
    headers: { Authorization: `Bearer ${merchantKey}`, 'Idempotency-Key': key },
  });

test('no kept fingerprint can be made without the merchant’s key', async t => {
  const file = storedFile(t);
  const stack = await startStack(t, { env: file.env });
  const token = checkoutOf(await post(stack, '/v1/orders', order, newKey()), 201).payment_token;
  checkoutOf(await stack.send(token, { ...card, card_installments: 1 }));
  const bodies = [orderRequest.parse(order), { call: 'renew' }];
  const submitted = Object.entries({ ...card, last4: '2097' }).filter(
    ([name]) => !['card_number', 'card_cvv'].includes(name),
  );
  const plain = [
    ...bodies.map(plainHash),
    plainHash(Object.fromEntries(submitted.toSorted(([a], [b]) => (a < b ? -1 : 1)))),
  ];
  const kept = [
    ...file
      .query('SELECT fingerprint FROM order_keys')
      .map(row => (row as { fingerprint: string }).fingerprint),
    ...Object.values(file.record(token).claims).map(({ fingerprint }) => fingerprint),
  ];
  assert.equal(kept.length, 2);
  for (const fingerprint of kept) {
    assert.match(fingerprint, /^k\.[\w-]{43}$/);
    assert.ok(!plain.includes(fingerprint.slice(2)));
  }
});

test('a key whose fingerprint an older version kept answers the same body as before, and another one is refused', async t => {
  const file = storedFile(t);
  const stack = await startStack(t, { env: file.env });
  const [orderKey, refundKey, submissionKey, renewalKey, chargeKey] = ['a', 'b', 'c', 'd', 'e'].map(
    newKey,
  ) as [string, string, string, string, string];
  const body = await chargeOf(stack);
  const token = checkoutOf(await post(stack, '/v1/orders', order, orderKey), 201).payment_token;
  checkoutOf(await stack.send(token, { ...card, card_number: '4539620659922097' }, submissionKey));
  await stack.settle(token, 'PAID');
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  const refund = { amount: 10 };
  assert.equal((await post(stack, `/v1/orders/${token}/refunds`, refund, refundKey)).status, 201);
  const left = await stack.orderToken();
  checkoutOf(await stack.send(left, { method: 'PIX' }));
  await stack.settle(left, 'CANCELED');
  await stack.checkoutWhen(left, ({ can }) => can.renew);
  checkoutOf(await stack.renew(left, renewalKey));
  const charged = (await post(stack, '/v1/token-payments', body, chargeKey)).body as {
    payment_token: string;
  };

  const older = 'UPDATE order_keys SET fingerprint = ? WHERE key = ?';
  file.query(older, plainHash(orderRequest.parse(order)), orderKey);
  file.query(older, plainHash(tokenPaymentRequest.parse(body)), `token-payment ${chargeKey}`);
  const { card_number: _number, card_cvv: _cvv, ...rest } = card;
  const submitted = Object.entries({ ...rest, last4: '2097' }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  file.replace(token, record => ({
    ...record,
    claims: {
      [submissionKey]: {
        ...record.claims[submissionKey],
        fingerprint: plainHash(Object.fromEntries(submitted)),
      },
    },
    refunds: record.refunds?.map(kept => ({ ...kept, fingerprint: plainHash([10, null, []]) })),
  }));
  file.replace(left, record => ({
    ...record,
    claims: {
      ...record.claims,
      [renewalKey]: { ...record.claims[renewalKey], fingerprint: plainHash({ call: 'renew' }) },
    },
  }));

  checkoutOf(await post(stack, '/v1/orders', order, orderKey), 201);
  problemOf(await post(stack, '/v1/orders', { ...order, amount: 9 }, orderKey), 422, 'idempotency_mismatch');
  checkoutOf(await stack.send(token, card, submissionKey));
  problemOf(
    await stack.send(token, { ...card, card_installments: 2 }, submissionKey),
    422,
    'idempotency_mismatch',
  );
  assert.equal((await post(stack, `/v1/orders/${token}/refunds`, refund, refundKey)).status, 201);
  problemOf(
    await post(stack, `/v1/orders/${token}/refunds`, { amount: 11 }, refundKey),
    422,
    'idempotency_mismatch',
  );
  checkoutOf(await stack.renew(left, renewalKey));
  const again = await post(stack, '/v1/token-payments', body, chargeKey);
  assert.equal((again.body as { payment_token: string }).payment_token, charged.payment_token, again.text);
  problemOf(
    await post(stack, '/v1/token-payments', { ...body, amount: 8 }, chargeKey),
    422,
    'idempotency_mismatch',
  );
  assert.equal((await storedCards(stack).taken('SUB-1')).length, 1);
});

test('what 3-D Secure and the fraud check brought is sent once, kept nowhere, and tells no two calls apart', async t => {
  const file = storedFile(t);
  const stack = await startStack(t, { env: file.env });
  const body = {
    ...(await chargeOf(stack)),
    fraud_protection_token: 'FRAUD-TOKEN-OF-THE-CHARGE-0123456789',
    ip_address: '203.0.113.77',
    extra_data: { note: 'EXTRA-OF-THE-CHARGE' },
  };
  const key = newKey();
  const first = await post(stack, '/v1/token-payments', body, key);
  assert.equal(first.status, 201, first.text);
  const { payment_token: token } = first.body as { payment_token: string };
  const { public_person_id, public_card_id } = body;
  assert.deepEqual(file.record(token).tokenPayment, {
    amount: 7,
    asset: 'BRL',
    public_person_id,
    public_card_id,
  });
  const secrets = ['CAVV-OF', 'XID-OF', 'FRAUD-TOKEN-OF', '203.0.113.77', 'EXTRA-OF'];
  await stack.close();
  for (const secret of secrets) {
    assert.ok(!file.bytes().includes(secret), `${secret} is in the file`);
    assert.ok(!stack.log.join('\n').includes(secret), `${secret} is in the log`);
  }
});

test('a repeated charge that could not be sent brings its 3-D Secure values again', async t => {
  const file = storedFile(t);
  const stack = await startStack(t, { env: file.env });
  const body = await chargeOf(stack);
  const key = newKey();
  await stack.closeEmulator();
  problemOf(await post(stack, '/v1/token-payments', body, key), 503, 'psp_unavailable');
  const again = { ...body, authentication: { ...authentication, cavv: 'ANOTHER-CAVV' } };
  // The same call by all that counts: not a mismatch.
  problemOf(await post(stack, '/v1/token-payments', again, key), 503, 'psp_unavailable');
  assert.ok(!file.bytes().includes('CAVV'));
});
