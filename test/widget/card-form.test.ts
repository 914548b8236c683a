import { expect } from '@open-wc/testing';
import { html, render } from 'lit';
import { texts } from '../../widget/i18n/pt-br.ts';
import { CardForm } from '../../widget/methods/card/card-form.ts';
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
import { waitUntil } from './wait-until.ts';

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
  it('mark a security code that turns out too long once the number is known, and say so no longer when it is right', async () => {
    const page = await mountCard();
    type(page.input('card_cvv'), '1234');
    page.input('card_cvv').dispatchEvent(new FocusEvent('blur'));
    await page.element.updateComplete;
    expect(page.input('card_cvv').getAttribute('aria-invalid')).to.equal('false');
    type(page.input('card_number'), '4012001037141112');
    page.input('card_number').dispatchEvent(new FocusEvent('blur'));
    await page.element.updateComplete;
    expect(page.input('card_cvv').getAttribute('aria-invalid')).to.equal('true');
    type(page.input('card_number'), '376411112222331');
    await page.element.updateComplete;
    page.input('card_number').dispatchEvent(new FocusEvent('blur'));
    type(page.input('card_cvv'), '1234');
    await page.element.updateComplete;
    expect(page.input('card_cvv').getAttribute('aria-invalid')).to.equal('false');
  });

  it('stand in one form of one root, with what browsers and password managers look for (adyen-web #2730, braintree-web #768)', async () => {
    const page = await mountCard();
    const form = page.element.shadowRoot!.querySelector('form')!;
    const found = [...form.querySelectorAll<HTMLInputElement>('input:not([type=radio])')].map(input => [
      input.name,
      input.id,
      // The attribute: the property is empty for tokens that a browser does not know itself (Firefox and cc-csc).
      input.getAttribute('autocomplete'),
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

  it('have labels that belong to them (bitwarden #713)', async () => {
    const page = await mountCard();
    for (const name of ['card_number', 'card_expiry', 'card_cvv', 'card_holder', 'card_installments']) {
      expect(page.input(name).labels).to.have.length(1);
    }
  });

  it('are large enough to touch and not to zoom (adyen-web #967)', async () => {
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

  it('keep the caret behind the digit that was typed in the middle (jquery.payment #24)', async () => {
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

  it('take what autofill writes, a date with the year first too (card-validator #69)', async () => {
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

  it('say “Visa ou Elo” while the number may be of either, with no brand’s picture, and decide with more digits', async () => {
    const page = await mountCard();
    const input = page.input('card_number');
    const tile = () => page.part<SVGElement>('card-brand')!;
    type(input, '4514');
    await page.element.updateComplete;
    expect(tile().getAttribute('aria-label')).to.equal('Visa ou Elo');
    expect(tile().querySelector('text')).to.equal(null);
    type(input, '16');
    await page.element.updateComplete;
    expect(tile().getAttribute('aria-label')).to.equal('Elo');
    expect(tile().querySelector('text')!.textContent).to.equal('elo');
  });

  it('show no picture while too many brands are possible to name them', async () => {
    const page = await mountCard();
    type(page.input('card_number'), '6');
    await page.element.updateComplete;
    expect(page.part('card-brand')).to.equal(null);
  });

  it('take a paste over a selection, whatever separates its digits', async () => {
    const page = await mountCard();
    const input = page.input('card_number');
    type(input, '4012001037141112');
    for (const separator of [' ', '-', '.', '\u00a0', '\u2009', '\u3000']) {
      input.setSelectionRange(5, 9);
      input.setRangeText(`9９${separator}99`, 5, 9, 'end');
      input.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste' }));
      expect(input.value).to.equal('4012 9999 3714 1112');
      expect(input.selectionStart).to.equal(9);
    }
  });

  it('keep the caret where keyboards that replace, drop and undo leave it', async () => {
    const page = await mountCard();
    const input = page.input('card_number');
    for (const inputType of [
      'insertReplacementText',
      'insertCompositionText',
      'insertFromDrop',
      'historyUndo',
    ]) {
      input.focus();
      input.value = '40129001';
      input.setSelectionRange(5, 5);
      input.dispatchEvent(new InputEvent('input', { inputType }));
      expect(input.value).to.equal('4012 9001', inputType);
      expect(input.selectionStart).to.equal(6, inputType);
    }
  });

  it('take another month over the one that is there, digit by digit', async () => {
    const page = await mountCard();
    const input = page.input('card_expiry');
    type(input, '0529');
    expect(input.value).to.equal('05/29');
    input.setSelectionRange(0, 2);
    type(input, '1');
    expect(input.value).to.equal('1/29');
    type(input, '2');
    expect(input.value).to.equal('12/29');
    expect(input.selectionStart).to.equal(2);
  });

  it('are filled at once as Chromium’s autofill does it: values first, then events without a type', async () => {
    const page = await mountCard();
    const filled = {
      card_number: '5090510000414209',
      card_expiry: '2030-04',
      card_cvv: '123',
      card_holder: 'Marina Azevedo',
    };
    for (const [name, value] of Object.entries(filled)) page.input(name).value = value;
    for (const name of Object.keys(filled)) {
      for (const type of ['keydown', 'input', 'keyup', 'change', 'blur'])
        page.input(name).dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    }
    await page.element.updateComplete;
    expect(Object.keys(filled).map(name => page.input(name).value)).to.deep.equal([
      '5090 5100 0041 4209',
      '04/30',
      '123',
      'Marina Azevedo',
    ]);
    expect(page.element.shadowRoot!.querySelectorAll('[aria-invalid=true]')).to.have.length(0);
    page.part('pay-button')!.click();
    expect(page.element.state).to.equal('submitting');
  });

  it('ask for the month that a password manager left out', async () => {
    const page = await mountCard();
    const input = page.input('card_expiry');
    input.value = '2030';
    input.dispatchEvent(new Event('input'));
    expect(input.value).to.equal('/2030');
    leave(input);
    await page.element.updateComplete;
    expect(errorOf(page, 'card_expiry')).to.equal('Informe mês e ano, ex. 12/29');
  });

  it('never move the focus on by themselves (adyen-web #3436)', async () => {
    const page = await mountCard();
    type(page.input('card_number'), testCard);
    await page.element.updateComplete;
    expect(page.element.shadowRoot!.activeElement?.id).to.equal('card_number');
  });

  it('ask American Express for the four digits on the front', async () => {
    const page = await mountCard();
    expect(text(page.element.shadowRoot!.querySelector('#card_cvv-hint'))).to.equal('3 dígitos no verso');
    type(page.input('card_number'), '378282246310005');
    type(page.input('card_cvv'), '12345');
    await page.element.updateComplete;
    expect(page.input('card_number').value).to.equal('3782 822463 10005');
    expect(page.input('card_cvv').value).to.equal('1234');
    expect(text(page.element.shadowRoot!.querySelector('#card_cvv-hint'))).to.equal('4 dígitos na frente');
  });
});

/** As wide as the tag is on a phone of 360 px. */
const onPhone = { style: 'width: 336px' };

for (const locale of ['pt-BR', 'es', 'es-MX', 'en']) {
  describe(`the card form on a phone, in ${locale}`, () => {
    const mountPhone = async () => {
      const page = await mount(cardOnly(), { attributes: { locale, ...onPhone } });
      await chooseCard(page);
      return page;
    };
    const linesOf = (shown: Element) => {
      const range = document.createRange();
      range.selectNodeContents(shown);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    };

    it('stays as tall as it is when the number becomes one of American Express', async () => {
      const page = await mountPhone();
      const fields = page.part('card-fields')!;
      const before = fields.getBoundingClientRect().height;
      type(page.input('card_number'), '378282246310005');
      await page.element.updateComplete;
      expect(page.part('card-brand')!.getAttribute('aria-label')).to.equal('American Express');
      expect(fields.getBoundingClientRect().height).to.equal(before);
    });

    it('has no label, hint or error of more than two lines', async () => {
      const page = await mountPhone();
      const tallest = () =>
        Math.max(
          ...[
            ...page.element.shadowRoot!.querySelectorAll('.label, .hint:not(.hidden), .field .error span'),
          ].map(linesOf),
        );
      expect(tallest()).to.be.within(1, 2);
      page.part('pay-button')!.click();
      await page.shows('error-summary');
      expect(page.element.shadowRoot!.querySelectorAll('.field .error')).to.have.length(4);
      expect(tallest()).to.equal(2);
      for (const [name, value] of [
        ['card_number', '4012001037141113'],
        ['card_expiry', '1026'],
        ['card_cvv', '12'],
        ['card_holder', '4012 0010 3714 1112'],
      ] as const) {
        type(page.input(name), value);
        leave(page.input(name));
      }
      await page.element.updateComplete;
      expect(page.element.shadowRoot!.querySelectorAll('.field .error')).to.have.length(4);
      expect(tallest()).to.equal(2);
    });
  });
}

describe('errors of the card form', () => {
  it('are not said while typing, only when the field is left', async () => {
    const page = await mountCard();
    type(page.input('card_number'), '4012001037141113');
    await page.element.updateComplete;
    expect(errorOf(page, 'card_number')).to.equal('');
    leave(page.input('card_number'));
    await page.element.updateComplete;
    expect(errorOf(page, 'card_number')).to.equal('Número de cartão inválido. Confira os dígitos.');
    expect(page.input('card_number').getAttribute('aria-invalid')).to.equal('true');
    expect(page.input('card_number').getAttribute('aria-describedby')).to.contain('card_number-error');
  });

  it('say that a card number typed as the name stands in the wrong field', async () => {
    const page = await mountCard();
    type(page.input('card_holder'), '4012 0010 3714 1112');
    leave(page.input('card_holder'));
    await page.element.updateComplete;
    expect(errorOf(page, 'card_holder')).to.equal('Digite o nome como está no cartão, não o número');
    page.input('card_holder').select();
    type(page.input('card_holder'), 'MARIA D’ÁVILA 2ª');
    await page.element.updateComplete;
    expect(errorOf(page, 'card_holder')).to.equal('');
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
  it('say count, value, total and interest (stripe-ios #1736)', async () => {
    const page = await mountCard();
    const options = [...page.input('card_installments').querySelectorAll('option')].map(text);
    expect(options).to.deep.equal([
      'À vista · R$ 123,45',
      '2x de R$ 64,51 · total R$ 129,02 · com juros 2,99% a.m.',
      '3x de R$ 41,15 sem juros',
    ]);
  });

  it('say the total where the payments do not add up to it, by a cent', async () => {
    const checkout = createCheckout({
      methods: ['CREDITCARD'],
      installments: [
        { installments: 1, amount: 100, total: 100 },
        { installments: 3, amount: 33.33, total: 100 },
      ],
    });
    const page = await mount(new FakeProxy(checkout));
    await page.element.updateComplete;
    await waitUntil(() => page.input('card_installments').querySelector('option'));
    const [, three] = [...page.input('card_installments').querySelectorAll('option')].map(text);
    expect(three).to.equal('3x de R$ 33,33 sem juros · total R$ 100,00');
  });

  it('are one sum in the summary, the interest by itself, and its end is what the button charges', async () => {
    const page = await mountCard();
    const select = page.input('card_installments');
    select.value = '2';
    select.dispatchEvent(new Event('change'));
    await page.element.updateComplete;
    expect([...page.part('summary')!.querySelectorAll('div')].map(text)).to.deep.equal([
      'SubtotalR$ 123,45',
      'Juros do parcelamentoR$ 5,57',
      'TotalR$ 129,02',
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

  it('are told below the select too where it may cut what they cost, and not where all is read in it', async () => {
    const page = await mountCard();
    const select = page.input('card_installments');
    const below = async (count: string) => {
      select.value = count;
      select.dispatchEvent(new Event('change'));
      await page.element.updateComplete;
      return text(page.element.shadowRoot!.querySelector('#card_installments-hint'));
    };
    expect(await below('2')).to.equal('total R$ 129,02 · com juros 2,99% a.m.');
    expect(await below('3')).to.equal('');
    expect(await below('1')).to.equal('');
  });

  it('begin where the text of the other fields does, with an arrow away from the border', async () => {
    const page = await mountCard();
    const select = page.input('card_installments');
    const start = (control: Element) => getComputedStyle(control).paddingLeft;
    expect(start(select)).to.equal(start(page.input('card_holder')));
    expect(getComputedStyle(select).appearance).to.equal('none');
    const arrow = select.parentElement!.querySelector('svg path')!;
    expect(select.getBoundingClientRect().right - arrow.getBoundingClientRect().right).to.be.within(10, 16);
  });

  it('say the price of one payment before the rules are loaded as after', async () => {
    const checkout = createCheckout({ methods: ['CREDITCARD'] });
    const now = () => new Date('2026-11-20T12:00:00Z');
    const form = new CardForm({ requestUpdate: () => {}, now });
    const actions = { choose: () => {}, submit: () => {}, renew: () => {}, retry: () => {} };
    const context = {
      texts,
      locale: 'pt-BR',
      now: now().getTime(),
      actions,
      pause: html``,
      adornments: null,
    };
    const place = document.createElement('div');
    const shown = () => {
      render(form.render(checkout, context), place);
      return text(place.querySelector('#card_installments')!.firstElementChild);
    };
    expect(form.isReady).to.equal(false);
    const early = shown();
    await form.prepare();
    expect(form.isReady).to.equal(true);
    expect([early, shown()]).to.deep.equal(['À vista · R$ 123,45', 'À vista · R$ 123,45']);
  });

  it('are not asked for when there is one row', async () => {
    const proxy = new FakeProxy(createCheckout({ methods: ['CREDITCARD'], installments: [] }));
    const page = await mount(proxy);
    expect(page.element.shadowRoot!.querySelector('[name=card_installments]')).to.equal(null);
  });
});

describe('the summary', () => {
  const inDollars = createCheckout({
    totals: {
      amount: 376.1,
      asset: 'BRL',
      original_amount: 100,
      original_asset: 'USD',
      customer_fees: 37.61,
      customer_amount: 413.71,
    },
    customer_fees: [{ name: 'TAXES_FEE', amount: 37.61, asset: 'BRL' }],
    installments: [],
  });

  for (const [locale, lines] of [
    [
      'pt-BR',
      [
        'Preço originalUS$ 100,00',
        'Cotação1 USD = 3,761 BRL',
        'SubtotalR$ 376,10',
        'ImpostosR$ 37,61',
        'TotalR$ 413,71',
      ],
    ],
    [
      'es',
      [
        'Precio en la tiendaUSD 100.00',
        'Tipo de cambio1 USD = 3.761 BRL',
        'SubtotalR$376.10',
        'ImpuestosR$37.61',
        'TotalR$413.71',
      ],
    ],
    [
      'en',
      [
        'Shop price$100.00',
        'Exchange rate1 USD = 3.761 BRL',
        'SubtotalR$376.10',
        'TaxesR$37.61',
        'TotalR$413.71',
      ],
    ],
  ] as const) {
    it(`shows both amounts of an order in dollars, the rate between them and the fees, in ${locale}`, async () => {
      const page = await mount(new FakeProxy(inDollars), { attributes: { locale } });
      expect([...page.part('summary')!.querySelectorAll('div')].map(text)).to.deep.equal(lines);
      expect(text(page.part('pay-button'))).to.contain(lines[4].replace('Total', ''));
    });
  }
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
