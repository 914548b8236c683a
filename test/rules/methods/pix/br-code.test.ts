import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readBrCode } from '../../../../widget/methods/pix/br-code.ts';

/** Banco Central, “Manual de Padrões para Iniciação do Pix”: static and dynamic example. */
const staticCode =
  '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D';
const dynamicCode =
  '00020101021226700014br.gov.bcb.pix2548pix.example.com/8b3da2f39a4140d1a91abd93113bd4415204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***630464E4';
/** Banco Central, “Manual do BR Code”: two account templates, an amount, a postcode and a reference. */
const fullCode =
  '00020104141234567890123426580014BR.GOV.BCB.PIX0136123e4567-e12b-12d1-a456-42665544000027300012BR.COM.OUTRO011001234567895204000053039865406123.455802BR5917NOME DO RECEBEDOR6008BRASILIA61087007490062190515RP12345678-201980390012BR.COM.OUTRO01190123.ABCD.3456.WXYZ6304AD38';

const field = (id: string, value: string) => id + String(value.length).padStart(2, '0') + value;

/** CRC-16/CCITT-FALSE bit by bit over a string of bits, as the standard words it. */
function crc(text: string): string {
  let register = 0xffff;
  for (const byte of Buffer.from(text)) {
    for (let bit = 7; bit >= 0; bit--) {
      const feedback = ((register >> 15) & 1) ^ ((byte >> bit) & 1);
      register = ((register << 1) & 0xffff) ^ (feedback ? 0x1021 : 0);
    }
  }
  return register.toString(16).toUpperCase().padStart(4, '0');
}

function signed(...fields: string[]): string {
  const body = `${fields.join('')}6304`;
  return body + crc(body);
}

test('the CRC of this test is the standard’s', () => assert.equal(crc('123456789'), '29B1'));

test('reads the central bank’s static example', () => {
  assert.deepEqual(readBrCode(staticCode), {
    ok: true,
    amount: null,
    currency: '986',
    receiver: 'Fulano de Tal',
  });
});

test('reads the central bank’s dynamic example, whose amount the PSP knows', () => {
  const reading = readBrCode(dynamicCode);
  assert.ok(reading.ok && reading.amount === null);
});

test('reads amount and receiver in the manual’s full example', () => {
  const reading = readBrCode(` ${fullCode}\n`);
  assert.ok(reading.ok);
  assert.equal(reading.amount, 12345);
  assert.equal(reading.receiver, 'NOME DO RECEBEDOR');
});

test('reads a code of the shape of LetPay’s samples: another account domain and no field 62', () => {
  const account = field('00', 'BR.COM.PAGSEGURO') + field('01', '48213C48-CCC6-4FAA-95F4-52E355A79694');
  const code = signed(
    field('00', '01'),
    field('01', '12'),
    field('26', account),
    field('52', '8999'),
    field('53', '986'),
    field('54', '123.45'),
    field('58', 'BR'),
    field('59', 'ELPL Tecnologia em Pagame'),
    field('60', 'Sao Paulo'),
  );
  const reading = readBrCode(code);
  assert.ok(reading.ok);
  assert.equal(reading.amount, 12345);
  assert.equal(reading.receiver, 'ELPL Tecnologia em Pagame');
});

test('counts accents in characters and checks them as UTF-8', () => {
  const reading = readBrCode(
    signed(field('00', '01'), field('59', 'Padaria São João'), field('60', 'São Paulo')),
  );
  assert.ok(reading.ok && reading.receiver === 'Padaria São João');
});

test('takes an amount of nothing as no amount', () => {
  const reading = readBrCode(signed(field('00', '01'), field('54', '0.00')));
  assert.ok(reading.ok && reading.amount === null);
});

test('tells a broken checksum from a broken code', () => {
  assert.deepEqual(readBrCode(staticCode.replace('Fulano', 'Sicran')), { ok: false, code: 'checksum' });
  for (const code of [
    '',
    'hello',
    '0002',
    staticCode.slice(0, -1),
    staticCode.slice(6),
    signed(field('54', '1,00')),
  ]) {
    assert.deepEqual(readBrCode(code), { ok: false, code: 'malformed' }, code);
  }
});

