import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { currencyDigits, isShownWhole, orderDigits } from '../../server/contract/currency.ts';
import { toMajor, toMinor } from '../../server/money.ts';

/**
 * ISO 4217, list one of 2026-01-01, by its column “minor unit”. Codes without one (XAU, XDR, XXX …) are left out. Written
 * by hand from the list and not asked from an engine: engines differ.
 */
const iso4217: readonly (readonly [digits: number, currencies: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
     COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
     INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
     MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
     STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];
const listed = iso4217.flatMap(([digits, currencies]) =>
  currencies.split(/\s+/).map(currency => ({ currency, digits })),
);

test('the table is ISO 4217, but for the Chilean peso, which LetPay prints with two decimals', () => {
  assert.equal(new Set(listed.map(({ currency }) => currency)).size, listed.length);
  const differing = listed.filter(({ currency, digits }) => currencyDigits(currency) !== digits);
  assert.deepEqual(differing, [{ currency: 'CLP', digits: 0 }]);
  assert.equal(currencyDigits('CLP'), 2);
});

test('an order has the decimals of ISO 4217, and at most the two that LetPay takes', () => {
  for (const { currency, digits } of listed)
    assert.equal(orderDigits(currency), Math.min(2, digits), currency);
});

test('what is no code of three letters counts as two, part of the table’s text or not', () => {
  for (const currency of ['', 'B', 'BI', 'IF', '0BI', 'F0D', 'brl', 'USDT', 'NOPE', 'constructor'])
    assert.equal(currencyDigits(currency), 2, currency);
});

test('only currencies with cents can be shown without them', () => {
  assert.deepEqual(
    listed.filter(({ currency }) => isShownWhole(currency)).map(({ currency }) => currency),
    ['CLP', 'COP'],
  );
});

test('every amount goes out as a JSON number and comes back as itself, in every currency', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000_000_000_000, max: 10_000_000_000_000 }),
      fc.constantFrom(...listed.map(({ currency }) => currency), 'USDT'),
      (minor, currency) => {
        const wire = JSON.parse(JSON.stringify(toMajor(minor, currency)));
        assert.equal(toMinor(wire, currency), minor);
        assert.equal(toMinor(String(wire), currency), minor);
      },
    ),
    { numRuns: 2_000 },
  );
});
