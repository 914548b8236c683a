/**
 * What frameworks do to an element: mount it twice, move it, set the same property again, change the token while an
 * answer is on its way, put it into other roots and documents. Each of these broke somebody’s checkout.
 */
import { expect } from '@open-wc/testing';
import { LetpayCheckout } from '../../widget/letpay-checkout.ts';
import { checkouts, createCheckout, instruments } from './checkouts.ts';
import {
  chooseCard,
  FakeProxy,
  fillCard,
  later,
  type Mounted,
  mount,
  mountEarly,
  text,
  type,
  unmountAll,
} from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

function order(amount: number) {
  const base = createCheckout();
  return createCheckout({
    installments: [],
    totals: { ...base.totals!, amount, original_amount: amount, customer_amount: amount },
  });
}

describe('mounted twice', () => {
  it('in one task, as StrictMode does, it reads the checkout once and works (adyen-web #1996)', async () => {
    const page = mountEarly(new FakeProxy());
    page.element.remove();
    document.body.append(page.element);
    await page.shows('pay-button');
    expect(page.proxy.calls).to.have.length(1);
    expect(page.eventsOf('letpay-ready')).to.have.length(1);
    page.proxy.sendPayment = checkouts.waiting;
    page.part('pay-button')!.click();
    await page.until('waiting');
    expect(page.proxy.callsOf('sendPayment')).to.have.length(1);
  });

  it('in one task with a payment on its way, it hears the answer and pays once', async () => {
    const page = await mount(new FakeProxy());
    const { answer, give } = later();
    page.proxy.sendPayment = answer;
    page.part('pay-button')!.click();
    await waitUntil(() => page.proxy.callsOf('sendPayment').length === 1);
    page.element.remove();
    document.body.append(page.element);
    give(checkouts.waiting);
    await page.until('waiting');
    expect(page.proxy.callsOf('sendPayment')).to.have.length(1);
  });

  it('with a pause between, before the first answer, it shows the checkout once (commercelayer-react-components #811)', async () => {
    const { answer, give } = later();
    const page = mountEarly(new FakeProxy(answer));
    page.element.remove();
    await waitUntil(() => page.element.state === 'idle');
    document.body.append(page.element);
    give(createCheckout());
    await page.shows('pay-button');
    expect(page.eventsOf('letpay-ready')).to.have.length(1);
    expect(page.eventsOf('letpay-error')).to.have.length(0);
  });
});

describe('rendered again by its parent', () => {
  it('with the same attributes and properties, it keeps what was typed and asks nothing (sdk-react #29)', async () => {
    const page = await mount(new FakeProxy());
    await chooseCard(page);
    type(page.input('card_number'), '4012');
    for (let round = 0; round < 20; round++) {
      for (const { name, value } of [...page.element.attributes]) page.element.setAttribute(name, value);
      page.element.paymentToken = `${page.element.paymentToken}`;
      page.element.methods = null;
      await page.element.updateComplete;
    }
    expect(page.input('card_number').value).to.equal('4012');
    expect(page.proxy.calls).to.have.length(1);
    expect(page.eventsOf('letpay-ready')).to.have.length(1);
  });
});

describe('another token', () => {
  it('is another amount on the button, and an event says so (react-stripe-js #385)', async () => {
    const page = await mount(new FakeProxy(order(10)));
    expect(text(page.part('pay-button'))).to.contain('R$ 10,00');
    page.proxy.checkout = order(25);
    page.element.paymentToken = 'another-token';
    await waitUntil(() => text(page.part('pay-button')).includes('R$ 25,00'));
    const [, , opened] = page.eventsOf('letpay-state-change');
    expect([opened?.previous, opened?.state, opened?.reason]).to.deep.equal(['choosing', 'loading', 'open']);
    expect(page.eventsOf('letpay-ready')).to.have.length(2);
  });

  it('wins over the answers to the tokens before it, in whatever order they come', async () => {
    const [first, second, third] = [later(), later(), later()];
    const proxy = new FakeProxy(first.answer);
    const page = mountEarly(proxy);
    await waitUntil(() => proxy.calls.length === 1);
    proxy.checkout = second.answer;
    page.element.paymentToken = 'second';
    await waitUntil(() => proxy.calls.length === 2);
    proxy.checkout = third.answer;
    page.element.paymentToken = 'third';
    await waitUntil(() => proxy.calls.length === 3);
    third.give(order(3));
    await page.shows('pay-button');
    second.give(order(2));
    first.give(checkouts.paid);
    await Promise.all([first.answer, second.answer]);
    await page.element.refresh();
    expect(page.element.state).to.equal('choosing');
    expect(text(page.part('pay-button'))).to.contain('R$ 3,00');
    expect(page.eventsOf('letpay-paid')).to.have.length(0);
  });

  it('shows nothing of a payment of the token before, whose answer comes late (adyen-web #2271)', async () => {
    const page = await mount(new FakeProxy());
    const { answer, give } = later();
    page.proxy.sendPayment = answer;
    page.part('pay-button')!.click();
    await waitUntil(() => page.proxy.callsOf('sendPayment').length === 1);
    page.proxy.checkout = order(25);
    page.element.paymentToken = 'another-token';
    await page.until('choosing');
    give(checkouts.paid);
    await answer;
    await page.element.refresh();
    expect(page.element.state).to.equal('choosing');
    expect(page.eventsOf('letpay-paid')).to.have.length(0);
  });
});

