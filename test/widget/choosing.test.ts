import { expect } from '@open-wc/testing';
import { checkouts, createCheckout, token } from './checkouts.ts';
import {
  chooseCard,
  FakeProxy,
  later,
  mount,
  mountEarly,
  problem,
  testCard,
  text,
  type,
  unmountAll,
  waitForInput,
} from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

describe('the first screen', () => {
  it('shows a frame before the first answer, and an empty live region (adyen-web #3112)', async () => {
    const { answer, give } = later();
    const page = mountEarly(new FakeProxy(answer));
    await page.element.updateComplete;
    expect(page.element.state).to.equal('loading');
    expect(page.element.matches(':state(loading)')).to.equal(true);
    expect(page.part('skeleton')).to.exist;
    expect(page.part('status')?.getAttribute('role')).to.equal('status');
    expect(text(page.part('status'))).to.equal('');
    give(createCheckout());
    await page.shows('pay-button');
    expect(page.part('skeleton')).to.equal(null);
  });

  it('has the engine’s number formats ready before the first answer is there', async () => {
    const { NumberFormat } = Intl;
    let made = 0;
    Object.assign(Intl, {
      NumberFormat: new Proxy(NumberFormat, {
        construct(target, options) {
          made += 1;
          return Reflect.construct(target, options);
        },
      }),
    });
    try {
      const { answer } = later();
      const page = mountEarly(new FakeProxy(answer));
      await waitUntil(() => made > 0, 'no format was made');
      expect(page.element.state).to.equal('loading');
    } finally {
      Object.assign(Intl, { NumberFormat });
    }
  });

  it('reads the checkout of its token once', async () => {
    const page = await mount(new FakeProxy());
    expect(page.proxy.calls.map(call => call.url)).to.deep.equal([
      `https://pay.shop.example/v1/checkout/${token}`,
    ]);
  });

  it('offers native radios in the order of the checkout, the first one open (adyen-web #1695)', async () => {
    const page = await mount(new FakeProxy());
    const radios = [
      ...page.element.shadowRoot!.querySelectorAll<HTMLInputElement>('fieldset input[type=radio]'),
    ];
    expect(radios.map(radio => radio.value)).to.deep.equal(['PIX', 'CREDITCARD', 'BOLETO']);
    expect(radios.map(radio => radio.checked)).to.deep.equal([true, false, false]);
    expect(page.eventsOf('letpay-ready').map(event => event.methods)).to.deep.equal([
      ['PIX', 'CREDITCARD', 'BOLETO'],
    ]);
  });

  it('keeps to the merchant’s choice and order of methods', async () => {
    const page = await mount(new FakeProxy(), { attributes: { methods: 'BOLETO, PIX, PAYCASH' } });
    const radios = [...page.element.shadowRoot!.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect(radios.map(radio => radio.value)).to.deep.equal(['BOLETO', 'PIX']);
  });

  it('has no chooser when there is one method', async () => {
    const page = await mount(new FakeProxy(createCheckout({ methods: ['CREDITCARD'] })));
    expect(page.element.shadowRoot!.querySelector('input[type=radio]')).to.equal(null);
    expect(page.part('method-CREDITCARD')).to.exist;
    expect(page.input('card_number')).to.exist;
  });

  it('has one main button, and it names the amount', async () => {
    const page = await mount(new FakeProxy());
    expect(page.element.shadowRoot!.querySelectorAll('.primary')).to.have.length(1);
    expect(text(page.part('pay-button'))).to.equal('Gerar código Pix · R$ 123,45');
    page.part('method-CREDITCARD')!.click();
    await page.element.updateComplete;
    expect(text(page.part('pay-button'))).to.equal('Pagar R$ 123,45');
  });

  it('says when the shopper changes the method, and asks the proxy nothing', async () => {
    const page = await mount(new FakeProxy());
    page.part('method-BOLETO')!.click();
    expect(page.eventsOf('letpay-method-change').map(event => event.method)).to.deep.equal(['BOLETO']);
    expect(page.proxy.calls).to.have.length(1);
  });

  it('lists the shopper’s fees and the total', async () => {
    const base = createCheckout();
    const checkout = createCheckout({
      totals: { ...base.totals!, customer_fees: 37.61, customer_amount: 161.06 },
      customer_fees: [{ name: 'TAXES_FEE', amount: 37.61, asset: 'BRL' }],
    });
    const page = await mount(new FakeProxy(checkout));
    expect(text(page.part('summary'))).to.contain('ImpostosR$ 37,61');
    expect(text(page.part('total'))).to.contain('R$ 161,06');
  });

  it('has the sum beside the form, level with it, and no empty column without one', async () => {
    const attributes = { style: 'width: 1024px' };
    for (const methods of [['PIX'], ['PIX', 'BOLETO']] as const) {
      const page = await mount(new FakeProxy(createCheckout({ methods: [...methods] })), { attributes });
      const [sum, list] = ['.summary', '.methods'].map(selector =>
        page.element.shadowRoot!.querySelector(selector)!.getBoundingClientRect(),
      );
      expect(sum!.top, `${methods}`).to.be.closeTo(list!.top, 1);
      expect(sum!.left).to.be.above(list!.right);
    }
    const page = await mount(new FakeProxy(createCheckout({ totals: null })), { attributes });
    const { offsetWidth } = page.part('method-list')!;
    expect(offsetWidth).to.equal(page.part('form')!.offsetWidth);
  });

  it('can be paid when the amount is known to the PSP alone', async () => {
    const page = await mount(new FakeProxy(createCheckout({ totals: null, installments: [] })));
    expect(text(page.part('pay-button'))).to.equal('Gerar código Pix');
  });

  it('marks a test payment (pagseguro-modulo-prestashop #186)', async () => {
    const page = await mount(new FakeProxy(createCheckout({ test_mode: true })));
    expect(text(page.part('test-ribbon'))).to.equal('Ambiente de teste: nada será cobrado');
  });

  it('starts afresh with another token and forgets the card', async () => {
    const page = await mount(new FakeProxy());
    await chooseCard(page);
    type(page.input('card_number'), testCard);
    page.element.paymentToken = 'another-token';
    await waitUntil(() => page.proxy.calls.length === 2);
    await page.shows('pay-button');
    expect(page.proxy.calls[1]?.url).to.contain('/another-token');
    expect(page.input('card_number').value).to.equal('');
  });

  it('keeps its state and what was typed when it is moved in the page (react-stripe-elements #282)', async () => {
    const page = await mount(new FakeProxy());
    await chooseCard(page);
    type(page.input('card_number'), '4012');
    const other = document.body.appendChild(document.createElement('div'));
    other.append(page.element);
    await page.element.updateComplete;
    expect(page.input('card_number').value).to.equal('4012');
    expect(page.proxy.calls).to.have.length(1);
    other.remove();
  });

  it('reads again after it was away, and holds no card data meanwhile', async () => {
    const page = await mount(new FakeProxy());
    await chooseCard(page);
    type(page.input('card_number'), testCard);
    page.element.remove();
    await waitUntil(() => page.element.state === 'idle');
    await page.element.updateComplete;
    expect(page.element.shadowRoot!.querySelector('[name=card_number]')).to.equal(null);
    document.body.append(page.element);
    await page.until('choosing');
    await page.shows('pay-button');
    expect(page.input('card_number').value).to.equal('');
    expect(page.proxy.calls).to.have.length(2);
  });

  it('works after it was taken out and put back fifty times, and leaves no feed open (adyen-web #1638)', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    for (let round = 0; round < 50; round++) {
      page.element.remove();
      await waitUntil(() => page.element.state === 'idle', undefined, { interval: 1 });
      document.body.append(page.element);
    }
    await page.until('waiting');
    await waitUntil(() => page.proxy.feeds.size === 1, 'the feed of the last round');
    page.element.remove();
    await waitUntil(() => page.proxy.feeds.size === 0, 'a feed stayed open');
  });

  it('tells a developer what happened', async () => {
    const page = await mount(new FakeProxy());
    const { state, trace } = page.element.diagnostics();
    expect(state).to.equal('choosing');
    expect(trace.map(entry => `${entry.from} > ${entry.to} (${entry.reason})`)).to.deep.equal([
      'idle > loading (open)',
      'loading > choosing (read)',
    ]);
  });

  it('takes the focus to where the shopper begins', async () => {
    const page = await mount(new FakeProxy());
    page.element.focus();
    expect(page.element.shadowRoot!.activeElement?.getAttribute('value')).to.equal('PIX');
  });

  it('needs no permission of a content security policy', async () => {
    for (const checkout of Object.values(checkouts)) {
      const page = await mount(new FakeProxy(checkout));
      await page.shows('title');
      expect(page.element.shadowRoot!.querySelectorAll('[style], style, script')).to.have.length(0);
    }
  });

  it('shows the merchant’s own words on the button', async () => {
    const page = await mount(new FakeProxy());
    const label = document.createElement('span');
    label.slot = 'submit-label';
    label.textContent = 'Pagar na Loja Tal';
    page.element.append(label);
    const slot = page.part('pay-button')!.querySelector('slot')!;
    expect(slot.assignedElements().map(text)).to.deep.equal(['Pagar na Loja Tal']);
  });

  it('lets two elements of one page stand apart', async () => {
    const first = await mount(new FakeProxy(checkouts.paid));
    const second = await mount(new FakeProxy(), { attributes: { locale: 'en' } });
    expect(first.element.state).to.equal('paid');
    expect(text(first.part('title'))).to.equal('Pagamento aprovado');
    expect(text(second.part('title'))).to.equal('How would you like to pay?');
  });
});

