/** What decorates a payment can fail in a page: nothing of it may stop the payment. And nobody looks at a skeleton for ever. */
import { expect, nextFrame } from '@open-wc/testing';
import type { LetpayCheckout } from '../../widget/letpay-checkout.ts';
import { checkouts, createCheckout } from './checkouts.ts';
import { FakeProxy, later, mount, mountEarly, unmountAll } from './harness.ts';
import { waitUntil } from './wait-until.ts';

/** Puts a value there for the length of a test. */
const undo: (() => void)[] = [];
afterEach(async () => {
  unmountAll();
  // An element closes, and what then fails is told, in tasks of their own.
  await nextFrame();
  await nextFrame();
  for (const back of undo.splice(0)) back();
});

function replace(object: object, name: string, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { configurable: true, writable: true, value });
  undo.push(() => (own ? Object.defineProperty(object, name, own) : Reflect.deleteProperty(object, name)));
}

/** What fails is told to the page as an uncaught error. The runner would take each for a failed test. */
function hearErrors(): unknown[] {
  const heard: unknown[] = [];
  const runners = window.onerror;
  window.onerror = (_message, _file, _line, _column, error) => {
    heard.push(error);
    return true;
  };
  undo.push(() => {
    window.onerror = runners;
  });
  return heard;
}

const fails = () => {
  throw new Error('not in this page');
};

const decorations: readonly (readonly [string, () => void])[] = [
  ['custom states', () => replace(CustomStateSet.prototype, 'add', fails)],
  ['dashed custom states', () => replace(CustomStateSet.prototype, 'delete', fails)],
  ['focus', () => replace(HTMLElement.prototype, 'focus', fails)],
  ['the session’s store', () => replace(Storage.prototype, 'getItem', fails)],
  ['writing to the store', () => replace(Storage.prototype, 'setItem', fails)],
  ['media queries', () => replace(window, 'matchMedia', fails)],
  ['locks', () => replace(LockManager.prototype, 'request', fails)],
  ['channels', () => replace(window, 'BroadcastChannel', fails)],
  ['the feed', () => replace(window, 'EventSource', fails)],
  ['listeners of the page', () => replace(document, 'addEventListener', fails)],
  ['the list of a sentence', () => replace(Intl, 'ListFormat', fails)],
];

describe('a payment ends PAID without', () => {
  for (const [what, take] of decorations) {
    it(what, async () => {
      hearErrors();
      const proxy = new FakeProxy(createCheckout({ methods: ['PIX', 'BOLETO'] }));
      const page = await mount(proxy);
      take();
      proxy.sendPayment = checkouts.waiting;
      page.element.submit();
      await page.until('waiting');
      proxy.checkout = checkouts.paid;
      await page.element.refresh();
      await page.until('paid');
      expect(proxy.callsOf('sendPayment')).to.have.length(1);
      expect(page.eventsOf('letpay-paid')).to.have.length(1);
    });
  }

  it('a merchant’s listeners that all throw', async () => {
    hearErrors();
    const proxy = new FakeProxy(createCheckout({ methods: ['PIX'] }));
    const page = await mount(proxy);
    for (const name of ['submit', 'state-change', 'instrument', 'paid', 'ready'])
      page.element.addEventListener(`letpay-${name}` as 'letpay-paid', fails);
    proxy.sendPayment = checkouts.paid;
    page.element.submit();
    await page.until('paid');
  });
});

describe('custom states', () => {
  it('are dashed where the browser takes no others, as Chromium 90 to 124', async () => {
    const { add } = CustomStateSet.prototype;
    replace(CustomStateSet.prototype, 'add', function (this: CustomStateSet, name: string) {
      if (!name.startsWith('--'))
        throw new SyntaxError(`The specified value '${name}' must start with '--'.`);
      return add.call(this, name);
    });
    const page = await mount(new FakeProxy());
    expect(page.element.matches(':state(--choosing)')).to.equal(true);
    expect(page.element.matches(':state(--loading)')).to.equal(false);
  });
});

describe('a skeleton', () => {
  const isWordless = (element: LetpayCheckout) =>
    element.shadowRoot?.textContent?.includes('No se pudo cargar') === true;

  it('that stands for 20 s becomes a failure with a way out, and the event says so', async () => {
    const proxy = new FakeProxy();
    const { answer, give } = later();
    proxy.checkout = answer;
    const page = mountEarly(proxy);
    await page.element.updateComplete;
    page.clock.advance(19_999);
    await page.element.updateComplete;
    expect(isWordless(page.element)).to.equal(false);
    page.clock.advance(1);
    await page.element.updateComplete;
    expect(isWordless(page.element)).to.equal(true);
    expect(page.eventsOf('letpay-error').map(event => event.code)).to.deep.equal(['script_unavailable']);
    proxy.checkout = createCheckout();
    page.part('retry-button')!.click();
    await page.until('choosing');
    await page.shows('pay-button');
    expect(isWordless(page.element)).to.equal(false);
    give(createCheckout());
  });

  it('gives way to a screen that comes late', async () => {
    const proxy = new FakeProxy();
    const { answer, give } = later();
    proxy.checkout = answer;
    const page = mountEarly(proxy);
    await page.element.updateComplete;
    page.clock.advance(20_000);
    await page.element.updateComplete;
    give(createCheckout());
    await page.shows('pay-button');
    expect(isWordless(page.element)).to.equal(false);
  });

  it('is not what a shopper sees when a screen cannot be made', async () => {
    const heard = hearErrors();
    const proxy = new FakeProxy();
    const page = mountEarly(proxy);
    replace(Intl.NumberFormat.prototype, 'formatToParts', fails);
    replace(Intl.NumberFormat.prototype, 'format', fails);
    await waitUntil(() => isWordless(page.element), 'no way out');
    expect(heard).not.to.have.length(0);
  });
});
