/** The languages the tag speaks, each a file of its own that loads when it is needed: the one place to add a language. */
import type { Language } from './language.ts';
import type { Texts } from './texts.ts';

const languages: Readonly<Record<Language, () => Promise<Texts>>> = {
  'pt-BR': async () => (await import('./pt-br.ts')).texts,
  es: async () => (await import('./es.ts')).texts,
  'es-MX': async () => (await import('./es.ts')).mexican,
  en: async () => (await import('./en.ts')).texts,
};

/** Rejects when the file cannot be had; a later call tries again. */
export function loadTexts(language: Language): Promise<Texts> {
  return languages[language]();
}
