import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { type RecordCodec, recordCodec } from '../../../server/store/sealed-record.ts';
import { filed, record } from './store-suite.ts';

/** A codec as a store in memory opens it; `header` is the one that the store holds. */
function unlocked(key: string | null, header: string | null = null): RecordCodec {
  const codec = recordCodec(key);
  codec.sealing.unlock(header, null, 'memory');
  return codec;
}

const made = record();
const header = recordCodec('the-right-key').sealing.unlock(null, null, 'memory');
const sealed = unlocked('the-right-key', header);

test('what was sealed is opened with its key', () => {
  assert.deepEqual(sealed.decode(sealed.encode(made)), made);
});

test('the same record is never sealed the same way twice', () => {
  assert.notEqual(sealed.encode(made), sealed.encode(made));
});

test('no word of the payer can be read without the key', () => {
  for (const word of Object.values(made.order ?? {}).filter(
    value => typeof value === 'string' && value.length > 5,
  )) {
    assert.ok(!sealed.encode(made).includes(String(word)), String(word));
  }
});

test('another key, or none, opens nothing', () => {
  const text = sealed.encode(made);
  assert.throws(() => unlocked('another-key').decode(text));
  assert.throws(() => recordCodec(null).decode(text));
});

test('a sealed order cannot be put into another checkout', () => {
  const stolen = JSON.parse(sealed.encode(made));
  const other = JSON.parse(sealed.encode(record()));
  const forged = { ...stolen, token: other.token };
  assert.throws(() => sealed.decode(JSON.stringify(forged)));
});

test('a sealed order that was changed is not opened', () => {
  const fields: Record<string, unknown> = JSON.parse(sealed.encode(made));
  const name =
    Object.keys(fields).find(key => typeof fields[key] === 'string' && String(fields[key]).length > 200) ??
    '';
  const bytes = Buffer.from(String(fields[name]), 'base64');
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  assert.throws(() => sealed.decode(JSON.stringify({ ...fields, [name]: bytes.toString('base64') })));
});

test('what was stored before there was a key is still read', () => {
  assert.deepEqual(sealed.decode(recordCodec(null).encode(made)), made);
});

test('a sealed card tells nothing, and opens for its own person only', () => {
  const codec = unlocked('a-key-of-the-tests');
  const card = filed(1);
  const text = codec.encodeCard('PER-1', card);
  assert.doesNotMatch(text, /2097|visa|2030/);
  assert.deepEqual(codec.decodeCard('PER-1', text), card);
  assert.throws(() => codec.decodeCard('PER-2', text));
  assert.throws(() => unlocked('another-key').decodeCard('PER-1', text));
});
