import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { placesOf, read, root, sources } from './sources.ts';

/** Text of a program without its comments, line by line where it was. Strings that hold `//` keep it after a colon. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ''))
    .replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}

const programs = (...patterns: string[]) =>
  sources(...patterns)
    .filter(({ path }) => !path.startsWith('widget/build/'))
    .map(({ path, text }) => ({ path, text: withoutComments(text) }));

/** Programs that a page or an operator runs. */
const product = programs('{widget,server,demo/shop}/**/*.{ts,js}');
const places = (pattern: RegExp, files: readonly { path: string; text: string }[]) =>
  files.flatMap(file => placesOf(pattern, file));

describe('what shoppers and operators run', () => {
  it('makes no markup of text: no innerHTML, unsafeHTML, outerHTML, insertAdjacentHTML, document.write', () => {
    const unsafe = /\b(?:innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|document\.write)\b/g;
    assert.deepEqual(places(unsafe, product), []);
  });

  // `redis.eval` is another matter: a script for the store, written out in the source.
  it('makes no program of text: no eval, no Function constructor, no timer with a string', () => {
    const unsafe =
      /(?<!\.)\beval\s*\(|\b(?:globalThis|window|self)\.eval\b|\bnew Function\b|\bset(?:Timeout|Interval)\s*\(\s*['"`]/g;
    assert.deepEqual(places(unsafe, product), []);
  });

  it('has no style attribute and no event attribute, which a strict policy forbids', () => {
    assert.deepEqual(places(/\sstyle=["'$]|\son[a-z]+=["']/g, product), []);
  });

  it('reads chance in the widget’s environment only', () => {
    const found = places(/\bMath\.random\b/g, product);
    assert.deepEqual(
      found.filter(place => !place.startsWith('widget/checkout/later-environment.ts:')),
      [],
    );
  });

  it('writes no log line past the log, and to the console only what a developer’s attributes have wrong', () => {
    const others = product.filter(({ path }) => path !== 'widget/developer-mistakes.ts');
    assert.deepEqual(places(/\bconsole\s*\./g, others), []);
  });

  it('calls nothing in the tag that Prototype.js has another of, on the pages of old shops', () => {
    const tag = product.filter(({ path }) => path.startsWith('widget/') && !path.startsWith('widget/build/'));
    assert.deepEqual(places(/\bArray\.from\(|(?<!\bObject)\.entries\(/g, tag), []);
  });

  it('reads process.env in the programs’ first files only', () => {
    const firstFiles = [
      'server/main.ts',
      'server/webhooks-cli.ts',
      'server/store-cli.ts',
      'demo/start.ts',
      'demo/emulator/main.ts',
    ];
    const found = places(/\bprocess\.env\b/g, programs('{widget,server,demo}/**/*.ts'));
    assert.deepEqual(
      found.filter(place => !firstFiles.some(file => place.startsWith(`${file}:`))),
      [],
    );
  });
});

describe('the sources', () => {
  const typescript = programs('{widget,server,demo,test}/**/*.ts');

  it('have no default export outside of configurations', () => {
    const found = programs('**/*.{ts,mjs,js}').filter(
      ({ path, text }) => /^export default\b/m.test(text) && !/\.config\.(?:ts|mjs)$/.test(path),
    );
    assert.deepEqual(
      found.map(({ path }) => path),
      [],
    );
  });

  it('have no file that is named for nothing', () => {
    const vague = /^(?:utils?|helpers?|types?|common|shared|misc|lib|index)\.(?:ts|js)$/;
    assert.deepEqual(
      typescript
        .map(({ path }) => path)
        .filter(path => vague.test(basename(path)) && path !== 'widget/index.ts'),
      [],
    );
  });

  it('are typed without any', () => {
    const escapes = /:\s*any\b|\bas any\b|<any>/g;
    assert.deepEqual(places(escapes, programs('{widget,server,demo}/**/*.ts')), []);
  });

  it('switch off neither the linter nor the type checker', () => {
    const directive = /biome-ignore|@ts-(?:ignore|nocheck)/g;
    const others = sources('**/*.{ts,mjs,js,css}').filter(
      ({ path }) => path !== 'test/repository/hygiene.test.ts',
    );
    assert.deepEqual(places(directive, others), []);
  });

  it('have no enum, namespace or parameter property: types only', () => {
    assert.deepEqual(places(/^\s*(?:export )?(?:const )?(?:enum|namespace) \w+/gm, typescript), []);
  });
});

describe('the tests', () => {
  const tests = programs('test/**/*.test.ts', 'test/**/*.test.js').filter(
    ({ path }) => path !== 'test/repository/hygiene.test.ts',
  );

  it('all run: none is skipped, left to do, or alone', () => {
    assert.deepEqual(
      places(
        /\b(?:it|test|describe|suite)\.(?:only|skip|todo)\b|\b(?:xit|xdescribe|fit|fdescribe)\(/g,
        tests,
      ),
      [],
    );
    assert.deepEqual(places(/\{\s*(?:only|skip|todo):/g, tests), []);
  });

  it('do not wait for a time to pass', () => {
    const sleep = /await\s+(?:new Promise\(\s*\w+\s*=>\s*setTimeout|wait|sleep|delay|aTimeout|setTimeout)\(/g;
    assert.deepEqual(places(sleep, tests), []);
  });

  it('say what holds, in the present', () => {
    assert.deepEqual(places(/\b(?:it|test)\(\s*['"`]should\b/g, tests), []);
  });
});

describe('what is committed', () => {
  const committed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(
      path => path !== '' && !/\.(?:png|jpg|webp|woff2?|ico)$/.test(path) && existsSync(join(root, path)),
    )
    .map(path => ({ path, text: read(path) }));

  it('names no folder of one machine', () => {
    const folders = /(?:^|[\s"'`(=:])\/(?:work|root|home|Users)\/\w+/g;
    assert.deepEqual(
      places(
        folders,
        committed.filter(({ path }) => path !== 'package-lock.json'),
      ),
      [],
    );
  });

  it('names no registry, proxy or mirror of one developer', () => {
    const hosts =
      /\bregistry\.[\w-]+\.\w+|https?:\/\/[\w.-]*(?:registry|artifactory|nexus|verdaccio|mirror)[\w.-]*/g;
    assert.deepEqual(places(hosts, committed), []);
  });

  it('locks packages by hash without the address they came from', () => {
    const lock = read('package-lock.json');
    assert.doesNotMatch(lock, /"resolved"/);
    assert.match(lock, /"integrity": "sha512-/);
  });

  it('holds no key that works: nothing that looks like a secret of a cloud or a private key', () => {
    const secrets = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b/g;
    assert.deepEqual(places(secrets, committed), []);
  });
});
