import { expect, waitUntil } from '@open-wc/testing';
import type { Checkout, Instrument } from '../../server/contract/checkout.ts';
import { checkouts, createCheckout, instruments, pixCode } from './checkouts.ts';
import {
  FakeProxy,
  type Mounted,
  type MountOptions,
  mount,
  mountEarly,
  text,
  unmountAll,
} from './harness.ts';

const clipboard = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard');

/** What a page’s clipboard does in place of the browser’s. */
function stubClipboard(writeText: (text: string) => Promise<void>): void {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
}

afterEach(() => {
  unmountAll();
  if (clipboard) Object.defineProperty(navigator, 'clipboard', { ...clipboard, configurable: true });
});

function withInstrument(instrument: Instrument, overrides: Partial<Checkout> = {}): Checkout {
  return { ...checkouts.waiting, method: instrument.method, instrument, ...overrides };
}

async function mountInstrument(instrument: Instrument, options: MountOptions = {}): Promise<Mounted> {
  const page = await mount(new FakeProxy(withInstrument(instrument)), options);
  await page.shows('instrument');
  return page;
}

describe('a Pix code', () => {
  it('stands there as text, as a picture, with amount and receiver', async () => {
    const page = await mountInstrument(instruments.PIX);
    expect(page.part('pix-code')?.textContent).to.equal(pixCode);
    expect(page.part('qr-code')?.getAttribute('aria-label')).to.equal('QR Code do Pix');
    expect(text(page.part('facts'))).to.equal('ValorR$ 123,45RecebedorLOJA TAL');
    expect(page.eventsOf('letpay-instrument').map(event => event.method)).to.deep.equal(['PIX']);
    expect(page.eventsOf('letpay-warning')).to.have.length(0);
  });

  it('is dark on white in the dark theme too', async () => {
    const page = await mountInstrument(instruments.PIX, { attributes: { theme: 'dark' } });
    const fills = [...page.part('qr-code')!.children].map(shape => getComputedStyle(shape).fill);
    expect(fills).to.deep.equal(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  });

  it('has no clock when the PSP gives no end', async () => {
    const page = await mountInstrument(instruments.PIX);
    expect(page.part('countdown')).to.equal(null);
  });

  it('counts down by the proxy’s clock, not by the page’s', async () => {
    const instrument = { ...instruments.PIX, expires_at: '2026-11-20T12:14:32.000Z' };
    const proxy = new FakeProxy(withInstrument(instrument, { now: '2026-11-20T12:10:00.000Z' }));
    const page = await mount(proxy);
    expect(text(await page.shows('countdown'))).to.equal('Válido por 04:32');
    page.clock.advance(1000);
    await waitUntil(() => text(page.part('countdown')) === 'Válido por 04:31');
  });

  it('is taken away when it is over, with a new one in place', async () => {
    const instrument = { ...instruments.PIX, expires_at: '2026-11-20T12:00:02.000Z' };
    const page = await mountInstrument(instrument);
    page.proxy.checkout = withInstrument(instrument, { now: '2026-11-20T12:00:03.000Z' });
    page.clock.advance(3000);
    await page.shows('renew-button');
    expect(text(page.part('expired'))).to.equal('Este código venceu. Não pague o código antigo.');
    expect(page.part('pix-code')).to.equal(null);
    expect(page.element.state).to.equal('waiting');
  });

  it('warns when its amount is not the order’s', async () => {
    const page = await mountInstrument({ ...instruments.PIX, amount: 99 });
    expect(text(page.part('warning'))).to.contain('não é o do pedido');
    expect(page.eventsOf('letpay-warning').map(event => event.code)).to.deep.equal(['amount_mismatch']);
  });

  it('warns when its checksum is wrong', async () => {
    const altered = pixCode.replace('LOJA TAL', 'LOJA MAL');
    const page = await mountInstrument({ ...instruments.PIX, code: altered });
    expect(text(page.part('warning'))).to.contain('incompleto ou alterado');
    expect(page.eventsOf('letpay-warning').map(event => event.code)).to.deep.equal(['code_invalid']);
  });
});

describe('the copy button', () => {
  it('says copied, and how the code ends, once the clipboard has it', async () => {
    let copied = '';
    stubClipboard(async value => {
      copied = value;
    });
    const page = await mountInstrument(instruments.PIX);
    page.part('copy-button')!.click();
    await waitUntil(() => text(page.part('copy-note')) !== '');
    expect(copied).to.equal(pixCode);
    expect(text(page.part('copy-note'))).to.equal(`Copiado · termina em ${pixCode.slice(-4)}`);
    expect(page.eventsOf('letpay-copy').map(event => event.endsWith)).to.deep.equal([pixCode.slice(-4)]);
  });

  it('selects the code and tells the way when the clipboard refuses', async () => {
    stubClipboard(() => Promise.reject(new DOMException('refused', 'NotAllowedError')));
    const page = await mountInstrument(instruments.PIX);
    page.part('copy-button')!.click();
    await waitUntil(() => text(page.part('copy-note')) !== '');
    expect(text(page.part('copy-note'))).to.contain('Toque e segure o código');
    expect(page.eventsOf('letpay-copy')).to.have.length(0);
    expect(getSelection()?.toString()).to.equal(pixCode);
  });
});

describe('a boleto', () => {
  it('shows amount, due date and bank, the line in groups, the bars', async () => {
    const page = await mountInstrument(instruments.BOLETO);
    expect(text(page.part('boleto-line'))).to.equal('00190.50095 40144.816069 06809.350314 3 37370000000100');
    expect(text(page.part('facts'))).to.equal(
      'ValorR$ 1,00Vencimento12/03/2027Banco emissor001 · Banco do Brasil',
    );
    expect(page.part('barcode')?.getAttribute('aria-label')).to.equal('Código de barras do boleto');
  });

  it('copies the digits alone', async () => {
    let copied = '';
    stubClipboard(async value => {
      copied = value;
    });
    const page = await mountInstrument(instruments.BOLETO);
    page.part('copy-button')!.click();
    await waitUntil(() => copied !== '');
    expect(copied).to.equal(instruments.BOLETO.code);
  });

  it('warns of a line whose digits do not check', async () => {
    const page = await mountInstrument({
      ...instruments.BOLETO,
      code: `1${instruments.BOLETO.code.slice(1)}`,
    });
    expect(page.eventsOf('letpay-warning').map(event => event.code)).to.deep.equal(['code_invalid']);
    expect(page.part('barcode')).to.equal(null);
  });

  it('prints a slip of its own, bars and all, without a pop-up', async () => {
    const page = await mountInstrument(instruments.BOLETO);
    const root = page.element.shadowRoot!;
    let printed = '';
    // The frame is filled in the same task that adds it: its print is replaced as it is added.
    const append = root.appendChild.bind(root);
    root.appendChild = <T extends Node>(node: T): T => {
      const added = append(node);
      if (node instanceof HTMLIFrameElement && node.contentWindow) {
        const { contentWindow, contentDocument } = node;
        contentWindow.print = () => {
          printed = contentDocument?.body.textContent ?? '';
          expect(contentDocument?.querySelector('svg path')).to.exist;
          contentWindow.dispatchEvent(new Event('afterprint'));
        };
      }
      return added;
    };
    page.part('print-button')!.click();
    expect(printed)
      .to.contain('Boleto · Pedido ORDER-1')
      .and.to.contain('37370000000100')
      .and.to.contain('R$');
    expect(root.querySelector('iframe')).to.equal(null);
  });
});

describe('a cash reference', () => {
  it('shows the reference in groups, the bars and the way to the shops', async () => {
    const page = await mountInstrument(instruments.PAYCASH, { attributes: { locale: 'es-MX' } });
    expect(text(page.part('paycash-reference'))).to.equal('1234 5678 9012 3456');
    expect(page.part('barcode')).to.exist;
    const link = page.part<HTMLAnchorElement>('instructions-link')!;
    expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
    expect(text(page.part('steps'))).to.contain('pago de servicios, Paycash');
  });
});

describe('a redirect', () => {
  it('is a link that the shopper follows', async () => {
    const page = await mountInstrument(instruments.REDIRECT);
    const link = page.part<HTMLAnchorElement>('redirect-link')!;
    expect(link.href).to.equal('https://psp.example/pay/1');
    expect(text(link)).to.equal('Ir para a página de pagamento');
  });
});

describe('accessibility', () => {
  const screens: Readonly<Record<string, Checkout>> = {
    ...checkouts,
    card: createCheckout({ methods: ['CREDITCARD'], test_mode: true }),
    boleto: withInstrument(instruments.BOLETO),
    paycash: withInstrument(instruments.PAYCASH),
    redirect: withInstrument(instruments.REDIRECT),
    'a code that got lost': createCheckout({
      status: 'PROCESSING',
      method: 'PIX',
      can: { submit: false, renew: true },
    }),
  };

  for (const theme of ['light', 'dark']) {
    for (const [name, checkout] of Object.entries(screens)) {
      it(`finds no fault with ${name}, ${theme}`, async () => {
        const page = await mount(new FakeProxy(checkout), { attributes: { theme } });
        await waitUntil(() => page.part('title') ?? page.part('form'));
        await expect(page.element).to.be.accessible();
      });
    }
  }

  /** The screens that pass by while an answer is awaited, and the one for when none can come. */
  const never = new Promise<Checkout>(() => undefined);
  const unknown = new Response(JSON.stringify({ code: 'not_found', request_id: 'r-1' }), {
    status: 404,
    headers: { 'content-type': 'application/problem+json' },
  });
  for (const [name, answer, next] of [
    ['loading', never, null],
    ['error', unknown, null],
    ['submitting', createCheckout({ methods: ['PIX'] }), 'pay-button'],
    ['renewing', checkouts.ended, 'renew-button'],
  ] as const) {
    it(`finds no fault with ${name}`, async () => {
      const proxy = new FakeProxy(answer);
      proxy.sendPayment = never;
      proxy.renew = never;
      const page = mountEarly(proxy);
      await waitUntil(() => {
        if (next) page.part(next)?.click();
        return page.element.state === name;
      });
      await page.element.updateComplete;
      await expect(page.element).to.be.accessible();
    });
  }

  it('finds no fault with a form full of errors', async () => {
    const page = await mount(new FakeProxy(createCheckout({ methods: ['CREDITCARD'] })));
    await waitUntil(() => {
      page.part('pay-button')!.click();
      return page.part('error-summary');
    });
    await expect(page.element).to.be.accessible();
  });

  it('gives every button and link 44 px', async () => {
    for (const checkout of [
      checkouts.waiting,
      checkouts.declined,
      checkouts.verifying,
      withInstrument(instruments.PAYCASH),
    ]) {
      const page = await mount(new FakeProxy(checkout));
      await page.shows('title');
      for (const target of page.element.shadowRoot!.querySelectorAll('button, a')) {
        expect(target.getBoundingClientRect().height, text(target)).to.be.at.least(44);
      }
    }
  });

  it('fits into 320 px', async () => {
    const narrow = document.body.appendChild(document.createElement('div'));
    narrow.style.width = '320px';
    for (const checkout of Object.values(screens)) {
      const page = await mount(new FakeProxy(checkout), { parent: narrow });
      await waitUntil(() => page.part('title') ?? page.part('form'));
      expect(page.part('container')!.scrollWidth, page.element.state).to.be.at.most(320);
      page.element.remove();
    }
    narrow.remove();
  });
});
