/**
 * Mistakes in the tag’s attributes, told to the developer on the console, each once for a page. The words quote the
 * attribute and nothing of the checkout. Where shoppers pay with real money only a tag without a token is told of: it is
 * shown to nobody who could mind.
 */
import type { Checkout } from '../server/contract/checkout.ts';
import type { Language } from './i18n/language.ts';

export interface Attributes {
  readonly paymentToken: string | null;
  readonly checkout: Checkout | null;
  readonly methods: string | null;
  readonly theme: string | null;
  readonly locale: string | null;
}

const themes: readonly string[] = ['light', 'dark', 'auto'];
const languages: Readonly<Record<Language, 'spoken'>> = {
  'pt-BR': 'spoken',
  es: 'spoken',
  'es-MX': 'spoken',
  en: 'spoken',
};

/** In the order of the attributes; empty when nothing is wrong. */
export function mistakesIn({
  paymentToken,
  checkout,
  methods,
  theme,
  locale,
}: Attributes): readonly string[] {
  if (!paymentToken?.trim())
    return ['it has no payment-token, so it shows nothing. A backend gets one by POST /v1/orders.'];
  if (!checkout?.test_mode) return [];
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
