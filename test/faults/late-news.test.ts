/** What the PSP does later than anybody waits for it, at a proxy that no callback reaches. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { cardSubmission } from './cards.ts';
import { checkoutIn, startCrew, until } from './crew.ts';
import { codeOf } from './http.ts';

const noCallbacks = { notification_url: 'http://127.0.0.1:9/nowhere' };

test('a submission that the PSP takes after it was given up is found although nobody looks', async t => {
  const crew = await startCrew(t, { storeUrl: 'memory:', pspTimeoutMs: 300 });
  const reference = 'TAKEN-LATE';
  const token = await crew.createOrder(0, {
    ...noCallbacks,
    reference_id: reference,
    person_firstname: 'PAID',
  });
  await crew.emulator.fault({ path: `/payment/${token}/sendPayment`, kind: 'delay_before', ms: 7_000 });
  assert.equal(checkoutIn(await crew.submit(0, token, cardSubmission(0)), 202).verifying, true);
  const stored = async () => (await crew.stored(0, reference))[0];
  await until(async () => (await stored())?.can.submit);
  assert.equal((await crew.payment(token)).send_accepted, 0);
  const paid = await until(async () => {
    const order = await stored();
    return order?.status === 'PAID' && order;
  }, 15_000);
  assert.equal(paid.verifying, false);
  assert.equal((await crew.payment(token)).send_received, 1);
});

test('a code that is paid while an older read is under way stops the next submission', async t => {
  const crew = await startCrew(t, { storeUrl: 'memory:', pspTimeoutMs: 3_000 });
  const token = await crew.createOrder(0, noCallbacks);
  checkoutIn(await crew.submit(0, token, { method: 'PIX' }));
  const renewed = checkoutIn(
    await crew.call(0, 'POST', `/v1/checkout/${token}/renew`, { key: crew.newKey() }),
  );
  assert.equal(renewed.attempt, 2);
  const reads = async () => (await crew.emulator.stats()).calls['GET /payment/{token}'] ?? 0;
  const before = await reads();
  await crew.emulator.fault({ path: `/payment/${token}`, method: 'GET', kind: 'delay', ms: 2_000 });
  await until(async () => (await reads()) > before);
  await crew.emulator.settle(token, 'PAID');
  const reply = await crew.submit(0, token, cardSubmission(1));
  assert.equal(reply && codeOf(reply), 'already_paid');
  const rows = await crew.emulator.payments('CREW-1');
  assert.deepEqual(
    rows.map(row => row.send_received),
    [1, 0],
  );
});
