/** The tag uses nothing that the oldest supported browsers lack, but where it looks first or can do without. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { styleSheets } from '../../widget/build/style-sources.ts';
import { floor, newerInScript, newerInStyles, newerWithVariable } from './floor.ts';
import { read, sources } from './sources.ts';

/** Names of our own that some newer interface of the platform happens to have too. */
const ours =
  '.actions .changed .country .forget .format .isValid .locale .methodName .path .phrase .requestId .retry .to .token'.split(
    ' ',
  );

/** Each file with the newer APIs that it asks for before it calls them; `newer-apis.ts` has those with a stand-in. */
const guarded: Readonly<Record<string, readonly string[]>> = {
  // Another tab that does not share is asked like one that is not there; `share` is a method of ours here.
  'widget/api/watch.ts': ['.share'],
  // `attachInternals?.()`: without internals there are no custom states.
  'widget/letpay-checkout.ts': ['.attachInternals'],
  // Only the Tab key could reach a link of the bank’s page, and its frame is sandboxed.
  'widget/methods/boleto/bank-page.ts': ['.createHTML', '.inert'],
  // The button is shown only where there is a wake lock.
  'widget/methods/paycash/keep-awake.ts': ['.released', '.wakeLock'],
  // The button is shown only where there is a share sheet.
  'widget/methods/pix/pix-instrument.ts': ['.share'],
  'widget/newer-apis.ts': ['.adoptedStyleSheets', '.replaceSync', '.states'],
  'widget/trusted-html.ts': ['.createPolicy'],
};

/** What the sheets have, and what an older browser shows instead. */
const withoutIt: Readonly<Record<string, string>> = {
  '5cqi': 'letters as large as the box’s own, in its inputs too',
  ':autofill': 'a browser’s own yellow behind filled fields',
  ':has': 'a label that stays black beside a wrong field, and a brand over the end of a long number',
  ':marker': 'a summary with its triangle',
  '@container': 'one column at every width',
  'accent-color': 'radios in the browser’s own colour',
  'contain-intrinsic-inline-size': 'nothing: it serves containers alone',
  'align-self: end': 'labels of unlike height above two fields',
  'cursor: default': 'nothing: a phone has no pointer',
  'cursor: pointer': 'nothing: a phone has no pointer',
  'cursor: progress': 'nothing: a phone has no pointer',
  'container-type': 'one column at every width',
  'forced-color-adjust': 'codes in the colours that the shopper has forced',
  outline: 'a ring of focus with square corners',
  'overflow: clip': 'square corners of what fills a rounded box',
  'round()': 'bars as wide as their tile',
  'grid-template-rows: subgrid': 'labels of unlike height above two fields',
  'user-select': 'a code that is marked by hand, not by one press',
};

const widget = sources('widget/**/*.ts').filter(({ path }) => !path.startsWith('widget/build/'));

test('no file of the tag uses an API that is newer than the floor, but those that are guarded', () => {
  const found = widget.flatMap(({ path, text }) => {
    const names = newerInScript(text).filter(name => !ours.includes(name));
    return names.length > 0 ? [[path, names] as const] : [];
  });
  assert.deepEqual(Object.fromEntries(found), guarded);
});

test('no style sheet has a feature that is newer than the floor, but those that can be missed', async () => {
  assert.deepEqual(newerInStyles(await styleSheets()), Object.keys(withoutIt).sort());
});

test('a newer value with a variable in it stands in @supports', async () => {
  assert.deepEqual(newerWithVariable(await styleSheets()), []);
});

test('a newer API would be seen, whichever way it is written', () => {
  const code = `
    // list.toSorted() in a comment is none.
    signal?.throwIfAborted(); if (Object.hasOwn(a, 'b')) structuredClone(list.findLast(x => x));
    const { promise } = Promise.withResolvers(); AbortSignal.timeout(1);`;
  assert.deepEqual(newerInScript(code), [
    '.findLast',
    '.hasOwn',
    '.throwIfAborted',
    '.withResolvers',
    'AbortSignal.timeout',
    'Object.hasOwn',
    'Promise.withResolvers',
    'structuredClone',
  ]);
  const sheet =
    '@layer a { .b:has(c) { field-sizing: content; height: 10dvh; color: color-mix(in srgb, red, blue); display: ruby } }';
  assert.deepEqual(newerInStyles(sheet), [
    '10dvh',
    ':has',
    '@layer',
    'color-mix()',
    'display: ruby',
    'field-sizing',
  ]);
  const asked = '@supports (width: round(1px, 1px)) { @media print { a { width: round(var(--a), 2px) } } }';
  assert.deepEqual(
    newerWithVariable(`${asked} b { width: max(var(--a), round(3px, 2px)); height: round(3px, 2px) }`),
    ['width: max(var(--a), round(3px, 2px))'],
  );
});

test('README states the floor that is held here', () => {
  const { chrome, safari_ios, firefox } = floor;
  assert.match(
    read('README.md'),
    new RegExp(`Chromium ${chrome}, Safari and iOS ${safari_ios}, Firefox ${firefox}`),
  );
});
