import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bankName } from '../../../../widget/methods/boleto/banks.ts';
import {
  boletoLineDigits,
  formatBoletoLine,
  readBoletoLine,
} from '../../../../widget/methods/boleto/boleto-line.ts';

/** psp-api-facts 9.1 and 9.2: every check digit of these is known to be right. */
const bancoDoBrasil = '00190.00009 01014.051005 00000.787176 7 72370000001000';
const santander = '03399853012970000024227020901016278150000015630';
const bradesco = '23793.38128 60007.827136 95000.063305 9 75520000370000';
const modulo10Slip = '836200000005 667800481000 180975657313 001589636081';
const modulo11Slip = '85890000460-9 52460179160-5 60759305086-5 83148300001-0';

const in2018 = new Date('2018-06-01T00:00:00Z');
const in2026 = new Date('2026-11-20T00:00:00Z');

test('reads a bank line with its bank, amount and date', () => {
  assert.deepEqual(readBoletoLine(bancoDoBrasil, in2018), {
    ok: true,
    barcode: '00197723700000010000000001014051000000078717',
    bank: '001',
    amount: 1000,
    dueDate: '2017-07-31',
  });
});

test('reads bare digits', () => {
  const reading = readBoletoLine(santander, in2018);
  assert.ok(reading.ok);
  assert.equal(reading.bank, '033');
  assert.equal(reading.amount, 15630);
  assert.equal(reading.dueDate, '2019-03-01');
});

test('reads a third bank’s line', () => {
  const reading = readBoletoLine(bradesco, in2018);
  assert.ok(reading.ok);
  assert.equal(reading.amount, 370000);
});

/** Modulo 10 as the FEBRABAN layout words it, written another way than the product’s. */
function mod10(text: string): string {
  const sum = [...text]
    .reverse()
    .map((digit, i) => Number(digit) * (i % 2 === 0 ? 2 : 1))
    .reduce((total, product) => total + Math.floor(product / 10) + (product % 10), 0);
  return String((10 - (sum % 10)) % 10);
}

/** A line with right check digits around a factor and an amount, made the other way round. */
function lineOf(factor: string, amount: string): string {
  const free = '0000001014051000000078717';
  const digits = `0019${factor}${amount}${free}`;
  const sum = [...digits].reverse().reduce((total, digit, i) => total + Number(digit) * ((i % 8) + 2), 0);
  const rest = 11 - (sum % 11);
  const general = rest > 9 ? '1' : String(rest);
  const fields = [`0019${free.slice(0, 5)}`, free.slice(5, 15), free.slice(15)];
  return fields.map(text => text + mod10(text)).join('') + general + factor + amount;
}

for (const [factor, near, date] of [
  ['1000', '2000-06-01', '2000-07-03'],
  ['9999', '2025-02-01', '2025-02-21'],
  ['1000', '2025-02-22', '2025-02-22'],
  ['1001', '2025-02-01', '2025-02-23'],
  ['1637', '2026-11-20', '2026-11-21'],
  ['9999', '2049-10-01', '2049-10-13'],
] as const) {
  test(`takes factor ${factor} near ${near} for ${date} (laravel-boleto #688)`, () => {
    const reading = readBoletoLine(lineOf(factor, '0000012345'), new Date(`${near}T00:00:00Z`));
    assert.ok(reading.ok);
    assert.equal(reading.dueDate, date);
  });
}

test('knows lines without a date and without an amount', () => {
  const reading = readBoletoLine(lineOf('0000', '0000000000'), in2026);
  assert.ok(reading.ok);
  assert.equal(reading.dueDate, null);
  assert.equal(reading.amount, null);
});

test('reads collection slips by either modulo', () => {
  const ten = readBoletoLine(modulo10Slip, in2026);
  assert.ok(ten.ok);
  assert.equal(ten.barcode, '83620000000667800481001809756573100158963608');
  assert.equal(ten.amount, 6678);
  assert.equal(ten.bank, null);
  assert.equal(ten.dueDate, null);
  const eleven = readBoletoLine(modulo11Slip, in2026);
  assert.ok(eleven.ok);
  assert.equal(eleven.amount, 4605246);
});

test('takes the figure of a slip that counts no reais for no amount', () => {
  const body = '837000000066780048100180975657313001589636081'.slice(0, 44);
  const code = body.slice(0, 3) + mod10(body.slice(0, 3) + body.slice(4)) + body.slice(4);
  const line = code.replace(/\d{11}/g, block => block + mod10(block));
  const reading = readBoletoLine(line, in2026);
  assert.ok(reading.ok);
  assert.equal(reading.barcode, code);
  assert.equal(reading.amount, null);
});