describe('language', () => {
  it('speaks the nearest lang, through shadow roots', async () => {
    const outer = document.body.appendChild(document.createElement('div'));
    outer.lang = 'es-AR';
    const inner = outer.attachShadow({ mode: 'open' });
    const page = await mount(new FakeProxy(), { parent: inner, attributes: { locale: '' } });
    expect(text(page.part('title'))).to.equal('¿Cómo quieres pagar?');
    outer.remove();
  });

  it('changes its words when the locale changes', async () => {
    const page = await mount(new FakeProxy());
    page.element.locale = 'en';
    await waitUntil(() => text(page.part('title')) === 'How would you like to pay?');
    expect(text(page.part('pay-button'))).to.equal('Get Pix code · R$123.45');
  });

  it('says “meses” on a page in Spanish as soon as the order is Mexican, unless the merchant says otherwise', async () => {
    const outer = document.body.appendChild(document.createElement('div'));
    outer.lang = 'es';
    const checkout = createCheckout({ methods: ['CREDITCARD'], country: 'MX', currency: 'MXN' });
    for (const [locale, words] of [
      ['', '3 meses sin intereses de'],
      ['es', '3 cuotas de'],
    ] as const) {
      const page = await mount(new FakeProxy(checkout), { parent: outer, attributes: { locale } });
      const select = await waitForInput(page, 'card_installments');
      await waitUntil(() => text(select).includes(words));
    }
    outer.remove();
  });

  it('says “meses” in Mexico', async () => {
    const checkout = createCheckout({ methods: ['CREDITCARD'], country: 'MX', currency: 'MXN' });
    const page = await mount(new FakeProxy(checkout), { attributes: { locale: 'es-MX' } });
    expect(text(await waitForInput(page, 'card_installments'))).to.contain('3 meses sin intereses de');
  });
});

