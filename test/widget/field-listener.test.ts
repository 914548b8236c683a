/** What stands in a field counts, whoever wrote it; and keys typed into a field are not the page’s. */
import { expect } from '@open-wc/testing';
import { checkouts, createCheckout } from './checkouts.ts';
import { FakeProxy, type Mounted, mount, text, unmountAll } from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

const onlyCard = createCheckout({ methods: ['CREDITCARD'] });
const values = {
  card_number: '4012 0010 3714 1112',
  card_expiry: '12/29',
  card_cvv: '123',
  card_holder: 'MARINA AZEVEDO',
};

/** With the part that loads while the shopper reads the form. */
async function mountCard(): Promise<Mounted> {
  const page = await mount(new FakeProxy(onlyCard));
  await waitUntil(() => page.part('status')?.querySelector('span'), 'it never came');
  return page;
}

/** As some password managers and robots do: no event tells of it. */
function writeSilently(page: Mounted): void {
  for (const [name, value] of Object.entries(values)) page.input(name).value = value;
}

/** As a paste: the field holds the text, and the event names its kind. */
function paste(page: Mounted, name: string, pasted: string): HTMLInputElement {
  const input = page.input(name);
  input.focus();
  input.value = pasted;
  input.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
  return input;
}

describe('fields that were filled without an event', () => {
  for (const submit of [
    (page: Mounted) => page.part('pay-button')!.click(),
    (page: Mounted) => void page.element.submit(),
  ]) {
    it('are submitted as they stand', async () => {
      const page = await mountCard();
      page.proxy.sendPayment = checkouts.paid;
      writeSilently(page);
      submit(page);
      await page.until('paid');
      const { card_number, card_holder, card_cvv } = page.proxy.callsOf('sendPayment')[0]?.body ?? {};
      expect([card_number, card_holder, card_cvv]).to.deep.equal([
        '4012001037141112',
        'MARINA AZEVEDO',
        '123',
      ]);
    });
  }

  it('are checked when they are left', async () => {
    const page = await mountCard();
    const number = page.input('card_number');
    number.focus();
    number.value = '4012001037141113';
    number.blur();
    await page.shows('error');
    expect(text(page.part('error'))).to.contain('inválido');
  });
});

describe('a pasted line', () => {
  it('becomes its number, and its expiry where that field is empty', async () => {
    const page = await mountCard();
    paste(page, 'card_number', '4012001037141112 12/29 123');
    await page.element.updateComplete;
    expect(page.input('card_number').value).to.equal('4012 0010 3714 1112');
    expect(page.input('card_expiry').value).to.equal('12/29');
  });

  it('of two numbers that are one in no reading stays to be seen, and is too long', async () => {
    const page = await mountCard();
    const input = paste(page, 'card_number', '4012 0010 3714 1113 4012 0010 3714 1113');
    input.blur();
    await page.shows('error');
    expect(text(page.part('error'))).to.contain('dígitos demais');
    expect(input.value.replace(/\D/g, '')).to.have.length(32);
  });
});

describe('a page’s hotkeys', () => {
  const heard: string[] = [];
  const listen = (event: Event) => heard.push((event as KeyboardEvent).key);
  const types = ['keydown', 'keypress', 'keyup'] as const;
  beforeEach(() => {
    heard.length = 0;
    for (const type of types) window.addEventListener(type, listen);
  });
  afterEach(() => {
    for (const type of types) window.removeEventListener(type, listen);
  });

  function press(target: Element, init: KeyboardEventInit): void {
    for (const type of types)
      target.dispatchEvent(
        new KeyboardEvent(type, { bubbles: true, composed: true, cancelable: true, ...init }),
      );
  }

  it('hear nothing of what is typed into a field', async () => {
    const page = await mountCard();
    for (const key of ['4', 's', '/', 'Backspace', 'ArrowLeft']) press(page.input('card_number'), { key });
    expect(heard).to.deep.equal([]);
  });

  it('hear Tab, Escape, Enter and combinations, and what is pressed outside the fields', async () => {
    const page = await mount(new FakeProxy(createCheckout()));
    const field = page.part('method-CREDITCARD')!.querySelector('input')!;
    press(field, { key: 's' });
    expect(heard).to.deep.equal(['s', 's', 's']);
    heard.length = 0;
    const card = await mountCard();
    const input = card.input('card_number');
    for (const key of ['Tab', 'Escape', 'Enter']) press(input, { key });
    press(input, { key: 'k', ctrlKey: true });
    press(input, { key: 'k', metaKey: true });
    expect(new Set(heard)).to.deep.equal(new Set(['Tab', 'Escape', 'Enter', 'k']));
  });
});
