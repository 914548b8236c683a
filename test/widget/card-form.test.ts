import { expect, waitUntil } from '@open-wc/testing';
import { createCheckout } from './checkouts.ts';
import {
  chooseCard,
  FakeProxy,
  fillCard,
  type Mounted,
  mount,
  testCard,
  text,
  type,
  unmountAll,
} from './harness.ts';

afterEach(unmountAll);

const cardOnly = () => new FakeProxy(createCheckout({ methods: ['CREDITCARD'] }));

async function mountCard(): Promise<Mounted> {
  const page = await mount(cardOnly());
  await chooseCard(page);
  return page;
}

function errorOf(page: Mounted, name: string): string {
  return text(page.element.shadowRoot!.querySelector(`#${name}-error`));
}

function leave(input: HTMLInputElement): void {
  input.focus();
  input.blur();
}

describe('the card fields', () => {
  it('stand in one form of one root, with what browsers and password managers look for', async () => {
    const page = await mountCard();
    const form = page.element.shadowRoot!.querySelector('form')!;
    const found = [...form.querySelectorAll<HTMLInputElement>('input:not([type=radio])')].map(input => [
      input.name,
      input.id,
      input.autocomplete,
      input.inputMode,
      input.pattern,
    ]);
    expect(found).to.deep.equal([
      ['card_number', 'card_number', 'cc-number', 'numeric', ''],
      ['card_expiry', 'card_expiry', 'cc-exp', 'numeric', ''],
      ['card_cvv', 'card_cvv', 'cc-csc', 'numeric', ''],
      ['card_holder', 'card_holder', 'cc-name', 'text', ''],
    ]);
  });

  it('have labels that belong to them', async () => {
    const page = await mountCard();
    for (const name of ['card_number', 'card_expiry', 'card_cvv', 'card_holder', 'card_installments']) {
      expect(page.input(name).labels).to.have.length(1);
    }
  });

  it('are large enough to touch and not to zoom', async () => {
    const page = await mountCard();
    for (const name of ['card_number', 'card_cvv', 'card_installments']) {
      expect(page.input(name).getBoundingClientRect().height).to.be.at.least(44);
      expect(Number.parseFloat(getComputedStyle(page.input(name)).fontSize)).to.be.at.least(16);
    }
  });

  it('group the number while it is typed and name the brand', async () => {
    const page = await mountCard();
    type(page.input('card_number'), testCard);
    await page.element.updateComplete;
    expect(page.input('card_number').value).to.equal('4012 0010 3714 1112');
    expect(page.part('card-brand')?.getAttribute('aria-label')).to.equal('Visa');
  });

  it('keep the caret behind the digit that was typed in the middle', async () => {
    const page = await mountCard();
    const input = page.input('card_number');
    type(input, '40120010');
    input.setSelectionRange(2, 2);
    type(input, '9');
    expect(input.value).to.equal('4091 2001 0');
    expect(input.selectionStart).to.equal(3);
  });

  it('delete the digit before a gap, not only the gap', async () => {
    const page = await mountCard();
    const input = page.input('card_number');
    type(input, '40120');
    expect(input.value).to.equal('4012 0');
    input.setSelectionRange(5, 5);
    input.dispatchEvent(new InputEvent('beforeinput', { inputType: 'deleteContentBackward' }));
    input.setRangeText('', 4, 5, 'end');
    input.dispatchEvent(new InputEvent('input', { inputType: 'deleteContentBackward' }));
    expect(input.value).to.equal('4010');
    expect(input.selectionStart).to.equal(3);
  });

  it('know nothing of what stood there before, once the keystroke is handled', async () => {
    const page = await mountCard();
    const input = page.input('card_number');
    type(input, '40120');
    const announceDeletion = () => {
      input.setSelectionRange(5, 5);
      input.dispatchEvent(new InputEvent('beforeinput', { inputType: 'deleteContentBackward' }));
    };
    /** Takes the gap away; with the field of before in mind the digit beside it would go too. */
    const deleteGapUnannounced = () => {
      input.value = '40120';
      input.setSelectionRange(4, 4);
      input.dispatchEvent(new InputEvent('input', { inputType: 'deleteContentBackward' }));
      return input.value;
    };
    announceDeletion();
    input.dispatchEvent(new Event('input'));
    expect(deleteGapUnannounced()).to.equal('4012 0');
    announceDeletion();
    page.element.paymentToken = 'another-token';
    await waitUntil(() => page.proxy.calls.length === 2);
    expect(deleteGapUnannounced()).to.equal('4012 0');
  });

  it('leave a composition alone and group when it ends', async () => {
    const page = await mountCard();
    const input = page.input('card_number');
    input.focus();
    input.value = '40120010';
    input.dispatchEvent(new InputEvent('input', { isComposing: true }));
    expect(input.value).to.equal('40120010');
    input.dispatchEvent(new CompositionEvent('compositionend'));
    expect(input.value).to.equal('4012 0010');
  });

  it('take what autofill writes, a date with the year first too', async () => {
    const page = await mountCard();
    for (const [name, value] of [
      ['card_number', '4012-0010-3714-1112'],
      ['card_expiry', '2029-12'],
    ] as const) {
      page.input(name).value = value;
      page.input(name).dispatchEvent(new Event('input'));
    }
    expect(page.input('card_number').value).to.equal('4012 0010 3714 1112');
    expect(page.input('card_expiry').value).to.equal('12/29');
  });

  it('never move the focus on by themselves', async () => {
    const page = await mountCard();
    type(page.input('card_number'), testCard);
    await page.element.updateComplete;
    expect(page.element.shadowRoot!.activeElement?.id).to.equal('card_number');
  });

  it('ask American Express for the four digits on the front', async () => {
    const page = await mountCard();
    expect(text(page.element.shadowRoot!.querySelector('#card_cvv-hint'))).to.equal('3 números no verso');
    type(page.input('card_number'), '378282246310005');
    type(page.input('card_cvv'), '12345');
    await page.element.updateComplete;
    expect(page.input('card_number').value).to.equal('3782 822463 10005');
    expect(page.input('card_cvv').value).to.equal('1234');
    expect(text(page.element.shadowRoot!.querySelector('#card_cvv-hint'))).to.equal('4 números na frente');
  });
});

