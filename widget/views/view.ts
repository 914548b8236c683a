/** What every view is given. Views are functions of this and nothing else; what the shopper does goes back by `actions`. */

import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Checkout, Method } from '../../server/contract/checkout.ts';
import type { AfterRenew, Failure } from '../checkout/state.ts';
import { formatMoney, toMinor } from '../i18n/money.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Cleared } from '../methods/cleared.ts';

export interface Actions {
  readonly choose: (method: Method) => void;
  readonly submit: () => void;
  /** `cleared`: what of the card form’s entries the next attempt begins without. */
  readonly renew: (next: AfterRenew, cleared: Cleared) => void;
  /** Starts afresh with the same token. */
  readonly retry: () => void;
}

/** Drawings of the first screen that are loaded after it. */
export interface Adornments {
  readonly methodIcon: (method: Method) => TemplateResult;
  /** The brands that the shop takes, the first ones where there are many. */
  readonly acceptedBrands: (checkout: Checkout) => unknown;
  /** Behind the hint of a method’s row. */
  readonly interestFree: (method: Method, checkout: Checkout, texts: Texts) => unknown;
  readonly lockIcon: TemplateResult;
  /** A brand’s tile, for beside its name. */
  readonly brandFace: (brand: { readonly id: string; readonly name: string }) => TemplateResult;
}

export interface ViewContext {
  readonly texts: Texts;
  /** BCP 47, for numbers and dates. */
  readonly locale: string;
  /** The proxy’s clock, ms since the epoch. */
  readonly now: number;
  readonly actions: Actions;
  /** What stands there while something is missing: a skeleton, and after too long a way out. */
  readonly pause: TemplateResult;
  /** Null until they are loaded. */
  readonly adornments: Adornments | null;
}

/**
 * `handheld` cannot scan itself: codes are copied first and pictures are folded. `narrow` has no room for two columns.
 */
export type Screen = 'handheld' | 'narrow' | 'wide';

/** What the screens after a submission are given beside. */
export interface OutcomeContext extends ViewContext {
  readonly screen: Screen;
  /** “No news yet”, after the shopper asked; null otherwise. */
  readonly checkNote: string | null;
  /** False once the page has stopped looking by itself. */
  readonly isWatching: boolean;
  /** The code on screen should not be paid as it is: copying it is not the main step. */
  readonly isDoubted: boolean;
  /** The order can be paid by another method that is shown here. */
  readonly hasOtherWay: boolean;
  /** The shopper was asked whether to leave a code that can still be paid. */
  readonly isLeaving: boolean;
  /** The proxy asked not to be tried again before so long: `12 s`, or nothing. */
  readonly retryWait: string;
  readonly askToLeave: (isLeaving: boolean) => void;
  /** Reads the status now, and says so when there is no news. */
  readonly checkNow: () => void;
  /** Loads again what could not be loaded, and starts afresh after an error. */
  readonly retry: () => void;
}

/** What a screen needs of the element. */
export type ScreenHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/** Minor units as money in the checkout’s currency. */
export function money(minor: number, checkout: Checkout, { locale }: ViewContext): string {
  return formatMoney(minor, checkout.totals?.asset || checkout.currency, locale, checkout.country);
}

/** What the shopper pays, in minor units; null for a payment whose amount the proxy does not know. */
export function amountOwed({ totals }: Checkout): number | null {
  return totals && toMinor(totals.customer_amount, totals.asset);
}

/** The amount owed as text; empty where it is unknown. */
export function moneyOwed(checkout: Checkout, context: ViewContext): string {
  const owed = amountOwed(checkout);
  return owed === null ? '' : money(owed, checkout, context);
}

/** A label that was made with an amount that may be empty: `Generate code · ` → `Generate code`. */
export function withoutLooseEnd(label: string): string {
  return label.replace(/[\s·]+$/, '');
}

export function failureText({ code }: Failure, texts: Texts): string {
  return texts.failures[code] ?? texts.failures.other;
}

/** Its place is kept until it is loaded. */
export function methodPicture(method: Method, { adornments }: ViewContext): TemplateResult {
  return adornments?.methodIcon(method) ?? html`<span class="icon"></span>`;
}
