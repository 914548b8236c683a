/** How the process ends: what is on its way ends well and feeds end, by SIGTERM and after a failure that nobody caught. */
import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { cardSubmission } from './cards.ts';
import { checkoutIn, startCrew, until } from './crew.ts';

test('SIGTERM lets a submission on its way finish, ends the feeds and exits with 0', async t => {
  const crew = await startCrew(t, { storeUrl: 'memory:' });
  const token = await crew.createOrder(0);
  const feed = crew.feed(t, 0, token);
  await until(async () => feed.seen.length > 0);
  await crew.emulator.fault({ path: `/payment/${token}/sendPayment`, kind: 'delay', ms: 800 });
  const answer = crew.submit(0, token, cardSubmission(0));
  await until(async () => (await crew.payment(token)).send_accepted === 1);
  const stopped = crew.proxies[0]?.stop();
  assert.equal(checkoutIn(await answer).status, 'PROCESSING');
  await feed.ended;
  assert.equal(await stopped, 0);
  assert.equal(await crew.call(0, 'GET', '/healthz'), null);
});

test('SIGTERM waits for a silent PSP no longer than its time-out, and the next life finds what became of the submission', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'letpay-stop-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const crew = await startCrew(t, { storeUrl: `sqlite:${join(folder, 'letpay.db')}` });
  const reference = 'STOPPED-IN-DOUBT';
  const token = await crew.createOrder(0, { reference_id: reference, person_firstname: 'PAID' });
  await crew.emulator.fault({ path: `/payment/${token}/sendPayment`, kind: 'delay', ms: 20_000 });
  const answer = crew.submit(0, token, cardSubmission(1));
  await until(async () => (await crew.payment(token)).send_accepted === 1);
  const stopped = crew.proxies[0]?.stop();
  assert.equal(checkoutIn(await answer, 202).verifying, true);
  assert.equal(await stopped, 0);
  await crew.proxies[0]?.start();
  await until(async () => (await crew.stored(0, reference))[0]?.status === 'PAID');
  assert.equal((await crew.payment(token)).send_received, 1);
});

test('a rejection that nobody owns is logged by name, and the proxy stops gracefully with exit code 1', async t => {
  const module = pathToFileURL(join(import.meta.dirname, 'unowned-rejection.ts'));
  const crew = await startCrew(t, { storeUrl: 'memory:', env: { NODE_OPTIONS: `--import ${module}` } });
  const token = await crew.createOrder(0);
  const feed = crew.feed(t, 0, token);
  await until(async () => feed.seen.length > 0);
  await crew.emulator.fault({ path: `/payment/${token}/sendPayment`, kind: 'delay', ms: 800 });
  const answer = crew.submit(0, token, cardSubmission(0));
  await until(async () => (await crew.payment(token)).send_accepted === 1);
  const stopped = crew.proxies[0]?.stop('SIGUSR2');
  assert.equal(checkoutIn(await answer).status, 'PROCESSING');
  await feed.ended;
  assert.equal(await stopped, 1);
  const output = crew.proxies[0]?.output() ?? '';
  const line = /^.*"unhandled_rejection".*$/m.exec(output)?.[0] ?? '{}';
  const { level, name, at } = JSON.parse(line);
  assert.deepEqual([level, name], ['error', 'RangeError']);
  assert.match(at, /^faults\/unowned-rejection\.ts:\d+$/);
  assert.doesNotMatch(output, /no log may hold/);
});
