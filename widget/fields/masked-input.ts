/**
 * Regroups a field while it is typed into and keeps the caret. An event listener object for `beforeinput`, `input` and
 * `compositionend`.
 *
 * Works on what the field holds after an edit, never on key codes: Android keyboards send none, autofill and paste have
 * none. While an input method composes, the field is left alone: to change it would lose the composition.
 */
import { deleteOverGap, type Edit, reformat } from './caret.ts';
import { EditHistory } from './edit-history.ts';

export class MaskedInput implements EventListenerObject {
  readonly #format: (text: string) => string;
  readonly #onText: (text: string) => void;
  readonly #onPaste: (text: string) => string;
  readonly #history = new EditHistory();
  /** The field after the last edit. */
  #shown = '';
  /** The field before the deletion that is under way. */
  #before: Edit | null = null;

  /** `onPaste`: what is made of a text that was not typed. */
  constructor(
    format: (text: string) => string,
    onText: (text: string) => void,
    onPaste: (text: string) => string = text => text,
  ) {
    this.#format = format;
    this.#onText = onText;
    this.#onPaste = onPaste;
  }

  /** For a field that is cleared: nothing of what it held is kept. */
  forget(): void {
    this.#before = null;
    this.#shown = '';
    this.#history.forget();
  }

  handleEvent(event: Event): void {
    const input = event.currentTarget as HTMLInputElement;
    const { inputType = '', isComposing = false } = event as InputEvent;
    const before = this.#before;
    this.#before = null;
    if (event.type === 'beforeinput') {
      if (inputType.startsWith('history')) this.#travel(event, input, inputType);
      if (inputType.startsWith('delete')) {
        this.#before = { text: input.value, caret: input.selectionEnd ?? 0 };
      }
      return;
    }
    if (isComposing) {
      this.#onText(input.value);
      return;
    }
    // Autofill names no type of input.
    const isPasted = !inputType || inputType.startsWith('insertFrom');
    const entered = isPasted ? this.#onPaste(input.value) : input.value;
    const caretThere = entered === input.value ? input.selectionStart : null;
    const typed = { text: entered, caret: caretThere ?? entered.length };
    const edit = before ? deleteOverGap(before, typed) : typed;
    const { text, caret } = reformat(edit.text, edit.caret, this.#format);
    if (text !== input.value) {
      input.value = text;
      // Safari moves the focus to a field whose selection is set: only the field that has it already is touched.
      const root = input.getRootNode() as Document | ShadowRoot;
      if (root.activeElement === input) input.setSelectionRange(caret, caret);
    }
    if (text !== this.#shown) this.#history.note(this.#shown);
    this.#shown = text;
    this.#onText(text);
  }

  /** `historyUndo` or `historyRedo`. What there is no history of is left to the browser. */
  #travel(event: Event, input: HTMLInputElement, inputType: string): void {
    const text =
      inputType === 'historyUndo' ? this.#history.undo(this.#shown) : this.#history.redo(this.#shown);
    if (text === null) return;
    event.preventDefault();
    this.#shown = text;
    input.value = text;
    this.#onText(text);
  }
}
