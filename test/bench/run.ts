/**
 * `npm run bench`: figures of this machine, as a table and in `bench-results.json`. Compare only within one run: machines
 * differ, and this one may be busy.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchSubmissions } from './submissions.ts';
import { benchWatchQueue } from './watch-queue.ts';

const big = Number(process.argv[2] ?? 1_000_000);

const queue = await benchWatchQueue([10_000, big]);
console.log('Watch queue (SQLite, full sync)');
console.table(queue);
const [small, large] = queue;
const ratio = Math.round(((large?.microsecondsPerRead ?? 0) / (small?.microsecondsPerRead ?? 1)) * 100) / 100;
console.log(`${big.toLocaleString('en')} pending cost ${ratio} x of 10,000 (goal: at most 1.3)\n`);

await benchSubmissions(500, 16);
const submissions = await benchSubmissions(6_000, 64);
console.log('Durable submissions (client, proxy and an instant PSP in one process, SQLite, full sync)');
console.table([submissions]);

writeFileSync(
  join(import.meta.dirname, '../../bench-results.json'),
  `${JSON.stringify({ at: new Date().toISOString(), queue, ratio, submissions }, null, 2)}\n`,
);
