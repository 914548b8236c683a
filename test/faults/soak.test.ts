/** The short check of the soak: twenty seconds, two hundred feeds. The long one is part of long.ts. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { judgeSoak, soak } from './soak.ts';

test('keeps memory and open handles flat under mixed load with 200 open feeds', async () => {
  const { complaints, text } = judgeSoak(await soak({ seconds: 20, feeds: 200, rate: 15, seed: 'soak' }));
  process.stdout.write(`${text}\n`);
  assert.deepEqual(complaints, []);
});
