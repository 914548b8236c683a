/** Letsia and Lesspay under faults of every kind and `kill -9`: nobody pays twice, and nobody is stuck. */
import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { startRedis } from '../environment/redis.ts';
import { type RedirectGateway, type RedirectReport, type RedirectRun, redirectRun } from './redirect-run.ts';

const gateways: readonly RedirectGateway[] = [
  {
    name: 'letsia',
    paths: ['/letsia/invoices', '/letsia/invoices/*', '/letsia/login'],
    form: { pay: { outcome: 'paid' }, fail: { outcome: 'failed' } },
    cancelsPaid: true,
  },
  {
    name: 'lesspay',
    paths: ['/lesspay/api/global/v1/pay/create-order', '/lesspay/api/global/v1/pay/query-order'],
    form: { pay: { way: 'pay' }, fail: { way: 'fail' } },
    cancelsPaid: false,
  },
];

function holds({ gateway, shoppers }: RedirectRun, report: RedirectReport): void {
  const { findings, struck, paid, canceled } = report;
  assert.deepEqual(findings, []);
  assert.equal(canceled > 0, gateway.cancelsPaid, `${canceled} canceled`);
  assert.ok(struck > shoppers && paid > shoppers / 2, `${struck} faults, ${paid} of ${shoppers} paid`);
}

suite('redirect fault runs', { concurrency: true }, () => {
  for (const gateway of gateways) {
    test(`${gateway.name}: 30 shoppers on SQLite are charged once at most, and none is stuck`, async t => {
      const folder = await mkdtemp(join(tmpdir(), 'letpay-redirect-'));
      t.after(() => rm(folder, { recursive: true, force: true }));
      const storeUrl = `sqlite:${join(folder, 'letpay.db')}`;
      const run = { gateway, storeUrl, seed: '1121', proxies: 1, shoppers: 30, kills: 5 };
      holds(run, await redirectRun(t, run));
    });

    test(`${gateway.name}: 20 shoppers over two proxies on Redis likewise`, async t => {
      const redis = await startRedis();
      t.after(() => redis.close());
      const run = { gateway, storeUrl: redis.url, seed: '2026', proxies: 2, shoppers: 20, kills: 4 };
      holds(run, await redirectRun(t, run));
    });
  }
});
