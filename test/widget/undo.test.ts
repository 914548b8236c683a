/** Undo and redo in the fields that are regrouped while they are typed into, by real keys. */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { checkouts } from './checkouts.ts';
import { chooseCard, FakeProxy, fillCard, type Mounted, mount, unmountAll } from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

async function cardForm(): Promise<Mounted> {
  const page = await mount(new FakeProxy());
  await chooseCard(page);
  return page;
}

async function typeInto(page: Mounted, name: string, text: string): Promise<HTMLInputElement> {
  const input = page.input(name);
  input.value = '';
  input.dispatchEvent(new Event('input'));
  input.focus();
  await sendKeys({ type: text });
  return input;
}

/** One driver knows no chords. */
async function chord(...keys: [string, ...string[]]): Promise<void> {
  const held = keys.slice(0, -1);
  for (const down of held) await sendKeys({ down });
  await sendKeys({ press: keys[keys.length - 1] ?? '' });
  for (const up of held.toReversed()) await sendKeys({ up });
}

describe('undo', () => {
  it('takes the last edits of a card number back, and redo brings them again', async () => {
    const page = await cardForm();
    const input = await typeInto(page, 'card_number', '401200103');
    expect(input.value).to.equal('4012 0010 3');
    await chord('Control', 'z');
    expect(input.value.trim()).to.equal('4012 0010');
    await chord('Control', 'z');
    expect(input.value).to.equal('4012 001');
    await chord('Control', 'Shift', 'z');
    expect(input.value.trim()).to.equal('4012 0010');
    await chord('Control', 'y');
    expect(input.value).to.equal('4012 0010 3');
  });

  it('takes a whole pasted text back at once', async () => {
    const page = await cardForm();
    const input = await typeInto(page, 'card_expiry', '12');
    const before = input.value;
    input.value = '1230';
    input.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste' }));
    expect(input.value).to.equal('12/30');
    await chord('Control', 'z');
    expect(input.value).to.equal(before);
  });

  it('sends what is shown after it', async () => {
    const page = await cardForm();
    await fillCard(page);
    const input = page.input('card_holder');
    input.focus();
    await sendKeys({ press: 'End' });
    await sendKeys({ type: 'X' });
    const shown = input.value;
    await chord('Control', 'z');
    expect(input.value).to.equal(shown.slice(0, -1));
    page.proxy.sendPayment = checkouts.paid;
    page.part('pay-button')!.click();
    await waitUntil(() => page.proxy.callsOf('sendPayment').length > 0);
    expect(page.proxy.callsOf('sendPayment')[0]?.body?.['card_holder']).to.equal(shown.slice(0, -1));
  });

  it('brings nothing back of a field that was cleared', async () => {
    const page = await cardForm();
    await fillCard(page);
    page.proxy.sendPayment = { ...checkouts.declined, can: { submit: false, renew: true } };
    page.proxy.renew = { ...page.element.checkout!, attempt: 2, now: '2026-11-20T12:00:09.000Z' };
    page.part('pay-button')!.click();
    await page.until('declined');
    page.element.renew();
    await page.until('choosing');
    const input = page.input('card_cvv');
    expect(input.value).to.equal('');
    input.focus();
    await chord('Control', 'z');
    expect(input.value).to.equal('');
  });
});
