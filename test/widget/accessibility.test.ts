/** What holds for every shopper: live regions, errors, the clock for the ear, focus, targets, contrast modes, large text, keyboard. */
import { expect } from '@open-wc/testing';
import { sendKeys, emulateMedia as setMedia, setViewport } from '@web/test-runner-commands';
import type { Checkout } from '../../server/contract/checkout.ts';
import { checkouts, createCheckout, instruments } from './checkouts.ts';
import {
  chooseCard,
  FakeProxy,
  later,
  type Mounted,
  mount,
  mountEarly,
  problem,
  testCard,
  text,
  unmountAll,
} from './harness.ts';
import { waitUntil } from './wait-until.ts';

/** Playwright’s own options: the command hands them on, its type knows fewer. */
interface Media {
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly forcedColors?: 'active' | 'none';
  readonly contrast?: 'more' | 'no-preference';
}

function emulateMedia(media: Media): Promise<void> {
  return setMedia(media as Parameters<typeof setMedia>[0]);
}

const sheets: HTMLStyleElement[] = [];

afterEach(async () => {
  unmountAll();
  for (const sheet of sheets.splice(0)) sheet.remove();
  await emulateMedia({
    reducedMotion: 'no-preference',
    forcedColors: 'none',
    colorScheme: 'light',
    contrast: 'no-preference',
  });
  await setViewport({ width: 800, height: 600 });
});

const cardFirst = createCheckout({ methods: ['CREDITCARD', 'PIX', 'BOLETO'] });

const screens: Readonly<Record<string, Checkout>> = {
  'the card form': cardFirst,
  'a Pix code': checkouts.waiting,
  'a boleto': { ...checkouts.waiting, method: 'BOLETO', instrument: instruments.BOLETO },
  'a Paycash reference': { ...checkouts.waiting, method: 'PAYCASH', instrument: instruments.PAYCASH },
  'a payment that is being confirmed': checkouts.verifying,
  'a declined card': checkouts.declined,
  'a paid order': { ...checkouts.paid, return_url: 'https://shop.example/thanks' },
};

function rootOf(page: Mounted): ShadowRoot {
  return page.element.shadowRoot!;
}

function focused(page: Mounted): HTMLElement | null {
  return rootOf(page).activeElement as HTMLElement | null;
}

async function mountScreen(checkout: Checkout): Promise<Mounted> {
  const page = await mount(new FakeProxy(checkout));
  if (checkout === cardFirst) await chooseCard(page);
  if (checkout.instrument) await page.shows('instrument');
  return page;
}

/** Everything that a region of the page says from now on. */
function listenTo(region: Element): string[] {
  const heard: string[] = [];
  const observer = new MutationObserver(() => {
    const words = text(region);
    if (words && heard.at(-1) !== words) heard.push(words);
  });
  observer.observe(region, { childList: true, characterData: true, subtree: true });
  return heard;
}

