/** A code to be copied: the button, what came of it, the code itself. */
import { html, type TemplateResult } from 'lit';
import { outcomeIcon } from '../drawing/outcome-icons.ts';
import type { CopyController } from './copy-controller.ts';
import type { OutcomeContext } from './view.ts';

export interface CodeBlockParts {
  /** The part name of the code, for example `pix-code`. */
  readonly part: string;
  readonly label: string;
  readonly copyLabel: string;
  /** As it is read: in groups. A line ends only between them. */
  readonly shown: readonly string[];
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
  { texts, screen, isDoubted }: OutcomeContext,
): TemplateResult {
  const handleClick = (event: Event) => {
    const block = (event.currentTarget as Element).closest('.code-block');
    void copy.copy(copied, block?.querySelector('code') ?? null);
  };
  const note = {
    none: '',
    copied: texts.copied(copied.slice(-tail)),
    'by-hand': screen === 'handheld' ? texts.copyByHand : texts.copyByKeys,
  }[copy.outcome];
  // The blanks between the groups belong to the code: a copy by hand takes them along.
  const groups = spoken
    ? shown.map((group, at) => html`${at > 0 ? ' ' : ''}<span class="whole">${group}</span>`)
    : shown;
  return html`<div part="code-block" class="code-block">
    <button part="copy-button" class=${isDoubted ? 'secondary' : 'primary'} type="button" @click=${handleClick}>${copyLabel}</button>
    <p part="copy-note" class="note ${copy.outcome}" aria-live="polite">${copy.outcome === 'copied' ? outcomeIcon('done') : ''}${note}</p>
    <p part="code-label" class="label">${label}</p>
    <code part=${part} class=${spoken ? 'code spoken' : 'code'} translate="no" dir="ltr">${groups}</code>
  </div>`;
}
