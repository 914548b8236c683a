import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { type BundleFile, makeBundles } from '../../widget/build/bundles.ts';
import { embedFile } from '../../widget/build/embed-files.ts';
import { budgets, mustNotAppear } from './budgets.ts';

const files = await makeBundles();

function fileNamed(name: string): BundleFile {
  const file = files.find(candidate => candidate.name === name);
  assert.ok(file, `the build made no ${name}`);
  return file;
}

const gzipBytes = (file: BundleFile) => embedFile(file).gzip.length;

/** The file and all that is loaded before it runs. */
function withStaticImports(file: BundleFile): readonly BundleFile[] {
  return [...new Set([file, ...file.imports.flatMap(name => withStaticImports(fileNamed(name)))])];
}

function assertWithin(measured: readonly BundleFile[], budget: number): void {
  const sizes = measured.map(file => `${file.name} ${gzipBytes(file)}`);
  const total = measured.reduce((sum, file) => sum + gzipBytes(file), 0);
  assert.ok(total <= budget, `${total} bytes of gzip, ${total - budget} over ${budget}: ${sizes.join(', ')}`);
}

/** The one line to the console: about the attributes of the tag (`developer-mistakes.ts`). */
const toldToDevelopers = /console\.warn\(`<letpay-checkout>: \$\{\w+\}`\)/;

describe('what a page loads', () => {
  it('is within the budget before the first screen (adyen-web #1655)', () => {
    assertWithin(withStaticImports(fileNamed('letpay-checkout.js')), budgets.firstScreen);
  });

  it('is within the budget with everything in one file', () => {
    assertWithin([fileNamed('letpay-checkout.one.js')], budgets.oneFile);
  });

  it('is one request before the module runs', () => {
    assert.deepEqual(fileNamed('letpay-checkout.js').imports, []);
  });

  it('leaves for its parts every name that they take', () => {
    const link = /(\w+)=globalThis\[Symbol\.for\([^)]*\)\].*?\{([^{}]*)\}=\1[,;]/;
    const namesIn = (list = '') => list.split(',').map(pair => pair.split(':')[0]?.trim());
    const entry = fileNamed('letpay-checkout.js').code;
    const left = namesIn(/globalThis\[Symbol\.for\([^)]*\)\]\?\?=\{([^{}]*)\}/.exec(entry)?.[1]);
    const taken = files
      .filter(({ isEntry }) => !isEntry)
      .flatMap(({ name, code }) => namesIn(link.exec(code)?.[2] ?? '').map(taken => ({ name, taken })));
    assert.ok(left.length > 5 && taken.length > left.length, 'the link was not found');
    assert.deepEqual(
      taken.filter(({ taken }) => taken && !left.includes(taken)),
      [],
    );
  });

  for (const [what, pattern] of Object.entries(mustNotAppear)) {
    it(`holds no trace of ${what}`, () => {
      const found = files.flatMap(({ name, code }) => {
        const at = code.replace(toldToDevelopers, '').search(pattern);
        return at < 0 ? [] : [`${name}: …${code.slice(Math.max(0, at - 40), at + 40)}…`];
      });
      assert.deepEqual(found, []);
    });
  }

  it('sets innerHTML only where Lit makes a template of its own literals', () => {
    const lit = readFileSync(
      createRequire(import.meta.url)
        .resolve('lit-html')
        .replace('/node/', '/'),
      'utf8',
    );
    const count = (code: string) => code.split('.innerHTML').length - 1;
    for (const { name, code } of files) {
      assert.ok(count(code) <= count(lit), `${name} sets innerHTML ${count(code)} times, Lit ${count(lit)}`);
    }
  });

  it('names no host but that of the XML namespaces (braintree-web-drop-in fraud collector)', () => {
    const hosts = files.flatMap(({ code }) =>
      [...code.matchAll(/\b(?:https?|wss?):\/\/([\w.-]+)/g)].map(([, host]) => host),
    );
    assert.deepEqual(
      [...new Set(hosts)].filter(host => host !== 'www.w3.org'),
      [],
    );
  });
});