test('reads the currency, and knows a code that names none', () => {
  const dollars = readBrCode(signed('000201', field('53', '840'), field('54', '1.00')));
  assert.ok(dollars.ok && dollars.currency === '840');
  const none = readBrCode(signed('000201', field('54', '1.00')));
  assert.ok(none.ok && none.currency === null);
});

test('refuses a code that says a thing twice: two readers may take it two ways', () => {
  const twoAmounts = signed('000201', field('54', '1.00'), field('59', 'LOJA'), field('54', '900.00'));
  assert.deepEqual(readBrCode(twoAmounts), { ok: false, code: 'malformed' });
});

test('takes no end of another field for the checksum, and no format but in the first place', () => {
  const inAnother = `000201${field('62', 'x'.repeat(8)).slice(0, -8)}6304`;
  assert.deepEqual(readBrCode(inAnother + crc(inAnother)), { ok: false, code: 'malformed' });
  assert.deepEqual(readBrCode(signed(field('59', 'LOJA'), '000201')), { ok: false, code: 'malformed' });
  assert.deepEqual(readBrCode(signed('000201', field('63', 'ABCD'))), { ok: false, code: 'malformed' });
});

test('a lower-case checksum counts', () => {
  assert.equal(readBrCode(fullCode.replace('AD38', 'ad38')).ok, true);
});

test('gives back the amount to the cent, whatever its size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999_99 }), centavos => {
      const text = `${Math.floor(centavos / 100)}.${String(centavos % 100).padStart(2, '0')}`;
      const reading = readBrCode(signed(field('00', '01'), field('54', text)));
      assert.ok(reading.ok && reading.amount === centavos);
    }),
  );
});

test('no changed character passes', () => {
  fc.assert(
    fc.property(fc.nat({ max: fullCode.length - 1 }), fc.stringMatching(/^[ -~]$/), (at, character) => {
      fc.pre(fullCode[at]?.toUpperCase() !== character.toUpperCase());
      assert.equal(readBrCode(fullCode.slice(0, at) + character + fullCode.slice(at + 1)).ok, false);
    }),
  );
});

test('a checksum over UTF-8 or over the bytes of ISO 8859-1 is right, and no other', () => {
  const saoPaulo =
    '00020126400014br.gov.bcb.pix0118pagar@loja.example520400005303986540510.005802BR5908LOJA TAL6009São Paulo62070503***6304';
  const padaria =
    '00020126400014br.gov.bcb.pix0118pagar@loja.example5204000053039865802BR5911PADARIA PÃO6009SAO PAULO62070503***6304';
  for (const [code, amount] of [
    [`${saoPaulo}5865`, 1000],
    [`${saoPaulo}AB37`, 1000],
    [`${padaria}1AAD`, null],
  ] as const) {
    const reading = readBrCode(code);
    assert.ok(reading.ok, code);
    assert.equal(reading.amount, amount);
  }
  assert.deepEqual(readBrCode(`${saoPaulo}0000`), { ok: false, code: 'checksum' });
});

test('a name’s length may count characters, UTF-16 units or bytes', () => {
  const name = 'Pão & Café 🍞';
  for (const length of [[...name].length, name.length, Buffer.byteLength(name)]) {
    const code = signed(
      field('00', '01'),
      field('26', field('00', 'br.gov.bcb.pix') + field('01', 'pagar@loja.example')),
      field('53', '986'),
      field('58', 'BR'),
      `59${length}${name}`,
      field('60', 'BRASILIA'),
    );
    const reading = readBrCode(code);
    assert.ok(reading.ok, String(length));
    assert.equal(reading.receiver, name);
  }
});

test('one changed character is found in codes of either sum', () => {
  const latin1 =
    '00020126400014br.gov.bcb.pix0118pagar@loja.example520400005303986540510.005802BR5908LOJA TAL6009São Paulo62070503***63045865';
  for (const code of [latin1, staticCode]) {
    for (let at = 0; at < code.length - 4; at++) {
      for (const other of '0123456789ABCxyzã') {
        if (code[at] === other) continue;
        assert.equal(readBrCode(code.slice(0, at) + other + code.slice(at + 1)).ok, false, `${at} ${other}`);
      }
    }
  }
});
