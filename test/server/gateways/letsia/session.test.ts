import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { createSessions } from '../../../../server/gateways/letsia/session.ts';
import { LogInRefused } from '../../../../server/gateways/log-in.ts';
import { type Answer, NotConnected, type PspRequest } from '../../../../server/gateways/psp-http.ts';

const credentials = { email: 'shop@example.com', password: 'secret' };

function answered(user: unknown, access_token: unknown = 'token-1'): Answer {
  return { status: 200, body: { status: true, data: { token_type: 'Bearer', access_token, user } } };
}

function sessionsOver(...answers: Answer[]) {
  const sent: PspRequest[] = [];
  const exchange = async (request: PspRequest) => {
    sent.push(request);
    return answers.shift() ?? { status: 500, body: undefined };
  };
  const told: string[] = [];
  const clock = { now: 0 };
  const deps = {
    monotonic: () => clock.now,
    onLogIn: () => undefined,
    onLogInRefused: (cause: string) => told.push(cause),
    onLogInFailed: () => undefined,
  };
  return { sent, told, clock, sessions: createSessions({ exchange }, credentials, deps) };
}

test('the guide’s three fields are sent', async () => {
  const { sent, sessions } = sessionsOver(answered({ api_mode: 'live' }));
  await sessions.get();
  assert.deepEqual(
    sent.map(({ method, route, body }) => [method, route, JSON.parse(body ?? '')]),
    [['POST', '/login', { ...credentials, device_name: 'letpay-checkout' }]],
  );
});

test('the mode is that of the log-in, in any case; another word is no mode', async () => {
  for (const [word, mode] of [
    ['live', 'live'],
    ['SANDBOX', 'sandbox'],
    ['demo', null],
    [undefined, null],
  ]) {
    const { sessions } = sessionsOver(answered({ api_mode: word }));
    assert.equal(sessions.mode(), null);
    await sessions.get();
    assert.equal(sessions.mode(), mode);
  }
});

test('a token is kept until it is refused, and callers at once share one log-in', async () => {
  const { sent, sessions } = sessionsOver(answered({}), answered({}, 'token-2'));
  const all = await Promise.all([sessions.get(), sessions.get(), sessions.get()]);
  assert.deepEqual(
    all.map(({ token }) => token),
    ['token-1', 'token-1', 'token-1'],
  );
  sessions.reject('an older one');
  assert.equal((await sessions.get()).token, 'token-1');
  sessions.reject('token-1');
  assert.equal((await sessions.get()).token, 'token-2');
  assert.equal(sent.length, 2);
});

test('a refused log-in says why, never what was sent, and the next caller tries again', async () => {
  const refused = [
    [401, /LETSIA_EMAIL or LETSIA_PASSWORD/],
    [403, /API Enabled/],
  ] as const;
  const { sessions, clock } = sessionsOver(
    ...refused.map(([status]) => ({ status, body: { status: false, message: 'x' } })),
    answered({}, ''),
    answered({}),
  );
  for (const [, words] of refused) {
    await assert.rejects(sessions.get(), (error: Error) => {
      assert.ok(error instanceof LogInRefused);
      assert.match(error.message, words);
      assert.doesNotMatch(error.message, /secret|shop@example/);
      return true;
    });
    clock.now += 20_000;
  }
  await assert.rejects(sessions.get(), NotConnected);
  assert.equal((await sessions.get()).token, 'token-1');
});

test('after a wrong password nobody knocks for ten seconds, and the operator is told once', async () => {
  const wrong = { status: 401, body: { status: false, message: 'x' } };
  const { sent, told, clock, sessions } = sessionsOver(wrong, answered({}));
  for (const at of [0, 1, 9_999]) {
    clock.now = at;
    await assert.rejects(sessions.get(), LogInRefused);
  }
  assert.deepEqual([sent.length, told.length], [1, 1]);
  clock.now = 10_000;
  assert.equal((await sessions.get()).token, 'token-1');
});

test('a log-in that broke for another reason is tried again at once', async () => {
  const { told, sessions } = sessionsOver({ status: 503, body: undefined }, answered({}));
  await assert.rejects(sessions.get(), { name: 'NotConnected', message: 'status 503, no token' });
  assert.equal((await sessions.get()).token, 'token-1');
  assert.deepEqual(told, []);
});