describe('the live regions', () => {
  it('are there before their words: one element from the first frame to the end', async () => {
    const { answer, give } = later();
    const page = mountEarly(new FakeProxy(answer));
    await page.element.updateComplete;
    const region = page.part('status');
    const heard = listenTo(region!);
    give(createCheckout());
    await page.shows('pay-button');
    expect(heard, 'nothing is read aloud at the start').to.deep.equal([]);
    page.proxy.sendPayment = checkouts.paid;
    page.part('pay-button')!.click();
    await page.until('paid');
    await waitUntil(() => heard.length > 0, 'nothing was said');
    expect(page.part('status')).to.equal(region);
    expect(heard.at(-1)).to.equal(text(page.part('title')));
  });

  it('are the only ones: what comes up later is said by them', async () => {
    for (const [name, checkout] of Object.entries(screens)) {
      const page = await mountScreen(checkout);
      page.part('check-button')?.click();
      const regions = [
        ...rootOf(page).querySelectorAll('[role=alert], [role=status], [aria-live=assertive]'),
      ];
      const own = regions.filter(region => region !== page.part('status') && text(region) !== '');
      expect(
        own.map(region => region.outerHTML),
        name,
      ).to.deep.equal([]);
      unmountAll();
    }
  });

  it('hold the error summary that a failed submission makes, in a region that stood there empty', async () => {
    const page = await mountScreen(cardFirst);
    const region = rootOf(page).querySelector('[role=alert]')!;
    expect(text(region)).to.equal('');
    const heard = listenTo(region);
    page.part('pay-button')!.click();
    await page.shows('error-summary');
    await waitUntil(() => heard.length > 0, 'nothing was said');
    expect(heard.at(-1)).to.contain('Número do cartão');
    expect(region.contains(page.part('error-summary'))).to.equal(true);
    expect(focused(page)?.id).to.equal('card_number');
  });

  it('hold the refusal of the PSP in the same way', async () => {
    const page = await mount(new FakeProxy());
    const region = rootOf(page).querySelector('[role=alert]')!;
    page.proxy.sendPayment = problem(503, 'psp_unavailable');
    page.part('pay-button')!.click();
    await page.shows('notice');
    expect(rootOf(page).querySelector('[role=alert]')).to.equal(region);
    expect(text(region)).to.equal(text(page.part('notice')));
  });

  it('say that there is no news yet when the shopper asks', async () => {
    const page = await mountScreen(checkouts.waiting);
    const heard = listenTo(page.part('status')!);
    page.part('check-button')!.click();
    const note = await page.shows('check-note');
    await waitUntil(() => heard.length > 0, 'nothing was said');
    expect(heard.at(-1)).to.contain(text(note));
  });

  it('say the last minutes of a code at ten, five, two and one, and its end: five times, not each second', async () => {
    const instrument = { ...instruments.PIX, expires_at: '2026-11-20T12:12:00.000Z' };
    const checkout = { ...checkouts.waiting, instrument };
    const start = Date.parse(checkout.now);
    const page = await mountScreen(checkout);
    const heard = listenTo(page.part('status')!);
    const clock = () => text(page.part('countdown'));
    for (let second = 1; second <= 12 * 60; second += 1) {
      const before = clock();
      page.proxy.checkout = { ...checkout, now: new Date(start + second * 1000).toISOString() };
      page.clock.advance(1000);
      if (page.part('countdown'))
        await waitUntil(() => clock() !== before, `the clock stands at ${before}`, { interval: 1 });
    }
    await page.shows('expired');
    const minutes = heard.map(words => /menos de (\S+) minuto/.exec(words)?.[1] ?? 'end');
    expect(minutes).to.deep.equal(['10', '5', '2', 'um', 'end']);
    expect(heard.at(-1)).to.contain(text(page.part('expired')));
  }).timeout(30_000);
});

describe('a wrong field', () => {
  it('is named by its label and described by its error, as long as it is wrong', async () => {
    const page = await mountScreen(cardFirst);
    page.part('pay-button')!.click();
    await page.shows('error-summary');
    for (const name of ['card_number', 'card_expiry', 'card_cvv', 'card_holder']) {
      const input = page.input(name);
      expect(input.labels, name).to.have.length(1);
      expect(input.getAttribute('aria-invalid'), name).to.equal('true');
      const described = (input.getAttribute('aria-describedby') ?? '').split(' ');
      expect(described[0], name).to.equal(`${name}-error`);
      for (const id of described) expect(text(rootOf(page).getElementById(id)), id).not.to.equal('');
    }
  });
});

describe('every target', () => {
  for (const [name, checkout] of Object.entries(screens)) {
    it(`is 44 px high and more on ${name}`, async () => {
      const page = await mountScreen(checkout);
      const targets = [...rootOf(page).querySelectorAll<HTMLElement>('button, a, input, select, summary')];
      const low = targets
        .map(target => target.closest('label') ?? target)
        .filter(target => target.getClientRects().length > 0 && target.offsetHeight < 44);
      expect(low.map(target => `${target.outerHTML.slice(0, 60)} ${target.offsetHeight}`)).to.deep.equal([]);
    });
  }
});

