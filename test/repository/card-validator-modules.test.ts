import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import cardValidator from 'card-validator';
import { cardNumber } from 'card-validator/dist/card-number.js';
import { build, type Rolldown } from 'vite';
import { asModule, cardValidatorModules } from '../../widget/build/card-validator-modules.ts';

const root = join(import.meta.dirname, '../..');

/** What the tag’s bundles hold of card-validator. */
async function bundled(): Promise<Rolldown.OutputChunk> {
  const entry = join(root, 'node_modules/card-validator/dist/card-number.js');
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [cardValidatorModules()],
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'card-number' } },
  });
  const [result] = [built].flat() as Rolldown.RolldownOutput[];
  assert.ok(result);
  return result.output[0];
}

test('card-validator as a module says of every number what the package says', async () => {
  const { code } = await bundled();
  const ours = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly cardNumber: typeof cardNumber;
  };
  const { types, getTypeInfo } = cardValidator.creditCardType;
  const prefixes = Object.values(types).flatMap(type => getTypeInfo(type).patterns.flat().map(String));
  const numbers = prefixes.flatMap(prefix =>
    [1, 3, 4, 6, 8, 13, 14, 15, 16, 17, 18, 19].flatMap(length =>
      ['0', '5', '8'].map(fill => prefix.slice(0, length).padEnd(length, fill)),
    ),
  );
  assert.ok(numbers.length > 5000, 'the patterns were not read');
  assert.ok(numbers.some(number => cardNumber(number).isValid));
  for (const number of ['', '0', 'x', ...numbers])
    assert.deepEqual(ours.cardNumber(number), cardNumber(number));
});

test('no wrapper of CommonJS is left in it, and nothing that changes its list', async () => {
  const { code, imports } = await bundled();
  assert.deepEqual(imports, []);
  assert.doesNotMatch(code, /exports|__esModule|addCard|resetModifications/);
});

test('a package of another shape stops the build', () => {
  assert.throws(() => asModule('module.exports = { cardNumber: 1 };', 'card-number.js'), {
    message: 'card-number.js is CommonJS of another shape',
  });
});
