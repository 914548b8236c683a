/** Page translators and reading widgets rewrite our texts: what is said afterwards is still what a fresh screen says. */
import { expect } from '@open-wc/testing';
import type { Checkout } from '../../server/contract/checkout.ts';
// The guard is in here: a slow machine must not rewrite before it is loaded.
import '../../widget/after-submission.ts';
import { checkouts, createCheckout, instruments } from './checkouts.ts';
import { FakeProxy, fillCard, type Mounted, mount, text, unmountAll } from './harness.ts';

afterEach(unmountAll);

function textsOf(root: Node): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isMarked = node.parentElement?.closest('[translate=no], style, slot, option');
    if (node.textContent?.trim() && !isMarked) found.push(node as Text);
  }
  return found;
}

const foreign = 'words of another language';

/** What is done to every text: by translators, by reading widgets, by scripts that only change it. */
const rewriters: Readonly<Record<string, (node: Text) => void>> = {
  'wrapped twice, as Chromium’s translator does': node => {
    const outer = document.createElement('font');
    const inner = outer.appendChild(document.createElement('font'));
    inner.textContent = foreign;
    node.replaceWith(outer);
  },
  'replaced by other texts': node => node.replaceWith(document.createTextNode(foreign)),
  'changed in place': node => {
    node.data = foreign;
  },
  'put into an element that stays': node => {
    const span = document.createElement('span');
    node.replaceWith(span);
    span.append(node);
  },
};

type Step = (page: Mounted) => Promise<void> | void;

const pick =
  (count: string): Step =>
  page => {
    const select = page.input('card_installments');
    select.focus();
    select.value = count;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  };
const answer =
  (checkout: Checkout): Step =>
  async page => {
    page.proxy.checkout = { ...checkout, now: '2026-11-20T12:00:09.000Z' };
    await page.element.refresh();
  };
const expiring = {
  ...checkouts.waiting,
  instrument: { ...instruments.PIX, expires_at: '2026-11-20T12:30:00.000Z' },
};
/** And goes on to the next thing. */
const fill: Step = async page => {
  await fillCard(page);
  (page.element.shadowRoot!.activeElement as HTMLElement | null)?.blur();
  page.input('card_holder').dispatchEvent(new FocusEvent('blur'));
};
const onlyCard = createCheckout({ methods: ['CREDITCARD'] });

const stories: Readonly<Record<string, readonly [start: Checkout, ...steps: Step[]]>> = {
  'another number of installments': [onlyCard, fill, pick('3'), pick('2'), pick('1')],
  'another method': [
    createCheckout(),
    page => page.part('method-BOLETO')!.querySelector('input')!.click(),
    page => page.part('method-PIX')!.querySelector('input')!.click(),
  ],
  'fields that are wrong': [onlyCard, page => page.part('pay-button')!.click(), fill],
  'a code that is paid': [expiring, answer({ ...checkouts.paid, method: 'PIX', payment: null })],
  'a code that is canceled': [expiring, answer(checkouts.ended)],
  'a card that is declined': [checkouts.verifying, answer(checkouts.declined)],
  'a card that is looked at, and paid': [
    checkouts.verifying,
    answer(checkouts.pending),
    answer(checkouts.paid),
  ],
  'no news': [expiring, page => page.part('check-button')!.click()],
};

async function play(
  start: Checkout,
  steps: readonly Step[],
  before: (page: Mounted) => void,
): Promise<Mounted> {
  const page = await mount(new FakeProxy(start));
  await page.shows(start.can.submit ? 'pay-button' : start.instrument ? 'instrument' : 'title');
  for (const step of steps) {
    before(page);
    await step(page);
    await settled(page);
  }
  return page;
}

/** Parts that load, and observers, have had their turn. */
async function settled(page: Mounted): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await page.element.updateComplete;
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
}

for (const [how, rewrite] of Object.entries(rewriters)) {
  describe(`texts that are ${how}`, () => {
    for (const [what, [start, ...steps]] of Object.entries(stories)) {
      it(`are right again after ${what}`, async () => {
        for (let count = 1; count <= steps.length; count++) {
          const fresh = await play(start, steps.slice(0, count), () => {});
          const expected = text(fresh.part('container'));
          unmountAll();
          const page = await play(start, steps.slice(0, count), ({ element }) => {
            for (const node of textsOf(element.shadowRoot!)) rewrite(node);
          });
          expect(text(page.part('container'))).to.equal(expected);
          unmountAll();
        }
      });
    }
  });
}

describe('a rewritten screen', () => {
  const rewriteAll = ({ element }: Mounted) => {
    for (const node of textsOf(element.shadowRoot!))
      rewriters['wrapped twice, as Chromium’s translator does']!(node);
  };

  it('keeps what was typed, the focus and the caret', async () => {
    const page = await mount(new FakeProxy(onlyCard));
    await fillCard(page);
    const select = page.input('card_installments');
    select.focus();
    rewriteAll(page);
    await pick('3')(page);
    await settled(page);
    expect(page.input('card_number').value).to.equal('4012 0010 3714 1112');
    expect(page.element.shadowRoot!.activeElement).to.equal(page.input('card_installments'));
  });

  it('does not draw a field anew while it is typed into', async () => {
    const page = await mount(new FakeProxy(onlyCard));
    await fillCard(page);
    const input = page.input('card_holder');
    input.focus();
    rewriteAll(page);
    input.value = 'MARINA A';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(page);
    expect(page.input('card_holder')).to.equal(input);
  });

  it('keeps its clock going without being drawn anew each second', async () => {
    const page = await mount(new FakeProxy(expiring));
    await page.shows('countdown');
    rewriteAll(page);
    const button = page.part('copy-button');
    page.clock.advance(1000);
    await settled(page);
    expect(text(page.part('countdown'))).to.contain('29:59');
    expect(page.part('copy-button')).to.equal(button);
  });

  it('leaves alone what a password manager only adds', async () => {
    const page = await mount(new FakeProxy(onlyCard));
    await fillCard(page);
    const input = page.input('card_number');
    input.after(document.createElement('div'));
    await pick('3')(page);
    await settled(page);
    expect(page.input('card_number')).to.equal(input);
  });
});
