import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { AccessToken } from '../../../../server/gateways/letpay/access-token.ts';
import { LogInRefused } from '../../../../server/gateways/log-in.ts';
import type { Answer, PspConnection, PspRequest } from '../../../../server/gateways/psp-http.ts';

const start = Date.parse('2026-11-20T12:00:00Z');

/** A token as LetPay’s: a JWT of which only `exp` is looked at. */
const tokenUntil = (ms: number, mark = '') =>
  `eyJhbGciOiJIUzUxMiJ9.${Buffer.from(JSON.stringify({ sub: `demo${mark}`, exp: ms / 1000 })).toString('base64url')}.x`;

function logInAt(answers: (Answer | Error)[] = []) {
  const sent: PspRequest[] = [];
  const told: string[] = [];
  let now = start;
  const connection: PspConnection = {
    async exchange(request) {
      sent.push(request);
      const answer = answers.shift() ?? {
        status: 200,
        body: { token: tokenUntil(now + 300_000, String(sent.length)) },
      };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    close: async () => undefined,
  };
  const token = new AccessToken(
    connection,
    { kind: 'key', id: 'an id', secret: 's&cret' },
    {
      now: () => now,
      monotonic: () => now,
      onLogIn: () => told.push('in'),
      onLogInRefused: cause => told.push(`refused: ${cause}`),
      onLogInFailed: cause => told.push(`failed: ${cause}`),
    },
  );
  return { token, sent, told, advance: (ms: number) => (now += ms) };
}

test('a clock that is ten minutes ahead of the PSP’s does not log in at every call', async () => {
  const ended = tokenUntil(start - 300_000);
  const { token, sent } = logInAt([{ status: 200, body: { token: ended } }]);
  assert.deepEqual([await token.get(), await token.get()], [ended, ended]);
  assert.equal(sent.length, 1);
});

test('a clock that is an hour behind the PSP’s does not make a token last for that hour', async () => {
  const { token, sent, advance } = logInAt([{ status: 200, body: { token: tokenUntil(start + 3_900_000) } }]);
  await token.get();
  advance(290_000);
  await token.get();
  assert.equal(sent.length, 2);
});

test('an older token never takes the place of a newer one', async () => {
  const { token } = logInAt();
  await token.get();
  const newer = tokenUntil(start + 600_000);
  token.rotate(newer);
  token.rotate(tokenUntil(start + 400_000));
  assert.equal(await token.get(), newer);
});

test('what is no token rotates nothing', async () => {
  const { token } = logInAt();
  const first = await token.get();
  for (const junk of [undefined, null, '', 7, 'MY_ACCESS_TOKEN', 'a.b.c', {}]) token.rotate(junk);
  assert.equal(await token.get(), first);
});

test('callers at once share one log-in', async () => {
  const { token, sent } = logInAt();
  const tokens = await Promise.all(Array.from({ length: 50 }, () => token.get()));
  assert.deepEqual([new Set(tokens).size, sent.length], [1, 1]);
});

test('a token is replaced before it runs out on the way', async () => {
  const { token, sent, advance } = logInAt();
  await token.get();
  advance(270_000);
  await token.get();
  assert.equal(sent.length, 1);
  advance(15_000);
  await token.get();
  assert.equal(sent.length, 2);
});

test('a rejected token is forgotten, but not the newer one that came meanwhile', async () => {
  const { token, sent } = logInAt();
  const first = await token.get();
  token.reject(first);
  const second = await token.get();
  token.reject(first);
  assert.equal(await token.get(), second);
  assert.equal(sent.length, 2);
});

test('a log-in that failed is tried again by the next caller, and told as what it was', async () => {
  const { token, told } = logInAt([new Error('reset'), { status: 503, body: undefined }]);
  await assert.rejects(token.get(), { message: 'reset' });
  await assert.rejects(token.get(), { message: 'status 503, no token' });
  assert.ok(await token.get());
  assert.deepEqual(told, ['failed: Error reset', 'failed: NotConnected status 503, no token', 'in']);
});

for (const [what, answer] of [
  ['401', { status: 401, body: { message: 'Access Denied' } }],
  ['403', { status: 403, body: undefined }],
  ['an unknown key', { status: 500, body: { errorCode: '00.01.0012' } }],
  ['an unknown user', { status: 404, body: { errors: [{ code: '00.01.0010', description: 'x' }] } }],
] as const) {
  test(`after ${what} nobody logs in for ten seconds, then twenty, and each is told once`, async () => {
    const { token, sent, told, advance } = logInAt([answer, answer]);
    const knock = () => assert.rejects(token.get(), LogInRefused);
    await Promise.all([knock(), knock(), knock()]);
    advance(9_999);
    await knock();
    assert.equal(sent.length, 1);
    advance(1);
    await knock();
    advance(19_999);
    await knock();
    assert.equal(sent.length, 2);
    advance(1);
    assert.ok(await token.get());
    const refused = `refused: status ${answer.status}: LETPAY_API_KEY or LETPAY_API_SECRET is wrong`;
    assert.deepEqual(told, [refused, refused, 'in']);
  });
}

test('a token whose end cannot be read is held for the documented five minutes', async () => {
  const { token, sent, advance } = logInAt([{ status: 200, body: { token: 'opaque' } }]);
  assert.equal(await token.get(), 'opaque');
  advance(200_000);
  assert.equal(await token.get(), 'opaque');
  advance(100_000);
  await token.get();
  assert.equal(sent.length, 2);
});

test('the log-in is url-encoded with the names of the documents', async () => {
  const { token, sent } = logInAt();
  await token.get();
  assert.equal(sent[0]?.body, 'apiKey=an+id&apiSecret=s%26cret');
});
