import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import jsqr from 'jsqr';
import { dialects, eras } from '../../demo/emulator/letpay/dialect.ts';
import { pixCode } from '../../demo/emulator/letpay/pix.ts';
import { readPng } from './read-png.ts';
import { runEmulator } from './running-emulator.ts';

/** Reads EMV TLV by the BR Code manual; proved below on codes that were published. */
function readCode(code: string): Map<string, string> {
  assert.equal(code.slice(-4), crc(code.slice(0, -4)));
  return readFields(code);
}

function readFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const length = Number(text.slice(at + 2, at + 4));
    const value = text.slice(at + 4, at + 4 + length);
    assert.equal(value.length, length);
    fields.set(text.slice(at, at + 2), value);
    at += 4 + length;
  }
  return fields;
}

/** CRC-16/CCITT-FALSE by long division over the bits of the message. */
function crc(text: string): string {
  let register = 0xffff;
  for (const bit of [...text].flatMap(character => [
    ...character.charCodeAt(0).toString(2).padStart(8, '0'),
  ])) {
    const overflow = (register >> 15) ^ Number(bit);
    register = (register << 1) & 0xffff;
    if (overflow) register ^= 0x1021;
  }
  return register.toString(16).toUpperCase().padStart(4, '0');
}

test('the reader of these tests agrees with the published check value', () => {
  assert.equal(crc('123456789'), '29B1');
});

test('every Pix code has a right CRC, its amount and fields within their lengths, in both dialects', () => {
  const txids = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJ0123456789'), minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(
      fc.constantFrom(...eras),
      fc.integer({ min: 1, max: 99_999_999_99 }),
      fc.uuid(),
      txids,
      (era, amount, key, txid) => {
        const fields = readCode(pixCode(dialects[era].pixAccount, amount, key, txid));
        assert.equal(fields.get('54'), (amount / 100).toFixed(2));
        assert.equal(fields.get('00'), '01');
        assert.equal([...fields.keys()].at(-1), '63');
        assert.equal(readFields(fields.get('26')!).get('01'), key);
        assert.ok(fields.get('59')!.length <= 25 && fields.get('60')!.length <= 15);
        assert.deepEqual([fields.get('53'), fields.get('58')], ['986', 'BR']);
      },
    ),
  );
});

test('names the account as the Banco Central does, or as the classic samples do', async t => {
  const emulator = await runEmulator(t);
  const codeIn = async (era: 'classic' | 'current') => {
    await emulator.dialect(era);
    return readCode((await emulator.send(await emulator.createOrder(), { method: 'PIX' })).body.pix_code);
  };
  const current = await codeIn('current');
  assert.equal(readFields(current.get('26')!).get('00'), 'br.gov.bcb.pix');
  assert.match(readFields(current.get('62')!).get('05')!, /^[0-9A-Z]{25}$/);
  const classic = await codeIn('classic');
  assert.equal(readFields(classic.get('26')!).get('00'), 'BR.COM.PAGSEGURO');
  assert.equal(classic.get('59'), 'ELPL Tecnologia em Pagame');
  assert.equal(classic.has('62'), false);
});

test('gives each payment a transaction id of its own', async t => {
  const emulator = await runEmulator(t);
  const txid = async () => {
    const { body } = await emulator.send(await emulator.createOrder(), { method: 'PIX' });
    return readFields(readCode(body.pix_code).get('62')!).get('05');
  };
  assert.notEqual(await txid(), await txid());
});

test('draws a QR code that reads back as the code', async t => {
  const emulator = await runEmulator(t);
  const { body } = await emulator.send(await emulator.createOrder(), { method: 'PIX' });
  const image = readPng(gunzipSync(Buffer.from(body.pix_qr_code, 'base64')));
  const pixels = new Uint8ClampedArray(image.rows.flat().flatMap(grey => [grey, grey, grey, 255]));
  assert.equal(jsqr.default(pixels, image.width, image.height)?.data, body.pix_code);
});
