/** `Retry-After`: the button that was refused counts down, and nothing is sent before it is over. */
import { expect } from '@open-wc/testing';
import { createCheckout } from './checkouts.ts';
import {
  FakeProxy,
  fillCard,
  type Mounted,
  mount,
  mountEarly,
  problem,
  text,
  unmountAll,
} from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

function refusal(code: string, seconds: number): Response {
  const answer = problem(429, code);
  answer.headers.set('retry-after', String(seconds));
  return answer;
}

const label = (page: Mounted) => text(page.part('pay-button')).replaceAll('\u00a0', ' ');

async function refused(seconds: number): Promise<Mounted> {
  const page = await mount(new FakeProxy());
  await fillCard(page);
  page.proxy.sendPayment = refusal('too_many_tries', seconds);
  page.part('pay-button')!.click();
  await waitUntil(() => page.part('notice'), 'the refusal was never told');
  await page.element.updateComplete;
  return page;
}

describe('a submission that is refused for a time', () => {
  it('counts down on its button and can be sent when that is over', async () => {
    const page = await refused(3);
    const labels = [label(page)];
    expect(page.part('pay-button')!.getAttribute('aria-disabled')).to.equal('true');
    for (let second = 0; second < 3; second++) {
      page.clock.advance(1000);
      await page.element.updateComplete;
      labels.push(label(page));
    }
    expect(labels.slice(0, 3)).to.deep.equal([
      'Tente de novo em 3 s',
      'Tente de novo em 2 s',
      'Tente de novo em 1 s',
    ]);
    expect(labels[3]).to.match(/^Pagar R\$/);
    expect(page.part('pay-button')!.getAttribute('aria-disabled')).to.equal('false');
    page.part('pay-button')!.click();
    await waitUntil(() => page.proxy.callsOf('sendPayment').length === 2);
  });

  it('sends nothing when it is pressed too early, and keeps what was typed', async () => {
    const page = await refused(60);
    page.part('pay-button')!.click();
    expect(page.element.submit()).to.equal(false);
    await page.element.updateComplete;
    expect(page.proxy.callsOf('sendPayment')).to.have.length(1);
    expect(page.element.state).to.equal('choosing');
    expect(page.input('card_number').value).not.to.equal('');
  });

  it('says minutes where they are many', async () => {
    expect(label(await refused(600))).to.equal('Tente de novo em 10 min');
  });

  it('keeps no other method waiting', async () => {
    const page = await refused(600);
    page.part('method-PIX')!.click();
    await page.element.updateComplete;
    expect(label(page)).to.include('Gerar código Pix');
    expect(page.part('pay-button')!.getAttribute('aria-disabled')).to.equal('false');
  });
});

describe('a first read that is refused for a time', () => {
  it('counts down on the button that tries again', async () => {
    const page = mountEarly(new FakeProxy(refusal('too_many_requests', 2)));
    await page.until('error');
    const button = await page.shows('retry-button');
    const words = () => text(button).replaceAll('\u00a0', ' ');
    expect(words()).to.equal('Tente de novo em 2 s');
    page.proxy.checkout = createCheckout();
    button.click();
    await page.element.updateComplete;
    expect(page.element.state).to.equal('error');
    page.clock.advance(2000);
    await page.element.updateComplete;
    expect(words()).to.equal('Tentar de novo');
    button.click();
    await page.until('choosing');
  });
});
