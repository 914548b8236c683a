/** What can be told of the gateway without a PSP. */
import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { createLesspay } from '../../../../server/gateways/lesspay/lesspay.ts';

const addresses: readonly (readonly [apiUrl: string, testMode: boolean])[] = [
  ['https://lesspay2-pay-uat.doopayment.com', true],
  ['http://127.0.0.1:4010/lesspay', true],
  ['http://localhost:4010', true],
  ['https://uat.lesspay.example', true],
  ['https://lesspay2-pay.doopayment.com', false],
  // “uat” within a word says nothing.
  ['https://pay.equatorial.example', false],
  ['https://pay.example/uat', false],
];

for (const [apiUrl, testMode] of addresses) {
  test(`${apiUrl} is ${testMode ? 'a test' : 'production'}`, async () => {
    const settings = { apiUrl, appId: 'demo', appSecret: 'demo', timeoutMs: 1_000 };
    const deps = {
      now: Date.now,
      monotonic: Date.now,
      newId: randomUUID,
      onCall: () => undefined,
      onLogInRefused: () => undefined,
    };
    const gateway = createLesspay(settings, deps);
    assert.equal(gateway.testMode, testMode);
    await gateway.close();
  });
}

test('what Lesspay has no call for is declared', async () => {
  const settings = { apiUrl: 'http://127.0.0.1:9', appId: 'demo', appSecret: 'demo', timeoutMs: 1_000 };
  const gateway = createLesspay(settings, {
    now: Date.now,
    monotonic: Date.now,
    newId: randomUUID,
    onCall: () => undefined,
    onLogInRefused: () => undefined,
  });
  const { preAuthorization, refunds, contracts, oneStep, storedCards } = gateway;
  assert.deepEqual(
    [preAuthorization, refunds, contracts, oneStep, storedCards],
    [null, null, null, null, null],
  );
  await gateway.close();
});
