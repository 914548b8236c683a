import { expect } from '@open-wc/testing';
import { browserTabs } from '../../widget/checkout/browser-tabs.ts';
import { checkouts, instruments } from './checkouts.ts';
import { FakeProxy, fillCard, type Mounted, type MountOptions, mount, text, unmountAll } from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

const minute = 60_000;
const afterAll = '2026-11-20T12:00:09.000Z';

describe('a watch that ended of itself', () => {
  const words = {
    'pt-BR': 'A verificação automática terminou. Use o botão para verificar de novo.',
    es: 'La verificación automática terminó. Usa el botón para verificar de nuevo.',
    en: 'This page has stopped checking by itself. Use the button to check again.',
  };

  for (const state of ['waiting', 'verifying', 'pending'] as const) {
    for (const [locale, said] of Object.entries(words)) {
      it(`says so beside the button that asks again: ${state}, ${locale}`, async () => {
        const page = await mount(new FakeProxy(checkouts[state]), { attributes: { locale } });
        await waitUntil(() => page.proxy.feeds.size === 1);
        await page.shows('check-button');
        expect(page.part('check-note')).to.equal(null);
        page.clock.advance(31 * minute);
        await waitUntil(() => text(page.part(state === 'waiting' ? 'status' : 'check-note')) === said);
        expect(text(page.element.shadowRoot!.querySelector('.frame')).split(said)).to.have.length(
          state === 'waiting' ? 2 : 3,
          'once for the eye, and for the ear where the region is not in sight',
        );
        expect(page.proxy.feeds.size).to.equal(0);
      });
    }
  }

  it('takes back the promise to tell the outcome here, and keeps the warning not to pay again', async () => {
    const page = await mount(new FakeProxy(checkouts.verifying));
    await waitUntil(() => page.proxy.feeds.size === 1);
    expect(text(await page.shows('message'))).to.contain('avisaremos aqui');
    page.clock.advance(31 * minute);
    await page.shows('check-note');
    expect(text(page.part('message'))).to.equal('Não pague de novo.');
    expect(text(page.part('status'))).not.to.contain('avisaremos aqui');
  });

  it('begins again when the shopper asks, with one read, and does not say it any more', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    await waitUntil(() => page.proxy.feeds.size === 1);
    page.clock.advance(31 * minute);
    await waitUntil(() => text(page.part('status')).startsWith('A verificação automática terminou'));
    const reads = page.proxy.callsOf('read').length;
    (await page.shows('check-button')).click();
    await waitUntil(() => text(page.part('check-note')).startsWith('Ainda não recebemos'));
    expect(text(page.part('status'))).to.contain('Esta página se atualiza sozinha');
    expect(page.proxy.callsOf('read')).to.have.length(reads + 1);
    expect(page.proxy.feeds.size).to.equal(1);
    page.proxy.push({ ...checkouts.paid, now: afterAll });
    await page.until('paid');
  });

  it('begins again on a return', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    await waitUntil(() => page.proxy.feeds.size === 1);
    page.clock.advance(31 * minute);
    await waitUntil(() => text(page.part('status')).startsWith('A verificação automática terminou'));
    page.clock.advance(minute);
    page.proxy.checkout = { ...checkouts.paid, now: afterAll };
    window.dispatchEvent(new Event('focus'));
    await page.until('paid');
  });
});

describe('a page that is left', () => {
  const leave = () => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  const comeBack = () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

  it('holds no connection and asks nothing for a minute, and once when it is shown again', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    await waitUntil(() => page.proxy.feeds.size === 1);
    leave();
    expect(page.proxy.feeds.size).to.equal(0);
    const reads = page.proxy.callsOf('read').length;
    page.clock.advance(minute - 1);
    await page.element.updateComplete;
    expect(page.proxy.callsOf('read')).to.have.length(reads);
    page.proxy.checkout = { ...checkouts.paid, now: afterAll };
    comeBack();
    window.dispatchEvent(new Event('focus'));
    await page.until('paid');
    expect(page.proxy.callsOf('read')).to.have.length(reads + 1);
  });

  it('looks again when the browser kept its form for “back”', async () => {
    const page = await mount(new FakeProxy(checkouts.choosing));
    page.proxy.checkout = { ...checkouts.paid, now: afterAll };
    await waitUntil(() => {
      leave();
      comeBack();
      return page.element.state === 'paid';
    });
  });

  it('keeps no card in its fields', async () => {
    const page = await mount(new FakeProxy());
    await fillCard(page);
    leave();
    await page.element.updateComplete;
    for (const name of ['card_number', 'card_expiry', 'card_cvv', 'card_holder']) {
      expect(page.input(name).value, name).to.equal('');
    }
  });
});

