import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { boleto, printedLine } from '../../demo/emulator/letpay/boleto.ts';

/**
 * Reads a line as a bank does, by the FEBRABAN layout: every check digit, then value and due date. Written from the
 * layout, not from the emulator; proved below on lines that banks have issued.
 */
function readLine(text: string, issued: string) {
  const line = text.replace(/\D/g, '');
  assert.equal(line.length, 47);
  for (const [from, to] of [
    [0, 9],
    [10, 20],
    [21, 31],
  ] as const) {
    assert.equal(line[to], luhnLike(line.slice(from, to)), `check digit at ${to}`);
  }
  const free = line.slice(4, 9) + line.slice(10, 20) + line.slice(21, 31);
  const rest = line.slice(0, 4) + line.slice(33) + free;
  const weights = [4, 3, 2, 9, 8, 7, 6, 5];
  const sum = [...rest].reduce((total, digit, index) => total + Number(digit) * weights[index % 8]!, 0);
  const general = 11 - (sum % 11);
  assert.equal(line[32], String(general >= 2 && general <= 9 ? general : 1), 'general check digit');

  const factor = Number(line.slice(33, 37));
  const day = (base: string) => new Date(Date.parse(`${base}T00:00:00Z`) + factor * 86_400_000);
  const distance = (date: Date) => Math.abs(date.getTime() - Date.parse(issued));
  const candidates = [day('1997-10-07'), day('2022-05-29')].sort((a, b) => distance(a) - distance(b));
  return {
    amount: Number(line.slice(37)),
    dueDate: candidates[0]!.toISOString().slice(0, 10),
    barcode: line.slice(0, 4) + line[32] + line.slice(33) + free,
  };
}

function luhnLike(digits: string): string {
  const products = [...digits].map(
    (digit, index) => Number(digit) * ((digits.length - index) % 2 === 1 ? 2 : 1),
  );
  const sum = products
    .join('')
    .split('')
    .reduce((total, digit) => total + Number(digit), 0);
  return String((10 - (sum % 10)) % 10);
}

test('the reader of these tests agrees with published lines', () => {
  assert.equal(
    readLine('00190.00009 01014.051005 00000.787176 7 72370000001000', '2017-07-01').dueDate,
    '2017-07-31',
  );
  assert.equal(readLine('03399853012970000024227020901016278150000015630', '2019-02-01').amount, 15630);
  assert.equal(
    readLine('23793.38128 60007.827136 95000.063305 9 75520000370000', '2018-06-01').amount,
    370000,
  );
});

const days = fc.integer({ min: 0, max: 9_300 }).map(offset => {
  return new Date(Date.parse('2024-01-01T00:00:00Z') + offset * 86_400_000).toISOString().slice(0, 10);
});
const freeFields = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 25, maxLength: 25 });

test('every boleto reads back with its amount and due date', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999_99 }), days, freeFields, (amount, dueDate, free) => {
      const { line, barcode } = boleto(amount, dueDate, free.join(''));
      assert.deepEqual(readLine(line, dueDate), { amount, dueDate, barcode });
      assert.equal(printedLine(line).replace(/\D/g, ''), line);
    }),
  );
});

test('the due factor starts again at 1000 on 2025-02-22', () => {
  const factor = (date: string) => boleto(1, date, '0'.repeat(25)).line.slice(33, 37);
  assert.equal(factor('2000-07-03'), '1000');
  assert.equal(factor('2025-02-21'), '9999');
  assert.equal(factor('2025-02-22'), '1000');
  assert.equal(factor('2049-10-13'), '9999');
});

test('prints the line in the groups of a paper boleto', () => {
  const published = '00190.00009 01014.051005 00000.787176 7 72370000001000';
  assert.equal(printedLine(published.replace(/\D/g, '')), published);
});
