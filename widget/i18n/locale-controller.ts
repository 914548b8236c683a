/**
 * Which language an element speaks, and its texts once they are there.
 *
 * Owns: attribute → nearest `lang` → country of the checkout, per element and never per page; one load per language.
 * Does not own: what is said (`texts.ts`) and how numbers are written (`money.ts`, `date.ts`, `time.ts`).
 */
import type { ReactiveControllerHost } from 'lit';
import { type Language, resolveLanguage } from './language.ts';
import { loadTexts } from './languages.ts';
import type { Texts } from './texts.ts';

/** The nearest `lang` around an element, through shadow roots. */
function nearestLang(element: Element): string | null {
  const holder = element.closest('[lang]');
  if (holder) return holder.getAttribute('lang');
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? nearestLang(root.host) : null;
}

export class LocaleController {
  /** Null until the first language is there. A change of language keeps the old texts until the new ones are there. */
  texts: Texts | null = null;
  language: Language = 'en';
  /** The texts could not be loaded. */
  failed = false;
  readonly #host: ReactiveControllerHost & Element;
  #wanted: Language | null = null;

  readonly #onFail: () => void;

  constructor(host: ReactiveControllerHost & Element, onFail: () => void) {
    this.#host = host;
    this.#onFail = onFail;
  }

  /** `country` is null while it is not known; `mustSpeak` when something has to be said even so. */
  resolve(locale: string | null, country: string | null, mustSpeak: boolean): void {
    const lang = nearestLang(this.#host);
    // When two countries of different languages agree, the country has no say: no need to wait for it. What Mexico
    // adds to a page’s Spanish comes in the same file as the rest.
    const decided = resolveLanguage(locale, [lang], 'BR') === resolveLanguage(locale, [lang], 'AR');
    if (!decided && country === null && !mustSpeak) return;
    const language = resolveLanguage(locale, country === null ? [lang, navigator.language] : [lang], country);
    if (language !== this.#wanted) void this.#load(language);
  }

  retry(): void {
    if (this.#wanted) void this.#load(this.#wanted);
  }

  async #load(language: Language): Promise<void> {
    this.#wanted = language;
    try {
      const texts = await loadTexts(language);
      if (this.#wanted !== language) return;
      this.texts = texts;
      this.language = language;
      this.failed = false;
    } catch {
      this.failed = this.texts === null;
      if (this.failed) this.#onFail();
    }
    this.#host.requestUpdate();
  }
}
