import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDate } from '../../../widget/i18n/date.ts';
import { formatMoney, toMinor } from '../../../widget/i18n/money.ts';
import { formatRate } from '../../../widget/i18n/rate.ts';
import { formatCountdown, formatTime } from '../../../widget/i18n/time.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('shows money as the country writes it', () => {
  assert.equal(plain(formatMoney(123456, 'BRL', 'pt-BR', 'BR')), 'R$ 1.234,56');
  assert.equal(plain(formatMoney(123456, 'MXN', 'es-MX', 'MX')), '$1,234.56');
  assert.equal(plain(formatMoney(123456, 'ARS', 'es-AR', 'AR')), '$ 1.234,56');
  assert.equal(plain(formatMoney(1_234_500, 'CLP', 'es-CL', 'CL')), '$12.345');
});

test('keeps the sign and the figure of Brazilian money on one line', () => {
  assert.equal(formatMoney(123456, 'BRL', 'pt-BR', 'BR'), 'R$\u00a01.234,56');
});

test('shows the same amount the same way each time, at every size, in the currency’s own decimals', () => {
  for (const [currency, locale, country, shown] of [
    ['CLP', 'es-CL', 'CL', ['$0', '$0,09', '$12.345,67']],
    ['COP', 'es-CO', 'CO', ['$ 0', '$ 0,09', '$ 12.345,67']],
    ['PYG', 'es-PY', 'PY', ['₲ 0', '₲ 9', '₲ 1.234.567']],
    ['PEN', 'es-PE', 'PE', ['S/ 0.00', 'S/ 0.09', 'S/ 12,345.67']],
    ['MXN', 'es-MX', 'MX', ['$0.00', '$0.09', '$12,345.67']],
  ] as const) {
    const minor = [0, 9, 1_234_567];
    for (const _ of [1, 2])
      assert.deepEqual(
        minor.map(amount => plain(formatMoney(amount, currency, locale, country))),
        shown,
      );
  }
});

test('shows the money of the order’s own country by its sign, in any language', () => {
  assert.equal(plain(formatMoney(12345, 'BRL', 'es-419', 'BR')), 'R$123.45');
  assert.equal(plain(formatMoney(12345, 'BRL', 'en', 'BR')), 'R$123.45');
  assert.equal(plain(formatMoney(123456, 'MXN', 'en', 'MX')), '$1,234.56');
});

test('says which dollars or pesos where they are those of another country', () => {
  assert.equal(plain(formatMoney(12345, 'USD', 'pt-BR', 'BR')), 'US$ 123,45');
  assert.equal(plain(formatMoney(12345, 'MXN', 'en', 'CO')), 'MX$123.45');
});

test('shows whole Colombian pesos without decimals, as shops do, and never rounds centavos away', () => {
  assert.equal(plain(formatMoney(123400, 'COP', 'es-CO', 'CO')), '$ 1.234');
  assert.equal(plain(formatMoney(123450, 'COP', 'es-CO', 'CO')), '$ 1.234,50');
});

test('shows what the wire says, whatever decimals the engine has for the currency', () => {
  for (const [wire, currency, locale, country, shown] of [
    [12990, 'CLP', 'es-CL', 'CL', '$12.990'],
    [123.45, 'CLP', 'es-CL', 'CL', '$123,45'],
    [150000, 'PYG', 'es-PY', 'PY', '₲ 150.000'],
    [20000, 'COP', 'es-CO', 'CO', '$ 20.000'],
    [20000.5, 'COP', 'es-CO', 'CO', '$ 20.000,50'],
    [1234.5, 'UYU', 'es-UY', 'UY', '$ 1.234,50'],
    [1234, 'JPY', 'en', 'JP', '¥1,234'],
    [1.234, 'KWD', 'en', 'KW', 'KWD 1.234'],
    [19000, 'CRC', 'es-CR', 'CR', '₡19 000,00'],
    [100, 'IDR', 'en', 'BR', 'IDR 100.00'],
  ] as const)
    assert.equal(plain(formatMoney(toMinor(wire, currency), currency, locale, country)), shown, currency);
});

test('shows the figure alone for what is no ISO currency', () => {
  assert.equal(formatMoney(123456, 'USDT', 'en', 'BR'), '1,234.56');
  assert.equal(formatMoney(123456, '', 'en', 'BR'), '1,234.56');
});

test('a wire amount becomes the nearest whole minor unit', () => {
  assert.equal(toMinor(64.51, 'BRL'), 6451);
  assert.equal(toMinor(1.1, 'BRL'), 110);
  assert.equal(toMinor(1234, 'CLP'), 123_400);
  assert.equal(toMinor(1234, 'PYG'), 1234);
});

test('every amount of cents comes back from the wire as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), cents => {
      assert.equal(toMinor(JSON.parse((cents / 100).toFixed(2)), 'BRL'), cents);
    }),
  );
});

test('a date is the same day in every time zone', t => {
  const zone = process.env['TZ'];
  t.after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  for (const other of ['Pacific/Kiritimati', 'America/Sao_Paulo', 'Pacific/Pago_Pago']) {
    process.env['TZ'] = other;
    assert.equal(formatDate('2026-12-03', 'pt-BR'), '03/12/2026');
  }
  assert.equal(formatDate('2026-12-03', 'es-MX'), '03/12/2026');
  assert.equal(formatDate('2026-12-03', 'en'), 'Dec 3, 2026');
});

test('what is no date is shown as it came', () => {
  assert.equal(formatDate('soon', 'pt-BR'), 'soon');
  assert.equal(formatDate('2026-13-01', 'pt-BR'), '2026-13-01');
});

test('an instant shows the same time from milliseconds and from ISO', () => {
  const iso = '2026-11-20T15:32:00.000Z';
  assert.match(formatTime(iso, 'pt-BR'), /^\d\d:\d\d$/);
  assert.equal(formatTime(iso, 'pt-BR'), formatTime(Date.parse(iso), 'pt-BR'));
  assert.match(formatTime(iso, 'pt-BR'), /:[03]2$|:[14]7$/);
});

test('counts down in minutes, and in hours when there are any', () => {
  assert.equal(formatCountdown(14 * 60_000 + 32_000), '14:32');
  assert.equal(formatCountdown(59_001), '01:00');
  assert.equal(formatCountdown(3_900_000), '1:05:00');
  assert.equal(formatCountdown(26 * 3_600_000), '26:00:00');
  assert.equal(formatCountdown(0), '00:00');
  assert.equal(formatCountdown(-5), '00:00');
});

test('shows a rate in per cent with up to two decimals', () => {
  assert.equal(plain(formatRate(0.0299, 'pt-BR')), '2,99%');
  assert.equal(plain(formatRate(0.03, 'en')), '3%');
});
