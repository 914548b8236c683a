import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { inflateHtml, inflatePng } from '../../../../server/gateways/letpay/inflate.ts';

const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(500, 7),
]);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

const packings = {
  zlib: deflateSync(png, { level: 9 }),
  'fast zlib': deflateSync(png, { level: 1 }),
  gzip: gzipSync(png),
  'raw deflate': deflateRawSync(png),
  nothing: png,
};

for (const [name, packed] of Object.entries(packings)) {
  test(`a PNG packed with ${name} comes out plain`, () => {
    assert.equal(inflatePng(base64(packed)), base64(png));
  });
}

test('the first bytes are those that the documents print', () => {
  // Classic sample `eNrt…` is zlib at its best; newer samples `H4sI…` are gzip (facts section 4.9).
  assert.ok(base64(deflateSync(png, { level: 9 })).startsWith('eN'));
  assert.ok(base64(gzipSync(png)).startsWith('H4sI'));
});

test('what unfolds to more than the cap is nothing', () => {
  const bomb = Buffer.alloc(2 * 1024 * 1024, 0x20);
  for (const pack of [gzipSync, deflateSync, deflateRawSync])
    assert.equal(inflateHtml(base64(pack(bomb))), null);
  const fits = Buffer.alloc(1024 * 1024, 0x20);
  assert.equal(inflateHtml(base64(gzipSync(fits)))?.length, fits.length);
});

test('HTML keeps its accents', () => {
  const html = '<!doctype html><p>NÃO RECEBER APÓS VENCIMENTO</p>';
  assert.equal(inflateHtml(base64(deflateSync(html))), html);
  assert.equal(inflateHtml(base64(Buffer.from(html))), html);
});

test('what is no PNG is no image', () => {
  assert.equal(inflatePng(base64(gzipSync('<svg onload="alert(1)">'))), null);
  assert.equal(inflatePng('BASE64_ZIPPED_PNG'), null);
});

test('a broken or shortened file is nothing', () => {
  const whole = gzipSync(png);
  assert.equal(inflatePng(base64(whole.subarray(0, whole.length / 2))), null);
  // The classic document’s own sample is cut short.
  assert.equal(
    inflateHtml('eNrtXdl2L3bkO8gOfbhcewDOS53k29f7EPbanYPttW8+OLl20ffGTv42ydif7f4McsC/8v/A18OExw='),
    null,
  );
});

test('anything else is nothing, and nothing throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.jsonValue()), value => {
      assert.equal(inflatePng(value), null);
      const html = inflateHtml(value);
      assert.ok(html === null || typeof html === 'string');
    }),
  );
});
