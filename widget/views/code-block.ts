/** A code to be copied: the code itself, the button, and what came of it. */
import { html, type TemplateResult } from 'lit';
import { icon } from '../drawing/icons.ts';
import type { CopyController } from './copy-controller.ts';
import type { ViewContext } from './view.ts';

export interface CodeBlockParts {
  /** The part name of the code, for example `pix-code`. */
  readonly part: string;
  readonly label: string;
  readonly copyLabel: string;
  /** As it is read: grouped. */
  readonly shown: string;
  /** Short and grouped: large, in the middle. */
  readonly spoken: boolean;
  /** As it is pasted: without separators. */
  readonly copied: string;
}

/** How many characters the shopper compares in the bank’s app. */
const tail = 4;

export function codeBlock(
  { part, label, copyLabel, shown, spoken, copied }: CodeBlockParts,
  copy: CopyController,
  { texts }: ViewContext,
): TemplateResult {
  const handleClick = (event: Event) => {
    const block = (event.currentTarget as Element).closest('.code-block');
    void copy.copy(copied, block?.querySelector('code') ?? null);
  };
  const note =
    copy.outcome === 'copied'
      ? texts.copied(copied.slice(-tail))
      : copy.outcome === 'by-hand'
        ? texts.copyByHand
        : '';
  return html`<div part="code-block" class="code-block">
    <button part="copy-button" class="primary" type="button" @click=${handleClick}>${copyLabel}</button>
    <p part="copy-note" class="note ${copy.outcome}" aria-live="polite">${copy.outcome === 'copied' ? icon('done') : ''}${note}</p>
    <p part="code-label" class="label">${label}</p>
    <code part=${part} class=${spoken ? 'code spoken' : 'code'} translate="no" dir="ltr">${shown}</code>
  </div>`;
}
