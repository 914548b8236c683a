import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import vm from 'node:vm';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import { loadWidgetFiles } from '../../server/widget-files.ts';
import { makeBundles } from '../../widget/build/bundles.ts';
import { contentsOf, embedFile } from '../../widget/build/embed-files.ts';
import { thirdPartyLicenses } from '../../widget/build/third-party.ts';
import { makeTypeDeclarations, tsc } from '../../widget/build/type-declarations.ts';
import { read, root } from './sources.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'letpay-exports-'));
const bundles = await makeBundles();
const embedFiles = bundles.map(embedFile);
const contents = contentsOf(embedFiles);

const publicSurface = [
  'LetpayCheckout',
  'LetpayCopyEvent',
  'LetpayDeclinedEvent',
  'LetpayErrorEvent',
  'LetpayInstrumentEvent',
  'LetpayMethodChangeEvent',
  'LetpayPaidEvent',
  'LetpayPendingEvent',
  'LetpayReadyEvent',
  'LetpayStateChangeEvent',
  'LetpaySubmitEvent',
  'LetpayWarningEvent',
];

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function textOf(name: string): string {
  const content = contents.get(name);
  assert.ok(content !== undefined, `the build made no ${name}`);
  return Buffer.from(content).toString();
}

function embedFileNamed(name: string) {
  const file = embedFiles.find(candidate => candidate.name === name);
  assert.ok(file, `the build made no ${name}`);
  return file;
}

const load = (name: string) =>
  import(new URL(name, pathToFileURL(`${folder}/`)).href) as Promise<Record<string, unknown>>;

before(() => {
  for (const [path, content] of contents) write(path, content);
  // So that node takes the files for modules, as in the package.
  write('package.json', '{ "type": "module" }');
});
after(() => rmSync(folder, { recursive: true }));

/** A registry of custom elements that remembers. */
function createRegistry() {
  const defined: string[] = [];
  return {
    defined,
    get: (name: string) => (defined.includes(name) ? class {} : undefined),
    define: (name: string) => void defined.push(name),
  };
}

