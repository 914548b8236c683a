/** Which key opens what, and what a store says to a key that is not its own. */
import { strict as assert } from 'node:assert';
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSealing, parseStoreKeys, type Sealing } from '../../../server/store/sealing.ts';
import { StoreUnusable } from '../../../server/store/store.ts';

interface Opened {
  readonly sealing: Sealing;
  readonly header: string | null;
}

function open(key: string | null, header: string | null = null): Opened {
  const sealing = createSealing(key);
  return { sealing, header: sealing.unlock(header, null, 'memory') };
}

/** As version 0.1.0 sealed. */
function sealedBefore(key: string, text: string, boundTo: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(key).digest(), nonce);
  cipher.setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

const refused = (key: string | null, header: string | null) =>
  assert.throws(() => open(key, header), StoreUnusable, String(key));

test('a store takes the key that it was sealed with, and no other and none', () => {
  const { header } = open('one');
  assert.equal(open('one', header).header, header);
  for (const key of [null, 'two', 'One', 'two three']) refused(key, header);
});

test('a store without a key takes none or any, and from then on that one', () => {
  assert.equal(open(null).header, null);
  const { header } = open('one', null);
  refused(null, header);
});

test('no word of the refusal repeats a key', () => {
  const { header } = open('one');
  assert.throws(
    () => open('hidden-key other-hidden', header),
    error => error instanceof Error && !error.message.includes('hidden'),
  );
});

test('“new old” seals with the new key and opens with both; afterwards neither alone is enough', () => {
  const old = open('old');
  const before = old.sealing.seal('text', 'b');
  const both = open('new old', old.header);
  assert.equal(both.sealing.open({ sealed: before, boundTo: 'b' }), 'text');
  const after = both.sealing.seal('text', 'b');
  assert.ok(both.sealing.isCurrent({ sealed: after, boundTo: 'b' }));
  assert.ok(!both.sealing.isCurrent({ sealed: before, boundTo: 'b' }));
  refused('new', both.header);
  refused('old', both.header);
  assert.equal(open('new old', both.header).header, both.header);
  const { sealing } = open('old new', both.header);
  assert.equal(sealing.open({ sealed: after, boundTo: 'b' }), 'text');
});

test('once everything is sealed again, the new key is enough and the old one is refused', () => {
  const both = open('new old', open('old').header);
  const header = both.sealing.headerOfFirstKey(both.header ?? '');
  assert.equal(open('new', header).header, header);
  refused('old', header);
});

test('the header names the key that the proxy started with last', () => {
  const both = open('new old', open('old').header);
  assert.ok(both.sealing.isFirstKeyOf(both.header ?? ''));
  assert.ok(!open('old new', both.header).sealing.isFirstKeyOf(both.header ?? ''));
  const back = open('old new', both.header);
  assert.ok(back.sealing.isFirstKeyOf(back.header ?? ''));
});

test('what version 0.1.0 sealed is opened with its key, and such a store refuses another', () => {
  const sample = { sealed: sealedBefore('one', 'text', 'b'), boundTo: 'b' };
  const right = createSealing('one');
  right.unlock(null, sample, 'memory');
  assert.equal(right.open(sample), 'text');
  assert.ok(!right.isCurrent(sample));
  for (const key of [null, 'two'])
    assert.throws(() => createSealing(key).unlock(null, sample, 'memory'), StoreUnusable);
  const rotating = createSealing('new one');
  const header = rotating.unlock(null, sample, 'memory');
  assert.equal(rotating.open(sample), 'text');
  refused('new', header);
});

test('any text comes back, bound to what it was bound to, and never twice in the same form', () => {
  const { sealing } = open('one');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, boundTo) => {
      const sealed = sealing.seal(text, boundTo);
      assert.equal(sealing.open({ sealed, boundTo }), text);
      assert.throws(() => sealing.open({ sealed, boundTo: `${boundTo}x` }));
      assert.notEqual(sealing.seal(text, boundTo), sealed);
    }),
  );
});

test('STORE_KEY holds one key or two', () => {
  assert.deepEqual(parseStoreKeys('one'), ['one']);
  assert.deepEqual(parseStoreKeys(' new  old '), ['new', 'old']);
  for (const text of ['', '  ', 'one two three']) assert.equal(parseStoreKeys(text), null);
});

test('on disk a key costs a guess what scrypt asks for', () => {
  const header: unknown = JSON.parse(createSealing('one').unlock(null, null, 'disk') ?? '');
  assert.partialDeepStrictEqual(header, { kdf: 'scrypt', N: 32_768, r: 8, p: 3 });
});