test('says which kind of digit is wrong', () => {
  assert.deepEqual(readBoletoLine('1', in2026), { ok: false, code: 'length' });
  assert.deepEqual(readBoletoLine(`7${modulo10Slip.slice(1)}`, in2026), { ok: false, code: 'length' });
  assert.deepEqual(readBoletoLine(bancoDoBrasil.replace('00190', '00191'), in2026), {
    ok: false,
    code: 'field_digit',
  });
  assert.deepEqual(
    readBoletoLine(bancoDoBrasil.replace('1000', '1100').replace(/1000$/, '2000'), in2026).ok,
    false,
  );
  assert.deepEqual(readBoletoLine(bancoDoBrasil.replace(/1000$/, '2000'), in2026), {
    ok: false,
    code: 'general_digit',
  });
  assert.deepEqual(readBoletoLine(modulo10Slip.replace('836200000005', '836200000006'), in2026), {
    ok: false,
    code: 'field_digit',
  });
});

test('groups a line as banks print it and leaves other text alone', () => {
  assert.equal(formatBoletoLine(bancoDoBrasil.replace(/\D/g, '')), bancoDoBrasil);
  assert.equal(formatBoletoLine(modulo11Slip.replace(/\D/g, '')), modulo11Slip);
  assert.equal(formatBoletoLine('123'), '123');
});

test('any single wrong digit of a bank line is found', () => {
  fc.assert(
    fc.property(fc.nat({ max: 46 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const wrong = santander.slice(0, at) + ((Number(santander[at]) + by) % 10) + santander.slice(at + 1);
      assert.equal(readBoletoLine(wrong, in2018).ok, false);
    }),
  );
});

test('gives back any amount and any due day within half a cycle', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9_999_999_999 }),
      fc.integer({ min: -4000, max: 4000 }),
      (amount, days) => {
        const due = new Date(in2026.getTime() + days * 86_400_000).toISOString().slice(0, 10);
        const sinceEpoch = Math.round((Date.parse(due) - Date.UTC(1997, 9, 7)) / 86_400_000);
        const factor = sinceEpoch > 9999 ? sinceEpoch - 9000 : sinceEpoch;
        const reading = readBoletoLine(lineOf(String(factor), String(amount).padStart(10, '0')), in2026);
        assert.ok(reading.ok);
        assert.equal(reading.amount, amount);
        assert.equal(reading.dueDate, due);
      },
    ),
  );
});

test('names the large banks and no bank that it does not know', () => {
  assert.equal(bankName('001'), 'Banco do Brasil');
  assert.equal(bankName('341'), 'Itaú');
  assert.equal(bankName('461'), 'Asaas');
  assert.equal(bankName('999'), null);
  assert.equal(bankName('constructor'), null);
});

test('the 44 digits of the bars are the same boleto as its line', () => {
  // From a published vector: bars and line of one boleto.
  const bars = '34191745400000087001090000360186077219852000';
  const line = '34191.09008 00360.186076 72198.520008 1 74540000008700';
  assert.equal(formatBoletoLine(boletoLineDigits(bars)), line);
  assert.deepEqual(readBoletoLine(bars, in2018), readBoletoLine(line, in2018));
  assert.ok(readBoletoLine(bars, in2018).ok);
});

test('every line, of a bank or a collection slip, comes back from its bars', () => {
  for (const line of [bancoDoBrasil, santander, bradesco, modulo10Slip, modulo11Slip]) {
    const reading = readBoletoLine(line, in2018);
    assert.ok(reading.ok);
    assert.equal(boletoLineDigits(reading.barcode), line.replace(/\D/g, ''));
  }
});

test('bars with one wrong digit are no boleto', () => {
  // Its general digit is 9. Modulo 11 says 1 for three remainders, so that a code with a 1 there has a blind spot.
  const reading = readBoletoLine(bradesco, in2018);
  const bars = reading.ok ? reading.barcode : '';
  assert.equal(bars[4], '9');
  for (let at = 0; at < bars.length; at++) {
    for (let shift = 1; shift < 10; shift++) {
      const wrong = String((Number(bars[at]) + shift) % 10);
      assert.equal(readBoletoLine(bars.slice(0, at) + wrong + bars.slice(at + 1), in2018).ok, false);
    }
  }
});
