import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { runEmulator } from './running-emulator.ts';

const fiveMinutes = 300_000;

async function logIn(url: string, body: BodyInit, headers: HeadersInit = {}) {
  const answer = await fetch(`${url}/auth`, { method: 'POST', body, headers });
  return { status: answer.status, body: await answer.json() };
}

test('takes both pairs of credentials, url-encoded, as multipart and as JSON', async t => {
  const { url } = await runEmulator(t);
  const pairs = [
    { username: 'demo', password: 'demo' },
    { apiKey: 'demo', apiSecret: 'demo' },
  ];
  for (const pair of pairs) {
    const form = new FormData();
    for (const [name, value] of Object.entries(pair)) form.set(name, value);
    const json = JSON.stringify(pair);
    const answers = [
      await logIn(url, new URLSearchParams(pair)),
      await logIn(url, form),
      await logIn(url, json, { 'content-type': 'application/json' }),
    ];
    for (const { status, body } of answers) {
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(body), ['user', 'version', 'token']);
    }
  }
});

test('refuses mixed or wrong credentials with the documented 401', async t => {
  const { url } = await runEmulator(t);
  for (const pair of [{ username: 'demo', apiSecret: 'demo' }, { username: 'demo', password: 'x' }, {}]) {
    const { status, body } = await logIn(url, new URLSearchParams(pair as Record<string, string>));
    assert.equal(status, 401);
    assert.deepEqual(body, {
      timestamp: '2026-11-20T15:00:00.000+0000',
      status: 401,
      error: 'Unauthorized',
      message: 'Access Denied',
      path: '/auth',
    });
  }
});

test('issues an HS512 token with a subject and an expiry in five minutes', async t => {
  const { url } = await runEmulator(t);
  const { body } = await logIn(url, new URLSearchParams({ apiKey: 'demo', apiSecret: 'demo' }));
  const [header, claims] = (body.token as string)
    .split('.')
    .slice(0, 2)
    .map(part => JSON.parse(Buffer.from(part, 'base64url').toString()));
  assert.deepEqual(header, { alg: 'HS512' });
  assert.deepEqual(claims, { sub: 'demo', exp: Date.parse('2026-11-20T15:05:00Z') / 1000 });
});

test('names the role by the dialect', async t => {
  const emulator = await runEmulator(t);
  const credentials = new URLSearchParams({ username: 'demo', password: 'demo' });
  assert.deepEqual((await logIn(emulator.url, credentials)).body.user.roles, ['MERCHANT_ADMIN']);
  await emulator.dialect('classic');
  const { user } = (await logIn(emulator.url, credentials)).body;
  assert.equal(user.role, 'USER');
  assert.equal('roles' in user, false);
});

test('refuses a token from its fifth minute on, and takes the refreshed one', async t => {
  const emulator = await runEmulator(t);
  const { body: login } = await logIn(
    emulator.url,
    new URLSearchParams({ apiKey: 'demo', apiSecret: 'demo' }),
  );
  const contracts = (token: string) =>
    emulator.call('GET', '/merchant/contracts', undefined, { 'X-Auth-Token': token });

  await emulator.advance(fiveMinutes - 1);
  const refreshed = (await contracts(login.token)).body.refresh_token;
  assert.notEqual(refreshed, login.token);

  await emulator.advance(1);
  const late = await contracts(login.token);
  assert.equal(late.status, 401);
  assert.equal('refresh_token' in late.body, false);
  assert.equal('errors' in late.body, false);
  assert.equal((await contracts(refreshed)).status, 200);
});

test('keeps an older token valid beside its refreshed one', async t => {
  const emulator = await runEmulator(t);
  const { body: login } = await logIn(
    emulator.url,
    new URLSearchParams({ apiKey: 'demo', apiSecret: 'demo' }),
  );
  await emulator.advance(60_000);
  const headers = { 'X-Auth-Token': login.token };
  const first = await emulator.call('GET', '/merchant/contracts', undefined, headers);
  const second = await emulator.call('GET', '/merchant/contracts', undefined, headers);
  assert.deepEqual([first.status, second.status], [200, 200]);
});

test('refuses a forged, an empty and a missing token', async t => {
  const emulator = await runEmulator(t);
  const { body: login } = await logIn(
    emulator.url,
    new URLSearchParams({ apiKey: 'demo', apiSecret: 'demo' }),
  );
  const [header, , signature] = login.token.split('.');
  const claims = Buffer.from('{"sub":"demo","exp":9999999999}').toString('base64url');
  for (const token of [`${header}.${claims}.${signature}`, '', 'a.b.c']) {
    const { status } = await emulator.call('GET', '/merchant/contracts', undefined, {
      'X-Auth-Token': token,
    });
    assert.equal(status, 401);
  }
});

test('gives a refresh token with every answer but a 401', async t => {
  const emulator = await runEmulator(t);
  for (const era of ['classic', 'current'] as const) {
    await emulator.dialect(era);
    const answers = [
      await emulator.letpay('GET', '/merchant/contracts'),
      await emulator.letpay('POST', '/payment', {}),
      await emulator.letpay('GET', '/payment/unknown'),
      await emulator.letpay('GET', '/nowhere'),
    ];
    for (const { body } of answers) assert.equal(typeof body.refresh_token, 'string');
  }
});

test('lists contracts with the one for payments among others', async t => {
  const emulator = await runEmulator(t);
  const { body } = await emulator.letpay('GET', '/merchant/contracts/list');
  const payIn = body.contracts.filter((contract: { contractType: string; active: boolean }) => {
    return contract.contractType === 'PAYIN' && contract.active;
  });
  assert.notEqual(body.contracts[0].contractType, 'PAYIN');
  assert.equal(payIn[0].id, '4239d673-b23e-42a1-81bd-87d0984fb173');
});

test('has one contract and no list in the classic dialect', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const one = await emulator.letpay('GET', '/merchant/contracts');
  assert.equal(one.body.contract.id, '4239d673-b23e-42a1-81bd-87d0984fb173');
  assert.equal((await emulator.letpay('GET', '/merchant/contracts/list')).status, 404);
});
