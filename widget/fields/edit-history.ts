/**
 * What a field held before each edit. A field that a script regroups has lost its browser’s own history: Ctrl+Z would do
 * nothing. It holds what is typed about a card, so whoever clears the field forgets it too.
 */
const longest = 50;

export class EditHistory {
  #past: readonly string[] = [];
  #future: readonly string[] = [];

  /** The field is about to hold something else than `text`. */
  note(text: string): void {
    this.#past = [...this.#past, text].slice(-longest);
    this.#future = [];
  }

  /** What the field held before `text`; null where nothing was before. */
  undo(text: string): string | null {
    const before = this.#past[this.#past.length - 1];
    if (before === undefined) return null;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, text];
    return before;
  }

  /** What the last `undo` took back; null where there was none since the last edit. */
  redo(text: string): string | null {
    const after = this.#future[this.#future.length - 1];
    if (after === undefined) return null;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, text];
    return after;
  }

  forget(): void {
    this.#past = [];
    this.#future = [];
  }
}
