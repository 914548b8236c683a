import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formattingLocale, resolveLanguage } from '../../../widget/i18n/language.ts';

test('takes an exact tag, in any case and with either separator', () => {
  assert.equal(resolveLanguage('pt-BR', [], null), 'pt-BR');
  assert.equal(resolveLanguage('ES-mx', [], null), 'es-MX');
  assert.equal(resolveLanguage(null, ['es_MX'], null), 'es-MX');
});

test('falls back to the language of a tag (adyen-web #3184)', () => {
  assert.equal(resolveLanguage('pt-PT', [], null), 'pt-BR');
  assert.equal(resolveLanguage(null, ['es-AR'], null), 'es');
  assert.equal(resolveLanguage(null, ['en-US'], 'MX'), 'en');
  assert.equal(resolveLanguage(null, ['es-419'], 'MX'), 'es');
});

test('falls back to the next wish, and never to the country while a wish can be met', () => {
  assert.equal(resolveLanguage(null, ['', 'fr-FR', 'es-CO'], 'BR'), 'es');
});

test('lets Mexico say which Spanish a page’s plain “es” is, but not what the merchant’s locale is', () => {
  assert.equal(resolveLanguage(null, ['es'], 'MX'), 'es-MX');
  assert.equal(resolveLanguage('', ['ES'], 'mx'), 'es-MX');
  assert.equal(resolveLanguage(null, ['es'], 'AR'), 'es');
  assert.equal(resolveLanguage(null, ['es'], null), 'es');
  assert.equal(resolveLanguage('es', ['es'], 'MX'), 'es');
  assert.equal(resolveLanguage(null, ['pt'], 'MX'), 'pt-BR');
});

test('falls back to the country, and to Portuguese at last', () => {
  assert.equal(resolveLanguage(null, [], 'BR'), 'pt-BR');
  assert.equal(resolveLanguage(null, ['de'], 'mx'), 'es-MX');
  assert.equal(resolveLanguage(null, [], 'AR'), 'es');
  assert.equal(resolveLanguage(null, [], 'JP'), 'pt-BR');
  assert.equal(resolveLanguage(null, [null], null), 'pt-BR');
  assert.equal(resolveLanguage('constructor', ['__proto__'], null), 'pt-BR');
});

for (const [locale, page, country, language] of [
  ['pt', 'en', 'MX', 'pt-BR'],
  ['pt-PT', null, 'PT', 'pt-BR'],
  ['PT_br', null, null, 'pt-BR'],
  ['es', null, 'MX', 'es'],
  ['es-419', null, 'MX', 'es'],
  ['es-CL', null, 'CL', 'es'],
  ['es-MX', null, 'BR', 'es-MX'],
  ['es-ES', null, null, 'es'],
  ['en-GB', 'pt-BR', 'BR', 'en'],
  ['en', 'es', 'MX', 'en'],
  ['fr', 'es-CO', 'BR', 'es'],
  ['fr', 'fr', 'MX', 'es-MX'],
  ['fr', null, 'CO', 'es'],
  ['fr', 'de', null, 'pt-BR'],
  [' es-mx ', null, null, 'es-MX'],
  ['', '', '', 'pt-BR'],
] as const) {
  test(`locale ${locale || '–'} on a page in ${page || '–'} for ${country || '–'} speaks ${language}`, () => {
    assert.equal(resolveLanguage(locale, [page], country), language);
  });
}

test('every Spanish-speaking country of Paycash but Mexico speaks of cuotas, with its own money', () => {
  for (const country of ['CO', 'CR', 'EC', 'PE', 'PA', 'GT', 'HN', 'CL', 'DO', 'AR', 'UY']) {
    assert.equal(resolveLanguage(null, ['fr'], country), 'es');
    assert.equal(formattingLocale('es', country), `es-${country}`);
  }
});

test('formats Spanish as the order’s country writes it', () => {
  assert.equal(formattingLocale('es', 'AR'), 'es-AR');
  assert.equal(formattingLocale('es', 'mx'), 'es-MX');
  assert.equal(formattingLocale('es', 'BR'), 'es-419');
  assert.equal(formattingLocale('es', null), 'es-419');
  assert.equal(formattingLocale('pt-BR', 'AR'), 'pt-BR');
});
