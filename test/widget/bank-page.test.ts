import { expect } from '@open-wc/testing';
import { checkouts, instruments } from './checkouts.ts';
import { FakeProxy, type Mounted, mount, text, unmountAll } from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

async function mountBankPage(html: string): Promise<Mounted> {
  const instrument = { ...instruments.BOLETO, html };
  const page = await mount(new FakeProxy({ ...checkouts.waiting, method: 'BOLETO', instrument }));
  await page.shows('boleto-line');
  return page;
}

function frameOf(page: Mounted): HTMLIFrameElement | null {
  return page.part('bank-page')!.querySelector('iframe');
}

async function unfold(page: Mounted): Promise<HTMLIFrameElement> {
  page.part<HTMLDetailsElement>('bank-page')!.open = true;
  await waitUntil(() => frameOf(page), 'there is no frame');
  return frameOf(page)!;
}

describe('the bank’s own boleto', () => {
  it('is folded away, under our own voucher', async () => {
    const page = await mountBankPage('<p>Banco</p>');
    const fold = page.part<HTMLDetailsElement>('bank-page')!;
    expect(fold.open).to.equal(false);
    expect(text(fold.querySelector('summary'))).to.equal('Ver o boleto do banco');
  });

  it('is in the page only once it is unfolded, in a sandbox without any right', async () => {
    const page = await mountBankPage('<style>p { color: red }</style><p>Banco</p>');
    expect(frameOf(page)).to.equal(null);
    const frame = await unfold(page);
    expect(frame.getAttribute('sandbox')).to.equal('');
  });

  it('stays the same frame while the screen is drawn anew', async () => {
    const page = await mountBankPage('<p>Banco</p>');
    const frame = await unfold(page);
    page.element.requestUpdate();
    await page.element.updateComplete;
    expect(frameOf(page)).to.equal(frame);
  });

  it('is left out where the page wants Trusted Types, and the voucher is whole', async () => {
    const srcdoc = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'srcdoc')!;
    Object.defineProperty(HTMLIFrameElement.prototype, 'srcdoc', {
      ...srcdoc,
      set() {
        throw new TypeError('This document requires TrustedHTML assignment.');
      },
    });
    try {
      const page = await mountBankPage('<p>Banco</p>');
      expect(page.part('bank-page')).to.equal(null);
      expect(page.part('barcode')).to.exist;
      await waitUntil(() => page.eventsOf('letpay-instrument').length === 1);
    } finally {
      Object.defineProperty(HTMLIFrameElement.prototype, 'srcdoc', srcdoc);
    }
  });

  it('has no fold when the PSP sent none', async () => {
    const page = await mount(
      new FakeProxy({ ...checkouts.waiting, method: 'BOLETO', instrument: instruments.BOLETO }),
    );
    await page.shows('boleto-line');
    expect(page.part('bank-page')).to.equal(null);
  });
});
