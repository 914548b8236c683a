/** What the first screen shows beside what it needs, and tokens at their ends: nothing is hidden, cut or out of reach. */
import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { Checkout } from '../../server/contract/checkout.ts';
import { cardPayment, checkouts, createCheckout, instruments } from './checkouts.ts';
import { chooseCard, FakeProxy, type Mounted, mount, text, unmountAll } from './harness.ts';

afterEach(async () => {
  unmountAll();
  await setViewport({ width: 800, height: 600 });
});

const partsOf = (page: Mounted, name: string) => [
  ...page.element.shadowRoot!.querySelectorAll<HTMLElement>(`[part~="${name}"]`),
];

describe('the card row, before a number is typed', () => {
  it('shows the brands that the shop takes, and says them', async () => {
    const page = await mount(new FakeProxy(createCheckout({ card_brands: ['elo', 'amex'] })));
    expect(partsOf(page, 'accepted-brand')).to.have.length(2);
    const names = page.part('card-brands')!.querySelector('[role=img]')!.getAttribute('aria-label');
    expect(names).to.equal('Elo, American Express');
  });

  it('shows none where the proxy names none', async () => {
    const { card_brands: _, merchant_name: __, ...older } = createCheckout();
    const page = await mount(new FakeProxy(older as Checkout));
    expect(partsOf(page, 'accepted-brand')).to.have.length(0);
  });

  it('says up to how many payments cost nothing more', async () => {
    const page = await mount(new FakeProxy());
    const hint = page.part('method-CREDITCARD')!.querySelector('[part~="method-hint"]');
    expect(text(hint)).to.equal('em até 3x · 3x sem juros');
  });

  it('keeps its height when the brands arrive', async () => {
    const proxy = new FakeProxy();
    const page = await mount(proxy);
    const { height } = page.part('method-CREDITCARD')!.getBoundingClientRect();
    const bare = await mount(new FakeProxy(createCheckout({ card_brands: [] })));
    expect(bare.part('method-CREDITCARD')!.getBoundingClientRect().height).to.be.closeTo(height, 0.1);
  });
});

describe('beside the pay button', () => {
  it('stands that the payment is secure, with a lock', async () => {
    const page = await mount(new FakeProxy());
    const note = page.part('secure-note')!;
    expect(text(note)).to.equal('Pagamento seguro');
    expect(note.querySelector('svg.lock')).to.exist;
  });
});

describe('the closed choice of installments', () => {
  it('says what is paid each time; what all costs stands beneath it', async () => {
    const page = await mount(new FakeProxy());
    await chooseCard(page);
    const select = page.input('card_installments') as unknown as HTMLSelectElement;
    select.value = '2';
    select.dispatchEvent(new Event('change'));
    await page.element.updateComplete;
    expect(text(select.selectedOptions[0]!)).to.equal('2x de R$ 64,51');
    const beneath = select.getAttribute('aria-describedby')!.split(' ')[0]!;
    const hint = page.element.shadowRoot!.getElementById(beneath);
    expect(text(hint)).to.equal('total R$ 129,02 · com juros 2,99% a.m.');
  });
});

describe('slots', () => {
  it('keep a distance from the border', async () => {
    const page = await mount(new FakeProxy());
    const header = document.createElement('p');
    header.slot = 'header';
    page.element.append(header);
    expect(getComputedStyle(header).paddingLeft).to.equal('16px');
  });
});

const screens: Readonly<Record<string, Checkout>> = {
  'the methods': createCheckout(),
  'the card form': createCheckout({ methods: ['CREDITCARD', 'PIX', 'BOLETO'], test_mode: true }),
  'a Pix code': checkouts.waiting,
  'a boleto': { ...checkouts.waiting, method: 'BOLETO', instrument: instruments.BOLETO },
  'a Paycash reference': { ...checkouts.waiting, method: 'PAYCASH', instrument: instruments.PAYCASH },
  'a declined card': checkouts.declined,
  'a paid order': { ...checkouts.paid, payment: cardPayment, return_url: 'https://shop.example/thanks' },
};

const ends: Readonly<Record<string, string>> = {
  'no radius': '--letpay-radius-box: 0; --letpay-radius-control: 0; --letpay-radius-tile: 0',
  'pills everywhere':
    '--letpay-radius-box: 999px; --letpay-radius-control: 999px; --letpay-radius-tile: 999px',
  'no air': '--letpay-space: 2px',
  'much air': '--letpay-space: 8px',
  'low controls': '--letpay-control-height: 36px; --letpay-button-height: 36px',
  'high controls': '--letpay-control-height: 64px; --letpay-button-height: 64px',
  'huge letters': '--letpay-font-size: 32px',
};

/** The elements that a finger aims at and does not reach, and those whose text is cut. */
function faults(page: Mounted): string[] {
  const root = page.element.shadowRoot!;
  const found: string[] = [];
  for (const aim of root.querySelectorAll<HTMLElement>(
    'button, a[href], input, select, summary, [part~="qr-code"]',
  )) {
    aim.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = aim.getBoundingClientRect();
    const name = aim.getAttribute('part') ?? aim.tagName;
    const hit = root.elementFromPoint(left + width / 2, top + height / 2);
    if (!hit || !(aim.contains(hit) || hit.contains(aim))) found.push(`${name} is out of reach`);
    if (
      aim.matches('button, a') &&
      (aim.scrollWidth > aim.clientWidth + 1 || aim.scrollHeight > aim.clientHeight + 1)
    )
      found.push(`${name} is cut`);
  }
  // What clips its content cuts what stands in its corners.
  for (const box of root.querySelectorAll<HTMLElement>(
    '.frame, .methods, .notice, .code, .summary, .qr, .white-tile',
  )) {
    const { height } = box.getBoundingClientRect();
    const radius = Number.parseFloat(getComputedStyle(box).borderTopLeftRadius);
    if (radius > Math.min(24, height / 2)) found.push(`${box.className} has a radius of ${radius}`);
    if (box.scrollWidth > box.clientWidth + 1) found.push(`${box.className} is wider than its place`);
  }
  if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
  return found;
}

describe('tokens at their ends, 360 px wide,', () => {
  for (const [name, style] of Object.entries(ends)) {
    it(`hide and cut nothing: ${name}`, async () => {
      await setViewport({ width: 360, height: 740 });
      for (const [screen, checkout] of Object.entries(screens)) {
        const page = await mount(new FakeProxy(checkout), { attributes: { style } });
        await page.shows('content');
        if (checkout.instrument?.method === 'PIX') await page.shows('qr-code');
        expect(faults(page), screen).to.deep.equal([]);
        unmountAll();
      }
    });
  }

  it('reach what they name: letters, inputs, buttons', async () => {
    const style =
      '--letpay-font-size: 20px; --letpay-control-height: 40px; --letpay-button-height: 60px; --letpay-radius-control: 999px';
    const page = await mount(new FakeProxy(createCheckout({ methods: ['CREDITCARD'] })), {
      attributes: { style },
    });
    expect(getComputedStyle(page.part('container')!).fontSize).to.equal('20px');
    expect(page.input('card_number').offsetHeight).to.equal(40);
    expect(page.part('pay-button')!.offsetHeight).to.equal(60);
    expect(getComputedStyle(page.part('pay-button')!).borderRadius).to.equal('999px');
  });
});
