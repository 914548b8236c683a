/** What the page around the tag can know: the Checkout, the total of the present choice, outcomes that are old, mistakes of its own. */
import { expect } from '@open-wc/testing';
import { checkouts, createCheckout, token } from './checkouts.ts';
import { chooseCard, FakeProxy, mount, mountEarly, problem, unmountAll } from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

/** What was written to the console as a warning, until the test ends. */
const warnings: string[] = [];
const { warn } = console;
beforeEach(() => {
  warnings.length = 0;
  console.warn = (text: string) => warnings.push(text);
});
afterEach(() => {
  console.warn = warn;
});

describe('element.checkout', () => {
  it('is null before an answer and after an error, and the present Checkout otherwise', async () => {
    const page = mountEarly(new FakeProxy());
    expect(page.element.checkout).to.equal(null);
    await page.until('choosing');
    expect(page.element.checkout).to.deep.equal(createCheckout());
    page.proxy.push({ ...checkouts.paid, now: '2026-11-20T12:00:01.000Z' });
    page.proxy.checkout = checkouts.paid;
    await page.element.refresh();
    expect(page.element.checkout?.status).to.equal('PAID');
    const lost = mountEarly(new FakeProxy(problem(404, 'not_found')));
    await lost.until('error');
    expect(lost.element.checkout).to.equal(null);
  });

  it('cannot be set', async () => {
    const page = await mount(new FakeProxy());
    expect(() => Object.assign(page.element, { checkout: null })).to.throw(TypeError);
  });
});

describe('letpay-total-change', () => {
  it('says what the shopper would pay: at first, and when the method or the installments change it', async () => {
    const page = await mount(new FakeProxy());
    const told = () =>
      page.eventsOf('letpay-total-change').map(({ installments, total }) => ({ installments, total }));
    await waitUntil(() => told().length === 1);
    await chooseCard(page);
    await waitUntil(() => page.input('card_installments').querySelectorAll('option').length > 1);
    const select = page.input('card_installments');
    select.value = '2';
    select.dispatchEvent(new Event('change'));
    await waitUntil(() => told().length === 2);
    page.part('method-PIX')!.click();
    await waitUntil(() => told().length === 3);
    await page.element.updateComplete;
    expect(told()).to.deep.equal([
      { installments: 1, total: 123.45 },
      { installments: 2, total: 129.02 },
      { installments: 1, total: 123.45 },
    ]);
  });
});

describe('letpay-paid', () => {
  it('says that it is no news where a reload found it', async () => {
    const found = await mount(new FakeProxy(checkouts.paid));
    expect(found.eventsOf('letpay-paid').map(event => event.restored)).to.deep.equal([true]);
    const seen = await mount(new FakeProxy(checkouts.waiting));
    seen.proxy.checkout = { ...checkouts.paid, now: '2026-11-20T12:00:01.000Z' };
    await seen.element.refresh();
    expect(seen.eventsOf('letpay-paid').map(event => event.restored)).to.deep.equal([false]);
  });
});

describe('a mistake in the attributes', () => {
  it('of the methods leaves none: the tag and the event say so, and a typo brings no other method back', async () => {
    const page = mountEarly(new FakeProxy(), { attributes: { methods: 'FOO' } });
    await page.shows('message');
    expect(page.part('form')).to.equal(null);
    expect(page.part('content')?.textContent).to.include('no_methods');
    await waitUntil(() => page.eventsOf('letpay-error').length > 0);
    expect(page.eventsOf('letpay-error').map(event => event.code)).to.deep.equal(['no_methods']);
    page.element.methods = 'PIX';
    await page.shows('pay-button');
  });

  it('is told once on the console in test mode, and not to a shop that is live', async () => {
    const attributes = { theme: 'blue', locale: 'fr', methods: 'PIX,CARD' };
    const live = await mount(new FakeProxy(), { attributes });
    await waitUntil(() => live.eventsOf('letpay-total-change').length > 0);
    expect(warnings).to.deep.equal([]);
    const testing = () => mount(new FakeProxy(createCheckout({ test_mode: true })), { attributes });
    const first = await testing();
    await waitUntil(() => first.eventsOf('letpay-total-change').length > 0);
    const second = await testing();
    await waitUntil(() => second.eventsOf('letpay-total-change').length > 0);
    expect(warnings.map(text => /^<letpay-checkout>: (\w+=\S+) /.exec(text)?.[1])).to.deep.equal([
      'methods="PIX,CARD"',
      'theme="blue"',
      'locale="fr"',
    ]);
    for (const warning of warnings) expect(warning).not.to.include(token);
  });

  it('such as no token is told after a while', async () => {
    const page = mountEarly(new FakeProxy(), { attributes: { 'payment-token': ' ' } });
    await page.element.updateComplete;
    page.clock.advance(20_000);
    await waitUntil(() => warnings.length > 0);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('payment-token');
    expect(page.eventsOf('letpay-error')).to.have.length(0);
  });

  it('such as white space around the token is none', async () => {
    const page = await mount(new FakeProxy(), { attributes: { 'payment-token': ` ${token}\n` } });
    expect(page.proxy.calls[0]?.url).to.equal(`https://pay.shop.example/v1/checkout/${token}`);
  });
});