describe('errors of the card form', () => {
  it('are not said while typing, only when the field is left', async () => {
    const page = await mountCard();
    type(page.input('card_number'), '4012001037141113');
    await page.element.updateComplete;
    expect(errorOf(page, 'card_number')).to.equal('');
    leave(page.input('card_number'));
    await page.element.updateComplete;
    expect(errorOf(page, 'card_number')).to.equal('Confira o número: algum dígito está trocado');
    expect(page.input('card_number').getAttribute('aria-invalid')).to.equal('true');
    expect(page.input('card_number').getAttribute('aria-describedby')).to.contain('card_number-error');
  });

  it('go as soon as they are no longer true', async () => {
    const page = await mountCard();
    const input = page.input('card_number');
    type(input, '4012001037141113');
    leave(input);
    input.focus();
    input.setSelectionRange(18, 19);
    type(input, '2');
    await page.element.updateComplete;
    expect(errorOf(page, 'card_number')).to.equal('');
  });

  it('do not scold for a field that was only passed through', async () => {
    const page = await mountCard();
    leave(page.input('card_expiry'));
    await page.element.updateComplete;
    expect(errorOf(page, 'card_expiry')).to.equal('');
  });

  it('are all said on submit, with the focus on the first and nothing sent', async () => {
    const page = await mountCard();
    page.part('pay-button')!.click();
    await page.shows('error-summary');
    expect(page.element.shadowRoot!.activeElement?.id).to.equal('card_number');
    expect(text(page.part('error-summary'))).to.equal(
      'Confira: Número do cartão, Validade (MM/AA), Código de segurança (CVV), Nome impresso no cartão.',
    );
    expect(page.element.shadowRoot!.querySelectorAll('[aria-invalid=true]')).to.have.length(4);
    expect(page.proxy.callsOf('sendPayment')).to.have.length(0);
    expect(page.eventsOf('letpay-submit')).to.have.length(0);
  });

  it('name an expired card by the proxy’s clock', async () => {
    const page = await mountCard();
    type(page.input('card_expiry'), '1026');
    leave(page.input('card_expiry'));
    await page.element.updateComplete;
    expect(errorOf(page, 'card_expiry')).to.equal('Este cartão venceu');
  });
});

describe('installments', () => {
  it('say count, value, total and interest', async () => {
    const page = await mountCard();
    const options = [...page.input('card_installments').querySelectorAll('option')].map(text);
    expect(options).to.deep.equal([
      'À vista · R$ 123,45',
      '2x de R$ 64,51 · total R$ 129,02 · com juros 2,99% a.m.',
      '3x de R$ 41,15 sem juros',
    ]);
  });

  it('change the amount on the button and the total', async () => {
    const page = await mountCard();
    const select = page.input('card_installments');
    select.value = '2';
    select.dispatchEvent(new Event('change'));
    await page.element.updateComplete;
    expect(text(page.part('pay-button'))).to.equal('Pagar em 2x de R$ 64,51');
    expect(text(page.part('total'))).to.contain('R$ 129,02');
  });

  it('are not asked for when there is one row', async () => {
    const proxy = new FakeProxy(createCheckout({ methods: ['CREDITCARD'], installments: [] }));
    const page = await mount(proxy);
    expect(page.element.shadowRoot!.querySelector('[name=card_installments]')).to.equal(null);
  });
});

describe('submitting the card form', () => {
  it('sends LetPay’s fields and nothing else', async () => {
    const page = await mount(cardOnly());
    await fillCard(page);
    page.part('pay-button')!.click();
    expect(page.element.state).to.equal('submitting');
    await page.until('choosing');
    expect(page.proxy.callsOf('sendPayment').map(call => call.body)).to.deep.equal([
      {
        method: 'CREDITCARD',
        card_number: testCard,
        card_holder: 'MARINA AZEVEDO',
        card_cvv: '123',
        card_month: 12,
        card_year: 2029,
        card_installments: 1,
      },
    ]);
  });

  it('is what Enter in a field does', async () => {
    const page = await mount(cardOnly());
    await fillCard(page);
    page.element.shadowRoot!.querySelector('form')!.requestSubmit();
    expect(page.element.state).to.equal('submitting');
  });

  it('can be stopped by the page', async () => {
    const page = await mount(cardOnly());
    await fillCard(page);
    page.element.addEventListener('letpay-submit', event => event.preventDefault());
    expect(page.element.submit()).to.equal(false);
    expect(page.element.state).to.equal('choosing');
    expect(page.proxy.callsOf('sendPayment')).to.have.length(0);
  });
});
