/** Codes as PSPs send them, from a seeded generator: the same ones in every run. */
import fc from 'fast-check';
import type { ScannedInstrument } from './sheet.ts';

const seed = 20_261_120;

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));

/** Id, length in two digits, value (EMV QRCPS, “Manual do BR Code”). */
const field = (id: string, value: string) => id + String(value.length).padStart(2, '0') + value;

/** CRC-16/CCITT-FALSE. */
function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/**
 * An account template holds 99 characters at most: 18 of them name the domain and 4 head the address, which leaves 77 for
 * a dynamic code’s address. The fields around it are at their longest in the longest code.
 */
const brCode = fc
  .record({
    account: fc.oneof(
      fc.uuid().map(key => field('01', key)),
      fc.stringMatching(/^[a-z0-9.\-/]{30,77}$/).map(url => field('25', url)),
      fc.stringMatching(/^[a-z0-9.\-/]{77}$/).map(url => field('25', url)),
      fc
        .record({ key: fc.uuid(), text: fc.stringMatching(/^[A-Za-z0-9 ]{1,33}$/) })
        .map(({ key, text }) => field('01', key) + field('02', text)),
    ),
    centavos: fc.integer({ min: 1, max: 99_999_999_99 }),
    name: fc.stringMatching(/^[A-Z][A-Za-z ]{1,23}[a-z]$/),
    city: fc.stringMatching(/^[A-Z][A-Z ]{0,13}[A-Z]$/),
    postcode: fc.option(digits(8), { nil: null }),
    txid: fc.oneof(fc.constant('***'), fc.stringMatching(/^[A-Za-z0-9]{1,25}$/)),
    more: fc.option(fc.stringMatching(/^[A-Za-z0-9]{60,90}$/), { nil: null }),
  })
  .map(({ account, centavos, name, city, postcode, txid, more }) => {
    const amount = (centavos / 100).toFixed(2);
    const body = [
      field('00', '01'),
      field('01', '12'),
      field('26', field('00', 'br.gov.bcb.pix') + account),
      field('52', '0000'),
      field('53', '986'),
      field('54', amount),
      field('58', 'BR'),
      field('59', name),
      field('60', city),
      postcode === null ? '' : field('61', postcode),
      field('62', field('05', txid)),
      more === null ? '' : field('80', field('00', more)),
      '6304',
    ].join('');
    return { code: body + crc16(body), amount: centavos / 100 };
  });

function weigh(text: string, weightOf: (fromRight: number) => number, sumOf = (product: number) => product) {
  return [...text].reverse().reduce((sum, digit, i) => sum + sumOf(Number(digit) * weightOf(i)), 0);
}

const modulo10 = (text: string) =>
  (10 -
    (weigh(
      text,
      i => 2 - (i % 2),
      product => Math.trunc(product / 10) + (product % 10),
    ) %
      10)) %
  10;
const modulo11 = (text: string) => 11 - (weigh(text, i => 2 + (i % 8)) % 11);

/** FEBRABAN: 44 digits with the general check digit fifth; the line repeats them in fields with a digit each. */
const bankLine = fc
  .record({
    bank: digits(3),
    factor: fc.integer({ min: 1000, max: 9999 }),
    value: digits(10),
    free: digits(25),
  })
  .map(({ bank, factor, value, free }) => {
    const rest = `${bank}9${factor}${value}${free}`;
    const general = modulo11(rest);
    const barcode = `${bank}9${general > 9 ? 1 : general}${factor}${value}${free}`;
    const fields = [barcode.slice(0, 4) + free.slice(0, 5), free.slice(5, 15), free.slice(15)];
    const code = `${fields.map(part => part + modulo10(part)).join('')}${barcode.slice(4, 19)}`;
    return { code, barcode };
  });

/** FEBRABAN, collection slips: four fields of eleven with a digit each; the third digit names the rule. */
const collectionLine = fc
  .record({
    segment: fc.integer({ min: 1, max: 9 }),
    valueType: fc.integer({ min: 6, max: 9 }),
    rest: digits(40),
  })
  .map(({ segment, valueType, rest }) => {
    const digitOf = (text: string) => {
      if (valueType < 8) return modulo10(text);
      const digit = modulo11(text);
      return digit > 9 ? 0 : digit;
    };
    const head = `8${segment}${valueType}`;
    const barcode = head + digitOf(head + rest) + rest;
    const fields = [0, 11, 22, 33].map(at => barcode.slice(at, at + 11));
    return { code: fields.map(part => part + digitOf(part)).join(''), barcode };
  });

/** 13 digits in Mexico and 16 elsewhere; what is written of other PSPs’ references has letters, and up to 26 digits. */
const cashReference = fc.oneof(
  digits(13),
  digits(16),
  fc.stringMatching(/^[A-Z0-9]{13}$/),
  fc.stringMatching(/^[A-Z0-9]{16}$/),
  digits(26),
);

/** What is drawn, and what a scanner has to read. */
export interface Sample {
  readonly instrument: ScannedInstrument;
  readonly reads: string;
}

const kinds = {
  PIX: brCode.map(
    ({ code, amount }): Sample => ({
      instrument: { method: 'PIX', code, amount, qr_code_png: null, expires_at: null },
      reads: code,
    }),
  ),
  BOLETO: fc.oneof({ weight: 4, arbitrary: bankLine }, { weight: 1, arbitrary: collectionLine }).map(
    ({ code, barcode }): Sample => ({
      instrument: { method: 'BOLETO', code, amount: 1, due_date: null, html: null },
      reads: barcode,
    }),
  ),
  PAYCASH: cashReference.map(
    (barcode): Sample => ({
      instrument: {
        method: 'PAYCASH',
        barcode,
        amount: 1,
        due_date: null,
        barcode_png: null,
        instructions_link: null,
      },
      reads: barcode,
    }),
  ),
};

export function samples(method: keyof typeof kinds, count: number): Sample[] {
  return fc.sample(kinds[method], { numRuns: count, seed });
}
