/**
 * Copies a code and never lies about it: “copied” only when the clipboard took it, otherwise the code is selected and the
 * shopper is told to copy by hand. In-app browsers and frames refuse the clipboard more often than not.
 */
import type { ReactiveControllerHost } from 'lit';

export class CopyController {
  /** `by-hand`: the code is selected, waiting for the shopper’s own copy. */
  outcome: 'none' | 'copied' | 'by-hand' = 'none';
  readonly #host: ReactiveControllerHost;
  readonly #onCopied: (text: string) => void;

  constructor(host: ReactiveControllerHost, onCopied: (text: string) => void) {
    this.#host = host;
    this.#onCopied = onCopied;
  }

  reset(): void {
    this.outcome = 'none';
  }

  /** `shown` is the element that holds the code on screen. */
  async copy(text: string, shown: Element | null): Promise<void> {
    if (await isCopied(text)) {
      this.outcome = 'copied';
      this.#onCopied(text);
    } else {
      this.outcome = 'by-hand';
      if (shown) getSelection()?.selectAllChildren(shown);
    }
    this.#host.requestUpdate();
  }
}

async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return isCopiedByCommand(text);
  }
}

/**
 * The way of before the clipboard: frames without `allow="clipboard-write"` and in-app browsers leave it open. The event is
 * the proof: some browsers answer true for nothing.
 */
function isCopiedByCommand(text: string): boolean {
  let isTaken = false;
  const take = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    isTaken = event.clipboardData !== null;
  };
  window.addEventListener('copy', take, true);
  try {
    return document.execCommand('copy') && isTaken;
  } catch {
    return false;
  } finally {
    window.removeEventListener('copy', take, true);
  }
}
