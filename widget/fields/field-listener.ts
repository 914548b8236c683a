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
