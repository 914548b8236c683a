/** The languages the tag speaks, each a file of its own that loads when it is needed: the one place to add a language. */
import type { Language } from './language.ts';
import type { Texts } from './texts.ts';

const languages: Readonly<Record<Language, () => Promise<{ readonly texts: Texts }>>> = {
  'pt-BR': () => import('./pt-br.ts'),
  es: () => import('./es.ts'),
  'es-MX': () => import('./es-mx.ts'),
  en: () => import('./en.ts'),
};

/** Rejects when the file cannot be had; a later call tries again. */
export async function loadTexts(language: Language): Promise<Texts> {
  return (await languages[language]()).texts;
}
