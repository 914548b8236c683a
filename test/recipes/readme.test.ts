import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { blockNames, readmePath, withBlocks } from './readme.ts';

const blockIn = (text: string, name: string) =>
  text.split(`<!-- made:${name} -->`)[1]?.split('<!-- /made -->')[0];

test('the README shows the recipes that are tested, and the calls and codes that there are', () => {
  const readme = readFileSync(readmePath, 'utf8');
  const fresh = withBlocks(readme);
  assert.deepEqual(
    blockNames.filter(name => blockIn(readme, name) !== blockIn(fresh, name)),
    [],
    'run: npm run docs',
  );
});
