/**
 * `npm run test:faults`: at least 2,000 checkouts under faults, 10,000 bad requests, five minutes of soak. Prints the
 * figures of every part; `--seed` repeats the decisions, `--only runs,fuzz,soak` leaves parts out.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultRun } from './engine.ts';
import { report } from './report.ts';
import { judgeSoak, soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    checkouts: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '300' },
    feeds: { type: 'string', default: '2000' },
    only: { type: 'string', default: 'runs,fuzz,several,soak' },
  },
});
const wanted = values.only.split(',');
const failed: string[] = [];
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Runs of this many checkouts, in turn on each store: a failing one is repeated in a minute. */
const batch = 250;

async function runs(): Promise<void> {
  const count = Math.ceil(Number(values.checkouts) / batch);
  let checkouts = 0;
  for (let number = 0; number < count; number++) {
    const store = number % 2 === 0 ? 'sqlite' : 'redis';
    const result = await faultRun({
      seed: `${values.seed}.${number}`,
      store,
      era: number % 4 < 2 ? 'current' : 'classic',
      proxies: store === 'redis' ? 2 : 1,
      sealed: number % 8 >= 6,
      checkouts: batch,
      kills: 20,
      parallel: 32,
    });
    checkouts += result.figures.checkouts;
    const { passed, text } = report(result);
    say(text);
    if (!passed) failed.push(`fault run --seed ${values.seed}.${number}`);
  }
  say(`${checkouts} checkouts in all`);
}

/** A test file in its long form. */
async function testFile(name: string): Promise<void> {
  const child = spawn(process.execPath, ['--test', '--test-reporter=spec', join(import.meta.dirname, name)], {
    env: { ...process.env, FAULTS: 'long', FUZZ_SEED: String(Number.parseInt(values.seed, 10) || 1) },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) failed.push(name);
}

async function soakTest(): Promise<void> {
  const { seconds, feeds, seed } = values;
  const settings = { seconds: Number(seconds), feeds: Number(feeds), rate: 20, seed };
  const { complaints, text } = judgeSoak(await soak(settings));
  say(text);
  if (complaints.length > 0) failed.push('soak');
}

say(`seed ${values.seed}`);
if (wanted.includes('runs')) await runs();
if (wanted.includes('fuzz')) await testFile('fuzz.test.ts');
if (wanted.includes('several')) {
  await testFile('several-proxies.test.ts');
  await testFile('late-news.test.ts');
}
if (wanted.includes('soak')) await soakTest();
say(failed.length === 0 ? 'all passed' : `failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
