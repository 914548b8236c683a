/**
 * 200 checkouts under faults of every kind, repeated clicks, parallel tabs and `kill -9`, on SQLite and on Redis with two
 * proxies: what the PSP’s ledger says is what the proxy shows and what the shoppers were told. The long form is long.ts.
 */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { faultRun, type RunSettings } from './engine.ts';
import { report } from './report.ts';

const runs: readonly RunSettings[] = [
  {
    seed: '2026',
    store: 'sqlite',
    era: 'current',
    sealed: false,
    proxies: 1,
    checkouts: 120,
    kills: 8,
    parallel: 32,
  },
  {
    seed: '1120',
    store: 'redis',
    era: 'classic',
    sealed: true,
    proxies: 2,
    checkouts: 80,
    kills: 6,
    parallel: 24,
  },
];

suite('fault runs', { concurrency: true }, () => {
  for (const run of runs) {
    const name = `${run.checkouts} checkouts on ${run.store} with ${run.proxies} ${run.proxies === 1 ? 'proxy' : 'proxies'}`;
    test(`${name} are charged once, shown as they are, and leave no card behind`, async () => {
      const { passed, text } = report(await faultRun(run));
      process.stdout.write(`${text}\n`);
      assert.ok(passed, text);
    });
  }
});
