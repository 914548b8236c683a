/**
 * One fault run from the command line, for looking into a failure:
 * `node test/faults/fault-run.ts --seed 7 --checkouts 120 --store redis`.
 */
import { parseArgs } from 'node:util';
import { faultRun } from './engine.ts';
import { report } from './report.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    checkouts: { type: 'string', default: '120' },
    store: { type: 'string', default: 'sqlite' },
    sealed: { type: 'boolean', default: false },
    era: { type: 'string', default: 'current' },
    kills: { type: 'string' },
    parallel: { type: 'string', default: '24' },
  },
});
const store = values.store === 'redis' ? 'redis' : 'sqlite';
const checkouts = Number(values.checkouts);

const result = await faultRun({
  seed: values.seed,
  checkouts,
  store,
  sealed: values.sealed,
  era: values.era === 'classic' ? 'classic' : 'current',
  proxies: store === 'redis' ? 2 : 1,
  kills: Number(values.kills ?? Math.ceil(checkouts / 20)),
  parallel: Number(values.parallel),
});
const { passed, text } = report(result);
process.stdout.write(`${text}\n`);
process.exitCode = passed ? 0 : 1;
