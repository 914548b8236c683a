/**
 * Mistakes of the page, told to its developer on the console, each once. The words quote attributes and nothing of the
 * checkout. Where shoppers pay with real money only what keeps the tag from working at all is told.
 */
import type { Checkout } from '../server/contract/checkout.ts';
import type { Language } from './i18n/language.ts';

export interface Attributes {
  readonly paymentToken: string | null;
  readonly proxyUrl: string | null;
  readonly checkout: Checkout | null;
  readonly methods: string | null;
  readonly theme: string | null;
  readonly locale: string | null;
  readonly diagnostics: () => {
    readonly trace: readonly { readonly to: string; readonly code: string | null }[];
  };
}

const themes: readonly string[] = ['light', 'dark', 'auto'];
const languages: Readonly<Record<Language, 'spoken'>> = {
  'pt-BR': 'spoken',
  es: 'spoken',
  'es-MX': 'spoken',
  en: 'spoken',
};

/** In the order of the attributes; empty when nothing is wrong. */
export function mistakesIn(tag: Attributes): readonly string[] {
  const { paymentToken, checkout, methods, theme, locale } = tag;
  if (!paymentToken?.trim())
    return ['it has no payment-token, so it shows nothing. A backend gets one by POST /v1/orders.'];
  if (!checkout) return whyNothingWorks(tag);
  if (!checkout.test_mode) return [];
  const asked = methods?.toUpperCase().match(/[^\s,]+/g) ?? [];
  const missing = asked.filter(method => !checkout.methods.some(offered => offered === method));
  return [
    ...missing.map(
      method =>
        `methods="${methods}" names ${method}, which this order does not offer. It offers ${checkout.methods.join(', ')}.`,
    ),
    ...(theme && !themes.includes(theme)
      ? [`theme="${theme}" is not known; light is shown. There are ${themes.join(', ')}.`]
      : []),
    ...(locale &&
    !Object.keys(languages).some(language => language.startsWith(locale.trim().slice(0, 2).toLowerCase()))
      ? [
          `locale="${locale}" is not spoken; the page’s language decides. There are ${Object.keys(languages).join(', ')}.`,
        ]
      : []),
  ];
}

function whyNothingWorks(tag: Attributes): readonly string[] {
  const [last] = tag.diagnostics().trace.slice(-1);
  if (last?.to !== 'error') return [];
  if (last.code === 'origin_not_allowed')
    return ['the proxy does not know this page. Add its origin to ALLOWED_ORIGINS.'];
  // A shop that packs all scripts into one file of its own serves this one from its own origin.
  return /^(unreadable|http_)/.test(last.code ?? '') && !tag.proxyUrl
    ? ['what answers at the origin of this script is no proxy. Set proxy-url to the address of yours.']
    : [];
}

const told = new Set<string>();
const withToken = new WeakSet<Attributes>();

export function tellMistakes(tag: Attributes): void {
  if (tag.paymentToken?.trim()) withToken.add(tag);
  else if (withToken.has(tag)) return;
  for (const mistake of mistakesIn(tag)) {
    if (!told.has(mistake)) console.warn(`<letpay-checkout>: ${mistake}`);
    told.add(mistake);
  }
}
