import { expect } from '@open-wc/testing';
import type { Checkout, Instrument } from '../../server/contract/checkout.ts';
import { brCode, checkouts, createCheckout, instruments, pixCode } from './checkouts.ts';
import {
  FakeProxy,
  type Mounted,
  type MountOptions,
  mount,
  mountEarly,
  text,
  unmountAll,
} from './harness.ts';
import { waitUntil } from './wait-until.ts';

const clipboard = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard');

/** What a page’s clipboard does in place of the browser’s. */
function stubClipboard(writeText: (text: string) => Promise<void>): void {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
}

/** The page’s share sheet: what it was given, and what it answers. */
function stubShare(share: ((data: ShareData) => Promise<void>) | undefined): void {
  Object.defineProperty(navigator, 'share', { value: share, configurable: true });
}

afterEach(() => {
  unmountAll();
  // What a test put over the prototype’s own.
  Reflect.deleteProperty(navigator, 'share');
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

  it('is dark on white in the dark theme too (webawesome #1866)', async () => {
    const page = await mountInstrument(instruments.PIX, { attributes: { theme: 'dark' } });
    const fills = [...page.part('qr-code')!.children].map(shape => getComputedStyle(shape).fill);
    expect(fills).to.deep.equal(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  });

  it('has no clock when the PSP gives no end', async () => {
    const page = await mountInstrument(instruments.PIX);
    expect(page.part('countdown')).to.equal(null);
  });

  it('counts down by the proxy’s clock, not by the page’s (adyen-web #2520)', async () => {
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

  it('is read to its last character, without scrolling', async () => {
    for (const width of [360, 1024]) {
      const page = await mountInstrument(instruments.PIX, { attributes: { style: `width: ${width}px` } });
      const code = page.part('pix-code')!;
      expect(code.scrollHeight, `${width} px`).to.be.at.most(code.clientHeight);
    }
  });

  it('has its clock under the picture where the two stand side by side', async () => {
    const instrument = { ...instruments.PIX, expires_at: '2026-11-20T12:14:32.000Z' };
    const page = await mountInstrument(instrument, { attributes: { style: 'width: 720px' } });
    const [picture, clock] = ['qr-code', 'countdown'].map(name => page.part(name)!.getBoundingClientRect());
    expect(clock!.top).to.be.at.least(picture!.bottom);
    expect(clock!.right).to.be.at.most(picture!.right + 1);
  });

  it('leaves the line below without a promise when it is over', async () => {
    const page = await mountInstrument({ ...instruments.PIX, expires_at: '2026-11-20T11:59:59.000Z' });
    expect(text(page.part('status')))
      .to.contain('Se você já pagou')
      .and.not.to.contain('Aguardando');
    expect(text(page.part('renew-button'))).to.equal('Gerar novo código');
  });

  it('sends the shopper to the shop when it is over and there can be no other', async () => {
    const instrument = { ...instruments.PIX, expires_at: '2026-11-20T11:59:59.000Z' };
    const page = await mount(
      new FakeProxy(withInstrument(instrument, { can: { submit: false, renew: false } })),
    );
    expect(text(await page.shows('ask-shop'))).to.equal('Fale com a loja para continuar.');
    expect(page.part('renew-button')).to.equal(null);
  });

  it('warns when its amount is not the order’s', async () => {
    const page = await mountInstrument({ ...instruments.PIX, amount: 99 });
    expect(text(page.part('warning'))).to.contain('não é o do pedido');
    expect(page.eventsOf('letpay-warning').map(event => event.code)).to.deep.equal(['amount_mismatch']);
  });

  it('says whose name the bank should show', async () => {
    const page = await mountInstrument(instruments.PIX);
    expect(text(page.part('receiver-check'))).to.equal(
      'Antes de pagar, confira se o banco mostra o nome LOJA TAL.',
    );
  });

  const totals = checkouts.waiting.totals!;
  for (const [what, code, overrides, codes] of [
    ['leaves the amount to the PSP', brCode(null), {}, []],
    ['is in another currency', brCode('123.45', '840'), {}, ['currency_mismatch']],
    [
      'is not what the payer owes',
      pixCode,
      { totals: { ...totals, customer_amount: 130 } },
      ['amount_mismatch'],
    ],
    ['pays an order in dollars', pixCode, { totals: { ...totals, asset: 'USD', customer_amount: 22 } }, []],
    ['belongs to an order without sums', pixCode, { totals: null }, []],
  ] as const) {
    it(`${codes.length > 0 ? 'warns' : 'is not doubted'} when it ${what}`, async () => {
      const page = await mount(new FakeProxy(withInstrument({ ...instruments.PIX, code }, overrides)));
      await page.shows('instrument');
      expect(page.eventsOf('letpay-warning').map(event => event.code)).to.deep.equal(codes);
      expect(page.part('warning') !== null).to.equal(codes.length > 0);
    });
  }

  it('names the day as well when it is valid beyond today', async () => {
    const instrument = { ...instruments.PIX, expires_at: '2026-11-23T12:00:00.000Z' };
    const page = await mountInstrument(instrument);
    expect(text(page.part('countdown'))).to.match(/^Válido até 23\/11\/2026, \d\d:\d\d$/);
  });

  it('shows the PSP’s image when it is too long to be drawn', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';
    const page = await mountInstrument({ ...instruments.PIX, code: 'x'.repeat(3000), qr_code_png: png });
    const image = page.part<HTMLImageElement>('qr-code')!;
    await waitUntil(() => image.naturalWidth === 1, 'the image was never decoded');
    expect(image.alt).to.equal('QR Code do Pix');
  });

  it('is sent by the share sheet as nothing but the code', async () => {
    const sent: ShareData[] = [];
    stubShare(async data => void sent.push(data));
    const page = await mountInstrument(instruments.PIX);
    page.part('share-button')!.click();
    expect(sent).to.deep.equal([{ text: pixCode }]);
  });

  it('stays as it is when the share sheet is closed', async () => {
    let closed = Promise.resolve();
    stubShare(() => {
      closed = Promise.reject(new DOMException('closed', 'AbortError'));
      return closed;
    });
    const page = await mountInstrument(instruments.PIX);
    page.part('share-button')!.click();
    await closed.catch(() => undefined);
    expect(text(page.part('pix-code'))).to.equal(pixCode);
    expect(page.part('notice')).to.equal(null);
  });

  it('has no share button where the browser has no share sheet', async () => {
    const share = Object.getOwnPropertyDescriptor(Navigator.prototype, 'share');
    Reflect.deleteProperty(Navigator.prototype, 'share');
    try {
      const page = await mountInstrument(instruments.PIX);
      expect(page.part('copy-button')).to.exist;
      expect(page.part('share-button')).to.equal(null);
    } finally {
      if (share) Object.defineProperty(Navigator.prototype, 'share', share);
    }
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

  it('selects the code and tells the way when the clipboard refuses (clipboard-copy #41)', async () => {
    stubClipboard(() => Promise.reject(new DOMException('refused', 'NotAllowedError')));
    const page = await mountInstrument(instruments.PIX);
    page.part('copy-button')!.click();
    await waitUntil(() => text(page.part('copy-note')) !== '');
    expect(text(page.part('copy-note'))).to.contain('use Ctrl+C');
    expect(page.eventsOf('letpay-copy')).to.have.length(0);
    expect(getSelection()?.toString()).to.equal(pixCode);
  });

  it('speaks of a finger where the shopper has no keys', async () => {
    stubClipboard(() => Promise.reject(new DOMException('refused', 'NotAllowedError')));
    const { matchMedia } = window;
    window.matchMedia = query =>
      query === '(pointer: coarse)' ? ({ matches: true } as MediaQueryList) : matchMedia.call(window, query);
    try {
      const page = await mountInstrument(instruments.PIX);
      page.part('copy-button')!.click();
      await waitUntil(() => text(page.part('copy-note')) !== '');
      expect(text(page.part('copy-note'))).to.contain('Toque e segure o código');
    } finally {
      window.matchMedia = matchMedia;
    }
  });

  it('selects a line in groups as it reads', async () => {
    stubClipboard(() => Promise.reject(new DOMException('refused', 'NotAllowedError')));
    const page = await mountInstrument(instruments.BOLETO);
    page.part('copy-button')!.click();
    await waitUntil(() => text(page.part('copy-note')) !== '');
    expect(getSelection()?.toString()).to.equal('00190.50095 40144.816069 06809.350314 8 17480000000100');
  });

  it('has a place kept for its answer: nothing below moves', async () => {
    stubClipboard(async () => {});
    const page = await mountInstrument(instruments.PIX, { attributes: { style: 'width: 360px' } });
    const before = page.part('pix-code')!.getBoundingClientRect().top;
    page.part('copy-button')!.click();
    await waitUntil(() => text(page.part('copy-note')) !== '');
    expect(page.part('pix-code')!.getBoundingClientRect().top).to.be.closeTo(before, 1);
  });
});

describe('a code that should not be paid', () => {
  const altered = pixCode.replace('LOJA TAL', 'LOJA MAL');
  for (const [name, instrument] of Object.entries({
    amount_mismatch: { ...instruments.PIX, amount: 99 },
    currency_mismatch: { ...instruments.PIX, code: brCode('123.45', '840') },
    code_invalid: { ...instruments.PIX, code: altered },
    'code_invalid of a boleto': { ...instruments.BOLETO, code: `1${instruments.BOLETO.code.slice(1)}` },
  })) {
    it(`is folded away behind its warning, with a new one as the main step: ${name}`, async () => {
      const page = await mountInstrument(instrument);
      expect(page.part('warning')).to.exist;
      const mains = [...page.element.shadowRoot!.querySelectorAll('.primary')].map(text);
      expect(mains).to.deep.equal(['Gerar novo código']);
      for (const hidden of ['copy-button', 'steps', 'code-block']) {
        expect(page.part(hidden)!.checkVisibility(), hidden).to.equal(false);
      }
      expect(text(page.part('status'))).not.to.contain('Aguardando');
      page.part('doubted-code')!.querySelector('summary')!.click();
      await waitUntil(() => page.part('copy-button')!.checkVisibility(), 'the code is out of reach');
    });
  }

  it('leads to the shop where there can be no new one', async () => {
    const page = await mount(
      new FakeProxy(
        withInstrument({ ...instruments.PIX, amount: 99 }, { can: { submit: false, renew: false } }),
      ),
    );
    expect(text(await page.shows('ask-shop'))).to.equal('Fale com a loja para continuar.');
    expect(page.element.shadowRoot!.querySelectorAll('.primary')).to.have.length(0);
  });

  it('is shown at once when only the day within differs: that is a note', async () => {
    const page = await mountInstrument({ ...instruments.BOLETO, due_date: '2027-03-13' });
    expect(page.part('warning')).to.exist;
    expect(page.part('copy-button')!.checkVisibility()).to.equal(true);
    expect(page.part('copy-button')!.className).to.equal('primary');
  });
});

describe('after the due date', () => {
  /** Wednesday. */
  const dueDate = '2026-11-18';
  const slip = {
    ...instruments.BOLETO,
    code: '00190500954014481606906809350314316340000012345',
    amount: 123.45,
    due_date: dueDate,
  };
  for (const [instrument, last, over] of [
    [slip, '2026-11-19T02:59:59.000Z', '2026-11-19T03:00:00.000Z'],
    [{ ...instruments.PAYCASH, due_date: dueDate }, '2026-11-19T07:59:59.000Z', '2026-11-19T08:00:00.000Z'],
  ] as const) {
    it(`a ${instrument.method} is paid no more, but until the end of the day`, async () => {
      const onTime = await mount(new FakeProxy(withInstrument(instrument, { now: last })));
      await onTime.shows('copy-button');
      expect(onTime.part('expired')).to.equal(null);
      const late = await mount(new FakeProxy(withInstrument(instrument, { now: over })));
      expect(text(await late.shows('expired'))).to.equal('Venceu em 18/11/2026. Não pague mais este código.');
      expect(late.part('copy-button')!.checkVisibility(), 'it is folded away').to.equal(false);
      expect(late.part('doubted-code')).to.exist;
      expect(text(late.part('renew-button'))).to.equal('Gerar novo código');
      expect(text(late.part('status')))
        .to.contain('Se você já pagou')
        .and.to.contain('Venceu em 18/11/2026');
    });
  }

  it('the page goes on to look: banks may take it late', async () => {
    const page = await mountInstrument(slip);
    await page.shows('expired');
    await waitUntil(() => page.proxy.feeds.size === 1);
    page.proxy.push({ ...checkouts.paid, method: 'BOLETO', now: '2026-11-20T12:00:09.000Z' });
    await page.until('paid');
  });
});

describe('a boleto', () => {
  it('keeps the check digit with what follows it, and each group in one piece, at 360 px', async () => {
    const page = await mountInstrument(instruments.BOLETO, { attributes: { style: 'width: 360px' } });
    const groups = [...page.part('boleto-line')!.querySelectorAll<HTMLElement>('span')];
    expect(groups.map(text)).to.deep.equal([
      '00190.50095',
      '40144.816069',
      '06809.350314',
      '8 17480000000100',
    ]);
    const lineHeight = groups[0]!.offsetHeight;
    expect(groups.map(group => group.offsetHeight)).to.deep.equal(groups.map(() => lineHeight));
  });

  it('shows amount, due date and bank, the line in groups, the bars', async () => {
    const page = await mountInstrument(instruments.BOLETO);
    expect(text(page.part('boleto-line'))).to.equal('00190.50095 40144.816069 06809.350314 8 17480000000100');
    expect(text(page.part('facts'))).to.equal(
      'ValorR$ 1,00Vencimento12/03/2027Banco emissor001 · Banco do Brasil',
    );
    expect(page.part('barcode')?.getAttribute('aria-label')).to.equal('Código de barras do boleto');
    expect(page.eventsOf('letpay-warning')).to.have.length(0);
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

  it('warns when its line holds another amount or another day than the order', async () => {
    for (const [wrong, code, words] of [
      [{ amount: 2 }, 'amount_mismatch', 'não é o do pedido'],
      [{ due_date: '2027-03-13' }, 'due_date_mismatch', 'não é o vencimento informado'],
    ] as const) {
      const page = await mountInstrument({ ...instruments.BOLETO, ...wrong });
      expect(page.eventsOf('letpay-warning').map(event => event.code)).to.deep.equal([code]);
      expect(text(page.part('warning'))).to.contain(words);
      expect(page.part('copy-button'), 'a warning is no lock').to.exist;
    }
  });

  it('takes the day of its line when none stands beside it', async () => {
    const page = await mountInstrument({ ...instruments.BOLETO, due_date: null });
    expect(text(page.part('facts'))).to.contain('Vencimento12/03/2027');
    expect(page.eventsOf('letpay-warning')).to.have.length(0);
  });

  it('prints a slip of its own, bars and all, without a pop-up', async () => {
    const page = await mountInstrument(instruments.BOLETO);
    const root = page.element.shadowRoot!;
    let printed = '';
    let millimetres: readonly number[] = [];
    // The frame is filled in the same task that adds it: its print is replaced as it is added.
    const append = root.appendChild.bind(root);
    root.appendChild = <T extends Node>(node: T): T => {
      const added = append(node);
      if (node instanceof HTMLIFrameElement && node.contentWindow) {
        const { contentWindow, contentDocument } = node;
        contentWindow.print = () => {
          printed = contentDocument?.body.textContent ?? '';
          const bars = contentDocument!.querySelector('svg')!;
          const dark = bars.querySelector('path')!.getBoundingClientRect();
          const { left } = bars.getBoundingClientRect();
          const margin = Number.parseFloat(contentWindow.getComputedStyle(bars).marginLeft);
          millimetres = [dark.width, dark.height, dark.left - left + margin].map(px => (px * 25.4) / 96);
          contentWindow.dispatchEvent(new Event('afterprint'));
        };
      }
      return added;
    };
    page.part('print-button')!.focus();
    page.part('print-button')!.click();
    for (const words of [
      'Boleto · Pedido ORDER-1',
      '8 17480000000100',
      'R$',
      'Vencimento: 12/03/2027',
      '001 · Banco do Brasil',
      'confira se o banco mostra o mesmo valor e o beneficiário LetPay',
    ]) {
      expect(printed).to.contain(words);
    }
    const [width = 0, height = 0, quiet = 0] = millimetres;
    expect(width).to.be.closeTo(103, 0.2);
    expect(height).to.be.closeTo(13, 0.1);
    expect(quiet).to.be.at.least(5);
    expect(root.querySelector('iframe')).to.equal(null);
    expect(root.activeElement).to.equal(page.part('print-button'));
  });
});

describe('a cash reference', () => {
  it('shows the reference in groups, the bars and the way to the shops', async () => {
    const page = await mountInstrument(instruments.PAYCASH, { attributes: { locale: 'es-MX' } });
    expect(text(page.part('paycash-reference'))).to.equal('1234 5678 9012 3456');
    expect(page.part('barcode')).to.exist;
    const link = page.part<HTMLAnchorElement>('instructions-link')!;
    expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
    expect(text(link)).to.equal('Ver instrucciones y tiendas (se abre en otra pestaña)');
    expect(text(page.part('confirmation-note'))).to.contain('hasta 2 horas');
  });

  const mexican = {
    country: 'MX',
    currency: 'MXN',
    totals: { ...checkouts.waiting.totals!, asset: 'MXN', customer_amount: 123.45 },
  } as const;

  it('tells what the cashier knows, and no limits that are far', async () => {
    const proxy = new FakeProxy(withInstrument(instruments.PAYCASH, mexican));
    const page = await mount(proxy, { attributes: { locale: 'es-MX' } });
    await page.shows('instrument');
    expect(text(page.part('steps'))).to.contain('di: “pago de servicios, Paycash”');
    expect(text(page.part('facts'))).not.to.contain('Límites');
    expect(page.part('limit-note')).to.equal(null);
  });

  it('names the limits when the amount is near to one', async () => {
    const instrument = { ...instruments.PAYCASH, amount: 9_500 };
    const page = await mount(new FakeProxy(withInstrument(instrument, mexican)), {
      attributes: { locale: 'es-MX' },
    });
    await page.shows('instrument');
    expect(text(page.part('facts'))).to.contain('Límites en efectivo$15.00 – $10,000.00');
    expect(page.part('limit-note')).to.equal(null);
  });

  it('asks to turn the phone only for bars that are too long to be held upright', async () => {
    const style = 'width: 360px';
    const short = await mountInstrument(instruments.PAYCASH, { attributes: { style } });
    expect(short.part('turn-note')).to.equal(null);
    const long = { ...instruments.PAYCASH, barcode: 'PAYCASH-640000125781230609-000250' };
    const page = await mountInstrument(long, { attributes: { style } });
    expect(page.part('turn-note')!.checkVisibility()).to.equal(true);
  });

  it('says so when the amount is more than shops take', async () => {
    const instrument = { ...instruments.PAYCASH, amount: 10_000.01 };
    const page = await mount(new FakeProxy(withInstrument(instrument, mexican)), {
      attributes: { locale: 'es-MX' },
    });
    expect(text(await page.shows('limit-note'))).to.contain('fuera de los límites de efectivo');
  });

  it('knows neither limits nor a phrase for a country without documents', async () => {
    const page = await mountInstrument(instruments.PAYCASH, { attributes: { locale: 'es' } });
    expect(text(page.part('facts'))).not.to.contain('Límites');
    expect(text(page.part('steps')))
      .to.contain('Muestra este código en caja')
      .and.not.to.contain('“');
  });
});

describe('a redirect', () => {
  it('is gone to by the press that chose it, and once', async () => {
    const { REDIRECT } = instruments;
    const page = await mount(new FakeProxy(createCheckout({ methods: ['REDIRECT'] })));
    page.proxy.sendPayment = { ...checkouts.waiting, method: 'REDIRECT', instrument: REDIRECT };
    page.part('pay-button')!.click();
    await page.until('waiting');
    await page.shows('redirect-link');
    await page.element.refresh();
    expect(page.left).to.deep.equal([REDIRECT.url]);
  });

  it('is a link that the shopper follows after a reload: nothing goes away by itself', async () => {
    const page = await mountInstrument(instruments.REDIRECT);
    const link = page.part<HTMLAnchorElement>('redirect-link')!;
    expect(link.href).to.equal('https://psp.example/pay/1');
    expect(text(link)).to.equal('Ir para a página de pagamento');
    expect(link.target).to.equal('_top');
    expect(page.left).to.deep.equal([]);
  });
});

describe('accessibility', () => {
  const screens: Readonly<Record<string, Checkout>> = {
    ...checkouts,
    card: createCheckout({ methods: ['CREDITCARD'], test_mode: true }),
    boleto: withInstrument({ ...instruments.BOLETO, html: '<table><tr><td>Banco</td></tr></table>' }),
    'a boleto in doubt': withInstrument({ ...instruments.BOLETO, amount: 2 }),
    paycash: withInstrument(instruments.PAYCASH),
    'a cash reference over the limit': withInstrument(
      { ...instruments.PAYCASH, barcode: '64000012578123060900025032', amount: 20_000 },
      { country: 'MX', currency: 'MXN', totals: null },
    ),
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
      withInstrument({ ...instruments.BOLETO, html: '<p>Banco</p>' }),
    ]) {
      const page = await mount(new FakeProxy(checkout));
      await page.shows('title');
      for (const target of page.element.shadowRoot!.querySelectorAll('button, a, summary')) {
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
      for (const fold of page.element.shadowRoot!.querySelectorAll('details')) {
        fold.open = true;
        expect(fold.offsetWidth, 'a fold').to.be.at.most(320);
      }
      expect(page.part('container')!.scrollWidth, page.element.state).to.be.at.most(320);
      page.element.remove();
    }
    narrow.remove();
  });
});
