/**
 * Stands between the fields and the page, in both directions.
 *
 * What stands in a field counts, whoever wrote it there: some password managers and robots tell of it by no event. And the
 * keys of a field are its own: a page’s hotkeys look at the target, which from outside is the tag and no field.
 */

/** The page’s too, whatever has the focus. */
const sharedKeys: readonly string[] = ['Tab', 'Escape', 'Enter'];

function isText(target: EventTarget | undefined): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.type === 'text';
}

/**
 * Ctrl+Z and Ctrl+Y, ⌘Z and ⇧⌘Z, as the edit that they ask for: a browser asks for none in a field whose text a script has
 * set. Nothing happens twice: who takes it prevents it.
 */
function travel(event: Event): void {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event as KeyboardEvent;
  const [target] = event.composedPath();
  // Autofill sends keys without a name.
  if (!isText(target) || altKey || ctrlKey === metaKey || !/^[zy]$/i.test(key)) return;
  const inputType = /y/i.test(key) || shiftKey ? 'historyRedo' : 'historyUndo';
  const asked = new InputEvent('beforeinput', { inputType, cancelable: true });
  if (!target.dispatchEvent(asked)) event.preventDefault();
}

/** Listeners on `window` in the capture phase come first; no element can keep a key from them. */
function keepKey(event: Event): void {
  const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent;
  if (!isText(event.composedPath()[0]) || ctrlKey || metaKey || altKey || sharedKeys.includes(key)) return;
  event.stopPropagation();
}

export class FieldListener {
  readonly #root: ParentNode;

  /** `isOpen`: whether something can be entered now. A field that goes with its screen has nothing more to say. */
  constructor(root: ShadowRoot, isOpen: () => boolean) {
    this.#root = root;
    for (const type of ['keydown', 'keypress', 'keyup']) root.addEventListener(type, keepKey);
    root.addEventListener('keydown', travel);
    // Before the field itself hears that it was left.
    root.addEventListener(
      'blur',
      () => {
        if (isOpen()) this.hear();
      },
      true,
    );
  }

  /** Makes every field tell what stands in it. */
  hear(): void {
    for (const input of this.#root.querySelectorAll('input'))
      if (isText(input)) input.dispatchEvent(new Event('change'));
  }
}
