import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formattingLocale, resolveLanguage } from '../../../widget/i18n/language.ts';

test('takes an exact tag, in any case and with either separator', () => {
  assert.equal(resolveLanguage(['pt-BR']), 'pt-BR');
  assert.equal(resolveLanguage(['ES-mx']), 'es-MX');
  assert.equal(resolveLanguage(['es_MX']), 'es-MX');
});

test('falls back to the language of a tag', () => {
  assert.equal(resolveLanguage(['pt-PT']), 'pt-BR');
  assert.equal(resolveLanguage(['es-AR']), 'es');
  assert.equal(resolveLanguage(['en-US']), 'en');
  assert.equal(resolveLanguage(['es-419'], 'MX'), 'es');
});

test('falls back to the next wish, and never to the country while a wish can be met', () => {
  assert.equal(resolveLanguage([null, undefined, '', 'fr-FR', 'es-CO'], 'BR'), 'es');
});

test('falls back to the country, and to English at last', () => {
  assert.equal(resolveLanguage([], 'BR'), 'pt-BR');
  assert.equal(resolveLanguage(['de'], 'mx'), 'es-MX');
  assert.equal(resolveLanguage([], 'AR'), 'es');
  assert.equal(resolveLanguage([], 'JP'), 'en');
  assert.equal(resolveLanguage([]), 'en');
  assert.equal(resolveLanguage(['constructor', '__proto__'], null), 'en');
});

test('formats Spanish as the order’s country writes it', () => {
  assert.equal(formattingLocale('es', 'AR'), 'es-AR');
  assert.equal(formattingLocale('es', 'mx'), 'es-MX');
  assert.equal(formattingLocale('es', 'BR'), 'es-419');
  assert.equal(formattingLocale('es', null), 'es-419');
  assert.equal(formattingLocale('pt-BR', 'AR'), 'pt-BR');
});