describe('with colours of the shopper’s own', () => {
  it('the chosen method, the fields, the button and the focus have lines to be seen by', async () => {
    await emulateMedia({ forcedColors: 'active' });
    expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
    const page = await mountScreen(cardFirst);
    const style = (element: Element | null) => getComputedStyle(element!);
    const surface = style(page.part('container')).backgroundColor;
    const lines = {
      frame: style(page.part('container')),
      method: style(page.part('method-open')),
      field: style(page.input('card_number')),
      select: style(page.input('card_installments')),
      button: style(page.part('pay-button')),
    };
    for (const [name, { borderTopWidth, borderTopStyle, borderTopColor }] of Object.entries(lines)) {
      const width = name === 'button' ? '2px' : '1px';
      expect([borderTopWidth, borderTopStyle], name).to.deep.equal([width, 'solid']);
      expect(borderTopColor, name).not.to.equal(surface);
    }
    const other = rootOf(page).querySelector('.method:not(.open)');
    expect(lines.method.borderTopColor).not.to.equal(style(other).borderTopColor);
    for (const icon of rootOf(page).querySelectorAll('.icon')) {
      const { stroke, fill } = style(icon);
      expect(
        [stroke, fill].every(paint => paint === 'none' || paint === surface),
        icon.outerHTML,
      ).to.equal(false);
    }
    page.input('card_number').focus();
    await sendKeys({ press: 'Tab' });
    const { outlineStyle, outlineWidth, outlineColor } = style(focused(page));
    expect([outlineStyle, outlineWidth]).to.deep.equal(['solid', '2px']);
    expect(outlineColor).not.to.equal(surface);
  });

  for (const media of [{ forcedColors: 'active' }, { colorScheme: 'dark' }] as const) {
    it(`a QR code stays dark on white with four modules around it: ${JSON.stringify(media)}`, async () => {
      await emulateMedia(media);
      const page = await mount(new FakeProxy(checkouts.waiting), { attributes: { theme: 'auto' } });
      const picture = await page.shows<SVGSVGElement>('qr-code');
      const [tile, modules] = [...picture.children] as SVGGraphicsElement[];
      expect(getComputedStyle(tile!).fill).to.equal('rgb(255, 255, 255)');
      expect(getComputedStyle(modules!).fill).to.equal('rgb(0, 0, 0)');
      expect(getComputedStyle(picture).backgroundColor).to.equal('rgb(255, 255, 255)');
      const size = picture.viewBox.baseVal.width;
      const { x, y, width, height } = modules!.getBBox();
      expect([x, y, size - x - width, size - y - height]).to.deep.equal([4, 4, 4, 4]);
    });
  }
});

describe('with more contrast', () => {
  it('hints and the lines of fields take the colour of the text', async () => {
    await emulateMedia({ contrast: 'more' });
    for (const theme of ['light', 'dark']) {
      const page = await mount(new FakeProxy(cardFirst), { attributes: { theme } });
      const { color } = getComputedStyle(page.part('container')!);
      expect(getComputedStyle(page.part('method-hint')!).color, theme).to.equal(color);
      expect(getComputedStyle(page.input('card_number')).borderTopColor, theme).to.equal(color);
      unmountAll();
    }
  });
});

describe('with less motion', () => {
  for (const [name, checkout] of Object.entries(screens)) {
    it(`nothing moves on ${name}`, async () => {
      await emulateMedia({ reducedMotion: 'reduce' });
      const page = await mountScreen(checkout);
      const moving = rootOf(page)
        .getAnimations()
        .map(animation => {
          const { target, pseudoElement } = animation.effect as KeyframeEffect;
          return `${target?.outerHTML.slice(0, 60)} ${pseudoElement}`;
        });
      expect(moving).to.deep.equal([]);
    });
  }

  it('nothing moves while loading either', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const page = mountEarly(new FakeProxy(later().answer));
    await page.element.updateComplete;
    expect(page.part('skeleton')).to.exist;
    expect(rootOf(page).getAnimations()).to.deep.equal([]);
  });

  it('is the only case that needs it: what moves beside words to be read stops within five seconds', async () => {
    const page = await mountScreen(checkouts.waiting);
    const ends = rootOf(page)
      .getAnimations()
      .map(animation => Number(animation.effect!.getComputedTiming().endTime));
    expect(Math.max(0, ...ends)).to.be.at.most(5000);
  });
});

describe('in a column of 320 px', () => {
  for (const size of ['100%', '200%']) {
    for (const [name, checkout] of Object.entries(screens)) {
      it(`with text of ${size}, nothing of ${name} is cut off or needs a sideways scroll`, async () => {
        const sheet = document.createElement('style');
        sheet.textContent = `html { font-size: ${size} } body { margin: 0 }`;
        document.head.append(sheet);
        sheets.push(sheet);
        await setViewport({ width: 320, height: 640 });
        const page = await mountScreen(checkout);
        expect(Number.parseFloat(getComputedStyle(page.part('container')!).fontSize)).to.equal(
          size === '200%' ? 32 : 16,
        );
        page.part('pay-button')?.click();
        await page.element.updateComplete;
        expect(document.documentElement.scrollWidth).to.be.at.most(320);
        const { right } = page.part('container')!.getBoundingClientRect();
        const out = [...rootOf(page).querySelectorAll<HTMLElement>('.frame *')].filter(
          inner =>
            !inner.closest('.hidden, .bars, .print-frame') &&
            inner.getClientRects().length > 0 &&
            (inner.getBoundingClientRect().right > right ||
              (inner.scrollWidth > inner.clientWidth + 1 &&
                inner.clientWidth > 0 &&
                !inner.matches('input, select, .code'))),
        );
        expect(out.map(inner => inner.outerHTML.slice(0, 80))).to.deep.equal([]);
        for (const sum of rootOf(page).querySelectorAll<HTMLElement>('.total *')) {
          expect(sum.offsetHeight, `${text(sum)} is in one piece`).to.be.below(
            2 * Number.parseFloat(getComputedStyle(sum).fontSize),
          );
        }
      });
    }
  }
});

