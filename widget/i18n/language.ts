/** Which of our languages to speak. */

export type Language = 'pt-BR' | 'es' | 'es-MX' | 'en';

/** Every language, the first of each first: `es` before `es-MX`. */
export const languages: readonly Language[] = ['pt-BR', 'es', 'es-MX', 'en'];
const spanishSpeaking = /^(AR|BO|CL|CO|CR|CU|DO|EC|ES|GQ|GT|HN|NI|PA|PE|PR|PY|SV|UY|VE)$/;

function speaks(tag: string | null | undefined): Language | undefined {
  const lower = (tag ?? '').trim().replace('_', '-').toLowerCase();
  return (
    languages.find(language => language.toLowerCase() === lower) ??
    languages.find(language => language.slice(0, 2) === lower.split('-', 1)[0])
  );
}

/**
 * `locale`, which the merchant chose; else the first tag of `page` that we speak; else what the country (ISO 3166-1
 * alpha-2) speaks; else Portuguese, which most of our shoppers speak. A tag counts exactly or by its language (`pt-PT` →
 * `pt-BR`, `es-AR` → `es`). A page that says no more than `es` leaves it to the country which Spanish it is.
 */
export function resolveLanguage(
  locale: string | null,
  page: readonly (string | null)[],
  country: string | null,
): Language {
  const chosen = speaks(locale);
  if (chosen) return chosen;
  const upper = (country ?? '').toUpperCase();
  const tag = page.find(speaks);
  const found = speaks(tag);
  const isPlainSpanish = tag?.trim().toLowerCase() === 'es';
  if (found && !(isPlainSpanish && upper === 'MX')) return found;
  if (upper === 'MX') return 'es-MX';
  return spanishSpeaking.test(upper) ? 'es' : 'pt-BR';
}

/**
 * The locale to format money and dates with. Spanish writes numbers differently from country to country, and plain `es`
 * means Spain to Intl: the order’s country says which Spanish.
 */
export function formattingLocale(language: Language, country?: string | null): string {
  const upper = (country ?? '').toUpperCase();
  if (language !== 'es') return language;
  return spanishSpeaking.test(upper) || upper === 'MX' ? `es-${upper}` : 'es-419';
}
