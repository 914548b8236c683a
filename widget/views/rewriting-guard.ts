/**
 * Draws everything anew after somebody rewrote our texts. Page translators wrap each text in elements of their own, and Lit
 * then updates the text that is no longer there: an old amount would stay on a button. What stands in a form is kept by the
 * form; focus, caret and what was unfolded are put back here.
 */
import { nothing, type ReactiveController, render } from 'lit';
import type { ScreenHost } from './view.ts';

export interface RewritingGuardOptions {
  readonly host: ScreenHost;
  /** Its identity changes with what is on screen. */
  readonly state: () => object;
}

export class RewritingGuard implements ReactiveController {
  /** The next update is but a second of the clock: the text of a clock is set as a whole. */
  isTick = false;
  readonly #options: RewritingGuardOptions;
  readonly #observer: MutationObserver;
  #isRewritten = false;
  #state: object | null = null;
  #putBack: (() => void) | null = null;

  constructor(options: RewritingGuardOptions) {
    this.#options = options;
    const { host } = options;
    this.#observer = new MutationObserver(records => this.#note(records));
    this.#observer.observe(host.renderRoot, { childList: true, characterData: true, subtree: true });
    // A translator may have been quicker than this file.
    this.#isRewritten = host.renderRoot.querySelector('font') !== null;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#note(this.#observer.takeRecords());
    const { host, state } = this.#options;
    const isNew = state() !== this.#state;
    this.#state = state();
    const { isTick } = this;
    this.isTick = false;
    if (!this.#isRewritten || (!isNew && (isTick || isBusy(host)))) return;
    this.#putBack = remember(host.renderRoot);
    render(nothing, host.renderRoot as ShadowRoot);
  }

  hostUpdated(): void {
    this.#putBack?.();
    if (this.#putBack) this.#isRewritten = false;
    this.#putBack = null;
    // Our own changes are none.
    this.#observer.takeRecords();
  }

  /** What is only added, as password managers do beside a field, breaks nothing. */
  #note(records: readonly MutationRecord[]): void {
    this.#isRewritten ||= records.some(
      ({ type, removedNodes }) =>
        type === 'characterData' || [...removedNodes].some(node => node.nodeType === Node.TEXT_NODE),
    );
  }
}

/** To replace a field would end an input method’s composition, and a button that is being pressed would lose its press. */
function isBusy(host: ScreenHost): boolean {
  const focused = (host.renderRoot as ShadowRoot).activeElement;
  return host.matches(':active') || (focused instanceof HTMLInputElement && focused.type !== 'radio');
}

/** Answers what puts focus, caret and what is unfolded back. */
function remember(root: ParentNode): () => void {
  const controls = () => [
    ...root.querySelectorAll<HTMLElement>('input, select, button, a, summary, [tabindex]'),
  ];
  const folds = () => [...root.querySelectorAll('details')];
  const focused = (root as ShadowRoot).activeElement as HTMLElement | null;
  const at = focused ? controls().indexOf(focused) : -1;
  const part = focused?.getAttribute('part');
  const { selectionStart = null, selectionEnd = null } = (focused ?? {}) as Partial<HTMLInputElement>;
  const open = new Set(folds().flatMap(fold => (fold.open ? [fold.getAttribute('part')] : [])));
  return () => {
    for (const fold of folds()) fold.open ||= open.has(fold.getAttribute('part'));
    const again = controls()[at];
    if (again?.getAttribute('part') !== part) return;
    again?.focus({ preventScroll: true });
    if (selectionStart !== null) (again as HTMLInputElement).setSelectionRange(selectionStart, selectionEnd);
  };
}