describe('a card that nobody goes on with', () => {
  it('is cleared a quarter of an hour after the last key', async () => {
    const page = await mount(new FakeProxy());
    await fillCard(page);
    page.clock.advance(14 * minute);
    page.input('card_holder').dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    page.clock.advance(14 * minute);
    await page.element.updateComplete;
    expect(page.input('card_number').value).to.not.equal('');
    page.clock.advance(minute);
    await page.element.updateComplete;
    expect(page.input('card_number').value).to.equal('');
    expect(page.input('card_cvv').value).to.equal('');
  });
});

describe('tags on one checkout', () => {
  let visits = 0;
  /** No other file of tests meets this lock. */
  const options = (proxyUrl = `https://pay-${Date.now()}-${++visits}.example`): MountOptions => ({
    attributes: { 'proxy-url': proxyUrl },
    environment: { tabs: browserTabs() },
  });

  async function three(same = options()): Promise<readonly Mounted[]> {
    return [
      await mount(new FakeProxy(checkouts.waiting), same),
      await mount(new FakeProxy(checkouts.waiting), same),
      await mount(new FakeProxy(checkouts.waiting), same),
    ];
  }

  const feeds = (pages: readonly Mounted[]) => pages.map(({ proxy }) => proxy.feeds.size);

  it('hold one feed together, and all see what it says', async () => {
    const pages = await three();
    await waitUntil(() => pages[0]?.proxy.feeds.size === 1);
    for (const { clock } of pages) clock.advance(5_000);
    await waitUntil(() => pages[0]?.proxy.callsOf('read').length === 2);
    expect(feeds(pages)).to.deep.equal([1, 0, 0]);
    expect(pages.map(({ proxy }) => proxy.callsOf('read').length)).to.deep.equal([2, 1, 1]);
    pages[0]?.proxy.push({ ...checkouts.paid, method: 'PIX', now: afterAll });
    for (const page of pages) await page.until('paid');
    expect(pages.map(({ proxy }) => proxy.callsOf('read').length)).to.deep.equal([2, 1, 1]);
  });

  it('pass the feed on when the one that holds it goes away', async () => {
    const pages = await three();
    await waitUntil(() => pages[0]?.proxy.feeds.size === 1);
    pages[0]?.element.remove();
    await waitUntil(() => pages[1]?.proxy.feeds.size === 1);
    expect(feeds(pages)).to.deep.equal([0, 1, 0]);
  });

  it('do not mix with those of another proxy', async () => {
    const here = await mount(new FakeProxy(checkouts.waiting), options());
    const there = await mount(new FakeProxy(checkouts.waiting), options());
    await waitUntil(() => here.proxy.feeds.size === 1 && there.proxy.feeds.size === 1);
    here.proxy.push({ ...checkouts.paid, now: afterAll });
    await here.until('paid');
    expect(there.element.state).to.equal('waiting');
  });

  it('ask for themselves when a message is of no version that they know', async () => {
    const same = options();
    const pages = await three(same);
    await waitUntil(() => pages[0]?.proxy.feeds.size === 1);
    const follower = pages[1] as Mounted;
    follower.proxy.checkout = {
      ...checkouts.waiting,
      instrument: { ...instruments.PIX, amount: 1 },
      now: afterAll,
    };
    const url = `${same.attributes?.['proxy-url']}/v1/checkout/${follower.element.paymentToken}/events`;
    const stranger = new BroadcastChannel(url);
    stranger.postMessage({ version: 9 });
    await waitUntil(() => follower.proxy.callsOf('read').length === 2);
    stranger.close();
  });

  it('watch each for itself where the browser has no locks', async () => {
    const pages = await three({ ...options(), environment: { tabs: null } });
    await waitUntil(() => pages.every(({ proxy }) => proxy.feeds.size === 1));
  });
});