describe('a checkout that cannot work', () => {
  it('names the reason and the support code, and tries again', async () => {
    const page = await mount(new FakeProxy(problem(404, 'not_found')));
    expect(page.element.state).to.equal('error');
    expect(text(page.part('message'))).to.contain('Não encontramos este pagamento');
    expect(text(page.part('support-code'))).to.contain('not_found · req-1');
    const [error] = page.eventsOf('letpay-error');
    expect([error?.code, error?.requestId]).to.deep.equal(['not_found', 'req-1']);
    page.proxy.checkout = createCheckout();
    page.part('retry-button')!.click();
    await page.shows('pay-button');
    expect(page.element.state).to.equal('choosing');
  });

  it('does not push another try where only the shop can help', async () => {
    for (const code of ['not_found', 'origin_not_allowed']) {
      const page = await mount(new FakeProxy(problem(403, code)));
      expect(page.part('retry-button')!.className, code).to.equal('quiet');
    }
    const down = await mount(new FakeProxy(problem(503, 'psp_unavailable')));
    expect(down.part('retry-button')!.className).to.equal('primary');
  });

  it('speaks of the shop, not of another method, where there is none', async () => {
    const checkout = createCheckout({ methods: [], return_url: 'https://shop.example/orders/1' });
    const page = await mount(new FakeProxy(checkout));
    expect(text(await page.shows('message'))).to.equal(
      'Este pedido não tem forma de pagamento disponível aqui. Fale com a loja.',
    );
    expect(page.part<HTMLAnchorElement>('return-link')!.className).to.equal('primary');
    expect(page.part('retry-button')!.className).to.equal('quiet');
  });

  it('calls a dead network by its name', async () => {
    const page = await mount(new FakeProxy(new TypeError('failed to fetch')));
    expect(text(page.part('message'))).to.contain('Sem conexão');
  });

  it('does not show an answer that it cannot read', async () => {
    const page = await mount(new FakeProxy(Response.json({ hello: 'world' })));
    expect(page.eventsOf('letpay-error')[0]?.code).to.equal('unreadable');
  });
});