describe('two elements of one page', () => {
  it('are each ready, and each pays its own order (hyperswitch-web #1705)', async () => {
    const first = await mount(new FakeProxy(), { attributes: { 'payment-token': 'order-a' } });
    const second = await mount(new FakeProxy(), { attributes: { 'payment-token': 'order-b' } });
    for (const { proxy } of [first, second]) proxy.sendPayment = checkouts.waiting;
    second.element.submit();
    await second.until('waiting');
    expect(second.proxy.callsOf('sendPayment').map(call => call.url)).to.deep.equal([
      'https://pay.shop.example/v1/checkout/order-b/sendPayment',
    ]);
    expect(first.proxy.callsOf('sendPayment')).to.have.length(0);
    expect(first.element.state).to.equal('choosing');
    for (const page of [first, second]) expect(page.eventsOf('letpay-ready')).to.have.length(1);
  });
});

describe('other roots', () => {
  async function worksIn(page: Mounted): Promise<void> {
    await fillCard(page);
    page.element.submit();
    await page.until('waiting');
    await page.shows('copy-button');
    expect(page.part('copy-button')!.getBoundingClientRect().height).to.be.at.least(44);
  }

  it('inside three shadow roots it looks and works as in the page (braintree-web-drop-in #296)', async () => {
    const outer = document.body.appendChild(document.createElement('div'));
    let root: ShadowRoot | HTMLElement = outer;
    for (const mode of ['open', 'closed', 'open'] as const) {
      const host = document.createElement('div');
      root.append(host);
      root = host.attachShadow({ mode });
    }
    const proxy = new FakeProxy();
    proxy.sendPayment = checkouts.waiting;
    const page = await mount(proxy, { parent: root });
    const seen: string[] = [];
    document.addEventListener('letpay-paid', () => seen.push('paid'), { once: true });
    await worksIn(page);
    proxy.checkout = createCheckout({ status: 'PAID', method: 'PIX' });
    await page.element.refresh();
    await page.until('paid');
    expect(seen).to.deep.equal(['paid']);
    outer.remove();
  });

  for (const when of ['before its first screen', 'with a code on screen'] as const) {
    it(`moved into a frame’s document ${when}, it keeps its looks and works (react-paypal-js #317)`, async () => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const inside = frame.contentDocument!;
      const proxy = new FakeProxy(when === 'with a code on screen' ? checkouts.waiting : createCheckout());
      const page = mountEarly(proxy);
      if (when === 'with a code on screen') await page.shows('copy-button');
      inside.body.append(page.element);
      if (when === 'before its first screen') {
        proxy.sendPayment = checkouts.waiting;
        (await page.shows('pay-button')).click();
      }
      const button = await page.shows('copy-button');
      expect(page.element.ownerDocument).to.equal(inside);
      expect(button.getBoundingClientRect().height).to.be.at.least(44);
      frame.remove();
    });
  }

  it('goes under a private name of the merchant’s too', async () => {
    const name = 'shop-checkout';
    customElements.define(name, class extends LetpayCheckout {});
    const element = document.createElement(name) as LetpayCheckout;
    const proxy = new FakeProxy();
    element.environment = { fetch: proxy.fetch, openEvents: proxy.openEvents };
    element.setAttribute('payment-token', 'order-c');
    element.setAttribute('proxy-url', 'https://pay.shop.example');
    document.body.append(element);
    await waitUntil(() => element.shadowRoot?.querySelector('[part~="pay-button"]'));
    expect(element.state).to.equal('choosing');
    element.remove();
  });
});

describe('what the bank sends beside a boleto', () => {
  it('is never markup in the page: its HTML stays inside a frame that may do nothing (LetPay boleto_html)', async () => {
    const html =
      '<p id="bank">Banco</p><img src="https://bank.example/pixel.png"><script>window.bankRan = true</script>';
    const page = await mount(
      new FakeProxy({
        ...checkouts.waiting,
        method: 'BOLETO',
        instrument: { ...instruments.BOLETO, html },
      }),
    );
    await page.shows('boleto-line');
    const root = page.element.shadowRoot!;
    expect(root.querySelectorAll('#bank, img, script, iframe:not([sandbox=""])')).to.have.length(0);
    expect('bankRan' in window).to.equal(false);
  });
});

describe('a code that is over', () => {
  it('and was paid at the last moment all the same is paid, not lost (pix-api #169)', async () => {
    const over = {
      ...checkouts.waiting,
      instrument: { ...instruments.PIX, expires_at: '2026-11-20T11:59:00.000Z' },
    };
    const page = await mount(new FakeProxy(over));
    await page.shows('expired');
    page.proxy.checkout = createCheckout({ status: 'PAID', method: 'PIX', now: '2026-11-20T12:00:02.000Z' });
    page.clock.advance(2_000);
    await page.until('paid');
    expect(page.eventsOf('letpay-paid')).to.have.length(1);
  });
});