describe('the module', () => {
  for (const name of ['letpay-checkout.js', 'letpay-checkout.one.js']) {
    it(`${name} registers the tag, and leaves it alone when it is there`, async t => {
      const customElements = createRegistry();
      Object.assign(globalThis, { customElements });
      t.after(() => Reflect.deleteProperty(globalThis, 'customElements'));
      await load(`${name}?first`);
      await load(`${name}?second`);
      assert.deepEqual(customElements.defined, ['letpay-checkout']);
    });
  }

  for (const name of ['letpay-checkout.js', 'letpay-checkout.one.js']) {
    it(`${name} exports the public surface and nothing else, also where there is no window (adyen-web #3202)`, async () => {
      assert.deepEqual(Object.keys(await load(name)).sort(), publicSurface);
    });
  }

  it('exports what widget/index.ts exports', async () => {
    assert.deepEqual(Object.keys(await import('../../widget/index.ts')).sort(), publicSurface);
  });

  it('has parts that import nothing by name: one copy of the entry runs, and a failed part can be asked for again', () => {
    const parts = embedFiles.filter(({ versioned }) => versioned === null);
    assert.ok(parts.length >= 8, 'the parts were not found');
    for (const { name } of parts) {
      const { staticImports, dynamicImports } = parseSync(name, textOf(name)).module;
      assert.deepEqual([...staticImports, ...dynamicImports], [], name);
    }
  });

  it('hands its parts what they share under its immutable name too', async () => {
    const { versioned } = embedFileNamed('letpay-checkout.js');
    assert.ok(versioned);
    await load(versioned);
    const symbol = Object.getOwnPropertySymbols(globalThis).find(({ description }) =>
      description?.startsWith('letpay-checkout '),
    );
    assert.ok(symbol);
    const { parts } =
      (globalThis as unknown as Record<symbol, { parts: Record<string, object> }>)[symbol] ?? assert.fail();
    const loadWithNeeds = async (name: string): Promise<object> => {
      for (const [, need = ''] of textOf(name).matchAll(/\.parts\[[`'"]\.\/([^`'"]+)/g))
        parts[`./${need}`] ??= await loadWithNeeds(need);
      return load(name);
    };
    const pix = embedFiles.find(({ name }) => name.startsWith('letpay-pix-'));
    assert.ok(pix);
    const [view] = Object.values(await loadWithNeeds(pix.name)) as { render: unknown }[];
    assert.equal(typeof view?.render, 'function');
  });
});

describe('the plain script', () => {
  const script = textOf('letpay-checkout.classic.js');

  it('is no module: it neither imports nor exports nor knows its own address', () => {
    const { module } = parseSync('letpay-checkout.classic.js', script, { sourceType: 'script' });
    assert.equal(module.hasModuleSyntax, false);
    assert.doesNotMatch(script, /\bimport\(|import\.meta/);
  });

  it('registers the tag, and leaves it alone when it is there', () => {
    const customElements = createRegistry();
    const page = vm.createContext({ queueMicrotask, URL, Event, customElements });
    vm.runInContext(script, page);
    vm.runInContext(script, page);
    assert.deepEqual(customElements.defined, ['letpay-checkout']);
  });

  it('is written in ASCII, because it is read in the encoding of its page', () => {
    assert.doesNotMatch(script, /[^\0-\x7f]/);
    assert.match(script, /Cart\\u00e3o/);
  });

  it('leaves no name behind in the page', () => {
    // Lit’s own bookkeeping, which all copies of Lit on a page share.
    const shared = [
      'litElementVersions',
      'litHtmlVersions',
      'litPropertyMetadata',
      'reactiveElementVersions',
    ];
    const given = { queueMicrotask, URL, Event };
    const page = vm.createContext({ ...given });
    vm.runInContext(script, page);
    const names = Object.keys(page).filter(name => !(name in given) && !shared.includes(name));
    assert.deepEqual(names, []);
  });
});

describe('the files to embed', () => {
  const listed = JSON.parse(textOf('integrity.json')) as Record<
    string,
    { integrity: string; versioned?: string }
  >;

  it('are listed with the hash of their content, entries with an immutable name of the same content', () => {
    for (const [name, { integrity, versioned }] of Object.entries(listed)) {
      assert.equal(integrity, `sha384-${createHash('sha384').update(textOf(name)).digest('base64')}`);
      if (versioned) assert.equal(textOf(versioned), textOf(name));
    }
    assert.deepEqual(
      Object.keys(listed).filter(name => listed[name]?.versioned),
      ['letpay-checkout.js', 'letpay-checkout.one.js', 'letpay-checkout.classic.js'],
    );
    assert.match(listed['letpay-checkout.js']?.versioned ?? '', /^letpay-checkout-[0-9a-f]{12}\.js$/);
  });

  it('have names that the proxy serves', () => {
    const served = loadWidgetFiles(folder);
    for (const [name, { versioned }] of Object.entries(listed)) {
      assert.match(name, /^letpay-[\w.-]+$/);
      assert.equal(served.find(name)?.immutable, versioned === undefined);
      if (versioned) assert.equal(served.find(versioned)?.immutable, true);
    }
    assert.equal(served.entry?.integrity, listed['letpay-checkout.js']?.integrity);
  });

  it('go with the licenses of the packages inside them', () => {
    const licenses = thirdPartyLicenses(bundles.flatMap(({ modules }) => modules));
    for (const name of ['lit-html', '@lit/reactive-element', 'card-validator', 'uqr']) {
      assert.match(licenses, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|BSD-3-Clause)\\)$`, 'm'));
    }
    assert.doesNotMatch(licenses, /\(undefined\)|GPL/);
  });

  it('unpack to themselves', () => {
    for (const { name, plain, gzip, brotli } of embedFiles) {
      assert.ok(gunzipSync(gzip).equals(plain), `${name}.gz`);
      assert.ok(brotliDecompressSync(brotli).equals(plain), `${name}.br`);
    }
  });

  it('are the same bytes when they are built again', async () => {
    const again = (await makeBundles()).map(embedFile);
    assert.deepEqual(
      again.map(({ name, integrity }) => [name, integrity]),
      embedFiles.map(({ name, integrity }) => [name, integrity]),
    );
  });
});

describe('the type declarations', () => {
  it('need no file of ours beside them and no package but lit', async () => {
    const declarations = await makeTypeDeclarations();
    const imported = [...declarations].flatMap(([path, text]) =>
      [...text.matchAll(/from '([^']+)'/g)].map(([, target = '']) =>
        target.startsWith('.') ? join(dirname(path), target).replace(/\.js$/, '.d.ts') : target,
      ),
    );
    assert.deepEqual(
      [...new Set(imported)].filter(target => !declarations.has(target) && target !== 'lit'),
      [],
    );
  });

  it('let a strict program use the tag, its events and the checkout', async () => {
    for (const [path, text] of await makeTypeDeclarations()) write(`types/${path}`, text);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    write(
      'consumer.ts',
      `import type { Checkout, LetpayCheckout } from './types/index.js';
       const tag: LetpayCheckout = document.createElement('letpay-checkout');
       tag.paymentToken = '021b6048-81e2-49ad-b0e4-d9729a0efe17';
       tag.addEventListener('letpay-paid', ({ checkout }) => {
         const { status, instrument }: Checkout = checkout;
         const paid: boolean = status === 'PAID';
         const code: string | null = instrument?.method === 'PIX' ? instrument.qr_code_png : null;
         // @ts-expect-error A status is one of the known words.
         const wrong: boolean = status === 'PAYED';
         return [paid, code, wrong];
       });
       document.addEventListener('letpay-total-change', ({ installments, total }) => installments * total);
       window.addEventListener('letpay-error', ({ code }) => code === 'not_found' || code === 'of_a_newer_proxy');
       document.addEventListener('letpay-paid', ({ restored }) => !restored);
       // @ts-expect-error A doubt is one of the known words.
       document.addEventListener('letpay-warning', ({ code }) => code === 'doubtful');
       // @ts-expect-error The page reads it.
       tag.checkout = null;`,
    );
    const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--types', ''];
    const checked = await run(process.execPath, [tsc(), '--ignoreConfig', ...options, 'consumer.ts'], {
      cwd: folder,
    }).catch((error: { stdout: string }) => error);
    assert.equal(checked.stdout, '');
  });
});

describe('package.json', () => {
  it('exports only what the build makes, and ships it', () => {
    const { exports, files, types } = JSON.parse(read('package.json')) as {
      exports: Record<string, string | Record<string, string>>;
      files: string[];
      types: string;
    };
    const targets = Object.values(exports)
      .flatMap(target => (typeof target === 'string' ? target : Object.values(target)))
      .filter(target => target !== './package.json');
    const built = new Set([...contents.keys(), 'custom-elements.json', 'types/index.d.ts']);
    for (const target of [...targets, types]) {
      assert.ok(
        files.some(shipped => target.startsWith(`./${shipped}/`)),
        `${target} is not shipped`,
      );
      const inWidget = target.replace('./dist/widget/', '');
      if (inWidget !== target) assert.ok(built.has(inWidget), `${target} is not built`);
      else assert.ok(read(target.replace('./dist/', '').replace(/(\.d\.ts|\.js)$/, '.ts')).length > 0);
    }
  });
});