describe('by keyboard alone', () => {
  /** What Tab reaches from the top of the page, in order. */
  async function tabOrder(page: Mounted): Promise<readonly HTMLElement[]> {
    const order: HTMLElement[] = [];
    const before = document.createElement('button');
    page.element.before(before);
    before.focus();
    await sendKeys({ press: 'Tab' });
    for (let presses = 0; presses < 30; presses += 1) {
      const now = focused(page);
      if (!now || order.includes(now)) break;
      order.push(now);
      await sendKeys({ press: 'Tab' });
    }
    before.remove();
    return order;
  }

  for (const [name, checkout] of Object.entries(screens)) {
    it(`the focus goes through ${name} as the eye does, is seen, and comes out again`, async () => {
      const page = await mountScreen(checkout);
      const after = document.createElement('button');
      page.element.after(after);
      const order = await tabOrder(page);
      expect(focused(page), 'Tab leads out of the tag').to.equal(null);
      after.remove();
      const reachable = [
        ...rootOf(page).querySelectorAll<HTMLElement>('button, a, input, select, summary'),
      ].filter(
        inner =>
          inner.getClientRects().length > 0 &&
          !(inner instanceof HTMLInputElement && inner.type === 'radio' && !inner.checked),
      );
      expect(
        reachable.filter(inner => !order.includes(inner)).map(inner => inner.outerHTML.slice(0, 80)),
      ).to.deep.equal([]);
      for (const [at, inner] of order.entries()) {
        const [here, before] = [inner, order[at - 1] ?? inner].map(one => one.getBoundingClientRect());
        const isLater =
          here!.top >= before!.bottom - 1 || (here!.left >= before!.left && here!.bottom > before!.top);
        expect(
          isLater,
          `${inner.outerHTML.slice(0, 60)} after ${order[at - 1]?.outerHTML.slice(0, 60)}`,
        ).to.equal(true);
        inner.focus();
        const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(inner);
        expect([outlineStyle, outlineWidth, outlineOffset], inner.outerHTML.slice(0, 60)).to.deep.equal([
          'solid',
          '2px',
          '2px',
        ]);
      }
    });
  }

  it('a card is chosen, filled wrong, corrected, paid, declined, and followed by a Pix code', async () => {
    const page = await mount(new FakeProxy());
    const tabTo = async (matches: (inner: HTMLElement) => boolean) => {
      for (let presses = 0; presses < 30; presses += 1) {
        const now = focused(page);
        if (now && matches(now)) return;
        await sendKeys({ press: 'Tab' });
      }
      throw new Error('Tab does not lead there');
    };
    await tabTo(inner => inner.matches('[type=radio]'));
    await sendKeys({ press: 'ArrowDown' });
    await tabTo(inner => inner.id === 'card_number');
    await sendKeys({ press: 'Enter' });
    await page.shows('error-summary');
    expect(focused(page)?.id).to.equal('card_number');
    await sendKeys({ type: testCard });
    expect(focused(page)?.id, 'nothing moves on by itself').to.equal('card_number');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: '1229' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: '123' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'MARINA AZEVEDO' });
    await page.element.updateComplete;
    expect(page.part('error-summary')).to.equal(null);
    page.proxy.sendPayment = checkouts.declined;
    await tabTo(inner => inner.matches('[part~=pay-button]'));
    await sendKeys({ press: 'Space' });
    await page.until('declined');
    await waitUntil(() => focused(page) === page.part('title'), 'the focus is not on the new screen’s title');
    page.proxy.renew = createCheckout({ attempt: 2 });
    page.proxy.sendPayment = { ...checkouts.waiting, attempt: 2 };
    await tabTo(inner => inner.matches('[part~=next-step-pix]'));
    await sendKeys({ press: 'Enter' });
    await page.shows('pix-code');
    await tabTo(inner => inner.matches('[part~=copy-button]'));
    expect(page.proxy.callsOf('sendPayment').map(call => call.body?.['method'])).to.deep.equal([
      'CREDITCARD',
      'PIX',
    ]);
  });
});
