/** Each recipe of the README, as a merchant would run it, with a real proxy and the emulator. */
import { strict as assert } from 'node:assert';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { webhookEvent } from '../../server/contract/webhook.ts';
import { leaveNothing } from '../environment/leave-nothing.ts';
import { merchantKey, request, startStack, until } from '../server/stack.ts';
import { webhookSecret } from '../server/webhook-receiver.ts';
import { readCalls } from './http-file.ts';
import { isRunnable, type Program, programs, recipeFolder } from './programs.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The program as a shop that hears of its orders, and the proxy that it works with. */
async function openShop(t: TestContext, program: Program) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const stack = await startStack(t, {
    env: { MERCHANT_WEBHOOK_URL: `${url}/webhooks`, MERCHANT_WEBHOOK_SECRET: webhookSecret },
  });
  const folder = mkdtempSync(join(tmpdir(), 'letpay-recipe-'));
  const env = {
    PATH: process.env['PATH'],
    TMPDIR: folder,
    PROXY_URL: stack.url,
    MERCHANT_API_KEY: merchantKey,
    MERCHANT_WEBHOOK_SECRET: webhookSecret,
    PORT: String(port),
  };
  const options = { cwd: recipeFolder, env } as const;
  const child: ChildProcess = spawn(program.command, program.serve(port), options);
  leaveNothing(child);
  const printed: string[] = [];
  let complaints = '';
  child.stdout?.on('data', (chunk: Buffer) => printed.push(...chunk.toString().trim().split('\n')));
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  t.after(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    if (child.exitCode === null) await ended;
    rmSync(folder, { recursive: true });
  });
  await until(async () => {
    if (child.exitCode !== null) assert.fail(`the program ended: ${complaints}`);
    return request(url, 'GET', '/').catch(() => null);
  }, 20_000);

  return {
    stack,
    url,
    printed,
    /** The status that is answered to an event. */
    async tell(body: string, headers: Readonly<Record<string, string>>): Promise<number> {
      return (await request(url, 'POST', '/webhooks', { body, headers })).status;
    },
    async refund(token: string, amount: string): Promise<string> {
      const run = await promisify(execFile)(program.command, [...program.refund(token, amount)], options);
      return run.stdout.trim();
    },
  };
}

const library = new Webhook(webhookSecret);

function signed(id: string, body: string, at = Date.now()) {
  const signature = library.sign(id, new Date(at), body);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': signature,
  };
}

const paid = (reference_id: string) => JSON.stringify({ type: 'order.paid', data: { reference_id } });

for (const program of programs) {
  if (!isRunnable(program)) {
    process.stdout.write(`The recipe for ${program.language} was not run: no ${program.command} here.\n`);
    continue;
  }
  describe(`the recipe for ${program.language}`, () => {
    test('sells, hears of the payment, ships once, gives a part back once', async t => {
      const { stack, url, printed, refund } = await openShop(t, program);
      const page = await request(url, 'GET', '/buy');
      assert.equal(page.status, 200, page.text);
      assert.ok(page.text.includes(`src="${stack.url}/letpay-checkout.js"`));
      const [, token = ''] = /<letpay-checkout payment-token="([\w-]+)">/.exec(page.text) ?? [];
      assert.ok(token, page.text);
      assert.ok((await request(url, 'GET', '/buy')).text.includes(token), 'a reload made another order');

      await stack.send(token, { method: 'PIX' });
      await stack.settle(token, 'PAID');
      await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
      await until(() => printed.includes('ship ORDER-1'));

      const first = await refund(token, '23.45');
      assert.match(first, /^rf_[\w-]+ [A-Z]+$/);
      const again = await refund(token, '23.45');
      assert.equal(again.split(' ')[0], first.split(' ')[0]);
      const { body } = await stack.merchant('GET', `/v1/orders/${token}/refunds`);
      const { refunds } = body as { refunds: { amount: number }[] };
      assert.deepEqual(
        refunds.map(({ amount }) => amount),
        [23.45],
      );
      assert.deepEqual(printed, ['ship ORDER-1']);
    });

    test('takes an event once and refuses what is forged, stale or unsigned', async t => {
      const { printed, tell } = await openShop(t, program);
      const good = signed('evt_a_1', paid('A'));
      assert.equal(await tell(paid('A'), good), 204);
      assert.equal(await tell(paid('A'), good), 204);

      assert.equal(await tell(paid('B'), good), 400, 'another body');
      assert.equal(await tell(paid('A'), { ...good, 'webhook-id': 'evt_a_2' }), 400, 'another id');
      const other = new Webhook(`whsec_${Buffer.from('another secret altogether').toString('base64')}`);
      const forged = { ...good, 'webhook-signature': other.sign('evt_a_1', new Date(), paid('A')) };
      assert.equal(await tell(paid('A'), forged), 400, 'another secret');
      const stale = signed('evt_c_1', paid('C'), Date.now() - 600_000);
      assert.equal(await tell(paid('C'), stale), 400, 'ten minutes old');
      assert.equal(await tell(paid('C'), { ...stale, 'webhook-timestamp': 'now' }), 400, 'no time');
      assert.equal(await tell(paid('C'), {}), 400, 'no signature');

      const rotating = signed('evt_d_1', paid('D'));
      const two = `${forged['webhook-signature']} ${rotating['webhook-signature']}`;
      assert.equal(await tell(paid('D'), { ...rotating, 'webhook-signature': two }), 204);
      await until(() => printed.includes('ship D'));
      assert.deepEqual(printed, ['ship A', 'ship D']);
    });
  });
}

describe('the recipe in plain HTTP', () => {
  const calls = readCalls(readFileSync(join(recipeFolder, 'calls.http'), 'utf8'));
  const [create, , webhook, read, giveBack] = calls;
  assert.ok(create && webhook && read && giveBack);

  test('creates an order, reads it, gives a part back', async t => {
    const stack = await startStack(t);
    const values: Record<string, string> = { PROXY_URL: stack.url, MERCHANT_API_KEY: merchantKey };
    const filled = (text: string) =>
      text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? assert.fail(name));
    const send = ({ method, address, headers, body }: (typeof calls)[number]) =>
      request(filled(address), method, '', {
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value)])),
        ...(body && { body: filled(body) }),
      });
    const created = await send(create);
    assert.equal(created.status, 201, created.text);
    const token = String((created.body as Record<string, unknown>)['payment_token']);
    values['payment_token'] = token;
    await stack.send(token, { method: 'PIX' });
    await stack.settle(token, 'PAID');
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    const order = await send(read);
    assert.equal((order.body as Record<string, unknown>)['status'], 'PAID');
    const refund = await send(giveBack);
    assert.equal(refund.status, 201, refund.text);
    assert.equal((refund.body as Record<string, unknown>)['amount'], 23.45);
  });

  test('shows an event as it arrives, with a signature that fits', () => {
    const [secret = ''] = /whsec_[\w+/=]+/.exec(webhook.comment) ?? [];
    const at = new Date(Number(webhook.headers['webhook-timestamp']) * 1000);
    const id = webhook.headers['webhook-id'] ?? '';
    assert.equal(new Webhook(secret).sign(id, at, webhook.body), webhook.headers['webhook-signature']);
    const event = JSON.parse(webhook.body);
    assert.deepEqual(webhookEvent.parse(event), event);
  });
});
