/** Which of our languages to speak. */

export type Language = 'pt-BR' | 'es' | 'es-MX' | 'en';

const languages: readonly Language[] = ['pt-BR', 'es', 'es-MX', 'en'];
const spanishSpeaking = /^(AR|BO|CL|CO|CR|CU|DO|EC|ES|GQ|GT|HN|NI|PA|PE|PR|PY|SV|UY|VE)$/;

/**
 * The first tag of `wanted` that we speak, exactly or by its language (`pt-PT` → `pt-BR`, `es-AR` → `es`); else what the
 * country (ISO 3166-1 alpha-2) speaks; else English.
 */
export function resolveLanguage(
  wanted: readonly (string | null | undefined)[],
  country?: string | null,
): Language {
  for (const tag of wanted) {
    const lower = (tag ?? '').trim().replace('_', '-').toLowerCase();
    const found =
      languages.find(language => language.toLowerCase() === lower) ??
      languages.find(language => language.slice(0, 2) === lower.split('-', 1)[0]);
    if (found) return found;
  }
  const upper = (country ?? '').toUpperCase();
  if (upper === 'BR') return 'pt-BR';
  if (upper === 'MX') return 'es-MX';
  return spanishSpeaking.test(upper) ? 'es' : 'en';
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
