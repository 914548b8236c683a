import type { Language } from '../countries.ts';
import type { Texts } from '../texts.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { pt } from './pt.ts';

const byLanguage: Readonly<Record<Language, Texts>> = { pt, es, en };

export function textsIn(language: Language): Texts {
  return byLanguage[language];
}
