/** Lit’s Trusted Types policy is replaced by ours in the packed files. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { withOurPolicy } from '../../widget/build/lit-policy.ts';

const published = readFileSync(join(import.meta.dirname, '../../node_modules/lit-html/lit-html.js'), 'utf8');

test('lit-html makes no policy of its own once ours is in its place', () => {
  const code = withOurPolicy(published, './trusted-html.ts');
  assert.match(published, /createPolicy\("lit-html"/);
  assert.doesNotMatch(code, /createPolicy\(/);
  assert.match(code, /^import \{ trustedHtml \} from "\.\/trusted-html\.ts";\n/);
});

test('a lit-html that makes its policy in another way stops the build', () => {
  assert.throws(
    () => withOurPolicy(published.replace('"lit-html"', '"lit"'), './trusted-html.ts'),
    /in a way that is not known/,
  );
});
