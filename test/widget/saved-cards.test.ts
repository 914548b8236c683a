import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import type { Checkout } from '../../server/contract/checkout.ts';
import { cardPayment, checkouts, createCheckout, token } from './checkouts.ts';
import {
  chooseCard,
  FakeProxy,
  fillCard,
  later,
  type Mounted,
  mount,
  problem,
  testCard,
  text,
  unmountAll,
} from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(async () => {
  unmountAll();
  await setViewport({ width: 800, height: 600 });
});

const visa = { public_card_id: 'CAR-1', brand: 'visa', last4: '1112', exp_month: 12, exp_year: 2030 };
const amex = {
  public_card_id: 'CAR-2',
  brand: 'american-express',
  last4: '0005',
  exp_month: 3,
  exp_year: 2028,
};

function withCards(...cards: Checkout['saved_cards']): Checkout {
  return createCheckout({ methods: ['CREDITCARD', 'PIX'], saved_cards: cards });
}

/** The same order, later by the proxy’s clock. */
function afterwards(checkout: Checkout): Checkout {
  return { ...checkout, now: '2026-11-20T12:00:01.000Z' };
}

function offering(more: Partial<Checkout> = {}): Checkout {
  return createCheckout({
    methods: ['CREDITCARD', 'PIX'],
    can: { submit: true, renew: false, save_card: true },
    ...more,
  });
}

const partsOf = (page: Mounted, name: string) => [
  ...page.element.shadowRoot!.querySelectorAll<HTMLElement>(`[part~="${name}"]`),
];
const radios = (page: Mounted) => partsOf(page, 'saved-card-radio') as HTMLInputElement[];
const chosen = (page: Mounted) => radios(page).find(radio => radio.checked)?.value;
const field = (page: Mounted, name: string) => page.element.shadowRoot!.querySelector(`[name="${name}"]`);
const focused = (page: Mounted) => page.element.shadowRoot!.activeElement;
const note = (page: Mounted) => text(page.part('saved-card-note'));

async function pressPart(page: Mounted, name: string, at = 0): Promise<void> {
  partsOf(page, name)[at]!.click();
  await page.element.updateComplete;
}

async function remove(page: Mounted, at = 0): Promise<void> {
  await pressPart(page, 'remove-card-button', at);
  await pressPart(page, 'confirm-removal-button');
}

describe('stored cards', () => {
  it('stand first in the card method, each with brand, last four digits and last month', async () => {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    const list = page.part('saved-cards')!;
    expect(list.localName).to.equal('fieldset');
    expect(text(list.querySelector('legend'))).to.equal('Seus cartões salvos');
    await waitUntil(() => partsOf(page, 'card-brand').length === 2, 'the brands’ tiles never came');
    expect(partsOf(page, 'saved-card-choice').map(text)).to.deep.equal([
      'VISAVisa final 1112 válido até 12/30',
      'AMEXAmerican Express final 0005 válido até 03/28',
    ]);
    expect(text(page.part('other-card'))).to.equal('Usar outro cartão');
    expect(radios(page).map(radio => [radio.type, radio.checked])).to.deep.equal([
      ['radio', true],
      ['radio', false],
      ['radio', false],
    ]);
    expect(field(page, 'card_number')).to.equal(null);
  });

  it('are not asked for by orders that have none', async () => {
    const page = await mount(new FakeProxy(createCheckout({ methods: ['CREDITCARD', 'PIX'] })));
    expect(page.part('saved-cards')).to.equal(null);
    expect(page.part('save-card')).to.equal(null);
    expect(page.input('card_number')).to.exist;
  });

  it('leave the methods in the merchant’s order', async () => {
    const page = await mount(new FakeProxy({ ...withCards(visa), methods: ['PIX', 'CREDITCARD', 'BOLETO'] }));
    const methods = [...page.element.shadowRoot!.querySelectorAll<HTMLInputElement>('[name="method"]')];
    expect(methods.map(({ value }) => value)).to.deep.equal(['PIX', 'CREDITCARD', 'BOLETO']);
    expect(page.part('saved-cards')).to.equal(null);
    page.part('method-CREDITCARD')!.click();
    await page.shows('saved-cards');
    expect(chosen(page)).to.equal('CAR-1');
  });

  it('are on screen together with the methods: nothing comes in later and moves the button', async () => {
    const page = await mount(new FakeProxy(withCards(visa)));
    expect(page.eventsOf('letpay-ready')).to.have.length(1);
    expect(page.part('saved-cards')).to.exist;
  });

  it('are paid with one tap, by their id and nothing else', async () => {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    page.proxy.sendPayment = checkouts.paid;
    page.part('pay-button')!.click();
    await page.until('paid');
    const [call, ...others] = page.proxy.callsOf('sendPayment');
    expect(call?.body).to.deep.equal({
      method: 'CREDITCARD',
      public_card_id: 'CAR-1',
      card_installments: 1,
    });
    expect(others).to.deep.equal([]);
    await page.shows('payment-facts');
    expect(text(page.part('payment-facts'))).to.equal('Visa final 1112 · Pedido ORDER-1');
  });

  it('are paid in installments as a new card is', async () => {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    page.proxy.sendPayment = checkouts.paid;
    radios(page)[1]!.click();
    await waitUntil(() => field(page, 'card_installments'), 'the installments never came');
    const select = page.input('card_installments');
    select.value = '2';
    select.dispatchEvent(new Event('change'));
    await page.element.updateComplete;
    expect(text(page.part('pay-button'))).to.equal('Pagar em 2x de R$ 64,51');
    expect(text(page.part('total'))).to.contain('R$ 129,02');
    expect(page.element.submit()).to.equal(true);
    await page.until('paid');
    expect(page.eventsOf('letpay-submit').map(event => event.installments)).to.deep.equal([2]);
    expect(page.proxy.callsOf('sendPayment')[0]?.body).to.deep.equal({
      method: 'CREDITCARD',
      public_card_id: 'CAR-2',
      card_installments: 2,
    });
  });

  it('give way to the fields of another card, and no id is sent with it', async () => {
    const page = await mount(new FakeProxy(withCards(visa)));
    page.proxy.sendPayment = checkouts.paid;
    page.part('pay-button')!.focus();
    await pressPart(page, 'other-card');
    await fillCard(page, {});
    expect(chosen(page)).to.equal('');
    page.part('pay-button')!.click();
    await page.until('paid');
    const { body } = page.proxy.callsOf('sendPayment')[0]!;
    expect(body).to.include({ method: 'CREDITCARD', card_number: testCard });
    expect(body).not.to.have.any.keys('public_card_id', 'save_card');
  });

  it('can be chosen with the keyboard alone', async () => {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    page.proxy.sendPayment = checkouts.paid;
    radios(page)[0]!.focus();
    await sendKeys({ press: 'ArrowDown' });
    expect(chosen(page)).to.equal('CAR-2');
    await sendKeys({ press: 'Enter' });
    await page.until('paid');
    expect(page.proxy.callsOf('sendPayment')[0]?.body).to.include({ public_card_id: 'CAR-2' });
  });

  it('are called by their brand’s name, or by the method’s where nobody knows the brand', async () => {
    const names = [
      { ...visa, brand: 'unknown' },
      { ...visa, public_card_id: 'CAR-3', brand: 'jcb' },
    ];
    const page = await mount(new FakeProxy(withCards(...names)));
    expect(partsOf(page, 'saved-card-name').map(text)).to.deep.equal([
      'Cartão de crédito final 1112',
      'JCB final 1112',
    ]);
  });
});

describe('a stored card that is declined', () => {
  const declined = (action: 'fix_data' | 'call_bank', reason: 'expired_card' | 'call_issuer'): Checkout => ({
    ...checkouts.declined,
    saved_cards: [visa, amex],
    decline: { reason, action, code: null },
    payment: cardPayment,
  });

  async function decline(answer: Checkout): Promise<Mounted> {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    page.proxy.sendPayment = answer;
    page.part('pay-button')!.click();
    await page.until('declined');
    await page.shows('decline-reason');
    page.proxy.renew = { ...withCards(visa, amex), attempt: 2 };
    return page;
  }

  it('is named, and there is nothing to correct', async () => {
    const page = await decline(declined('fix_data', 'expired_card'));
    expect(text(page.part('payment-facts'))).to.equal('Visa final 1112 · Pedido ORDER-1');
    expect(page.part('next-step-fix')).to.equal(null);
    expect(page.part('next-step-card')!.classList.contains('primary')).to.equal(true);
  });

  it('is followed by the fields of another card', async () => {
    const page = await decline(declined('fix_data', 'expired_card'));
    page.part('next-step-card')!.click();
    await page.shows('saved-cards');
    expect(chosen(page)).to.equal('');
    expect(page.input('card_number').value).to.equal('');
  });

  it('is tried again where the bank asked for a call first', async () => {
    const page = await decline(declined('call_bank', 'call_issuer'));
    page.part('next-step-bank')!.click();
    await page.shows('saved-cards');
    expect(chosen(page)).to.equal('CAR-1');
  });
});

describe('a stored card that can be used no more', () => {
  it('is said to be so; the list is read again, and no other stored card takes its place', async () => {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    page.proxy.sendPayment = problem(422, 'method_not_offered', [
      { pointer: '/public_card_id', code: 'not_offered' },
    ]);
    page.proxy.checkout = afterwards(withCards(amex));
    page.part('pay-button')!.click();
    await page.shows('notice');
    expect(text(page.part('notice'))).to.contain('Este cartão não pode mais ser usado');
    await waitUntil(() => radios(page).length === 2, 'the list was not read again');
    expect(radios(page).map(({ value }) => value)).to.deep.equal(['CAR-2', '']);
    expect(chosen(page)).to.equal('');
    expect(text(page.part('notice'))).to.contain('Este cartão não pode mais ser usado');
    expect(page.element.diagnostics().trace.at(-1)?.code).to.equal('card_gone');
  });
});

describe('the removal of a stored card', () => {
  it('asks once, in place, with the focus on “keep”', async () => {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    const [button] = partsOf(page, 'remove-card-button');
    expect(text(button!)).to.equal('Remover');
    expect(button!.getAttribute('aria-label')).to.equal('Remover Visa final 1112');
    await pressPart(page, 'remove-card-button');
    expect(text(page.part('remove-card'))).to.equal('Remover este cartão? Remover Manter');
    await waitUntil(() => focused(page) === page.part('keep-card-button'));
    expect(page.proxy.callsOf('removeCard')).to.deep.equal([]);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => page.part('remove-card') === null);
    await waitUntil(() => focused(page) === partsOf(page, 'remove-card-button')[0]);
    expect(page.proxy.calls).to.have.length(1);
  });

  it('is one call; the card goes, the rest stays, and it is spoken', async () => {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    const region = page.part('saved-card-note')!;
    expect([region.getAttribute('role'), text(region)]).to.deep.equal(['status', '']);
    page.proxy.removeCard = afterwards(withCards(amex));
    await remove(page);
    await waitUntil(() => note(page) === 'Cartão removido.');
    expect(page.part('saved-card-note')).to.equal(region);
    const [call, ...others] = page.proxy.callsOf('removeCard');
    expect(call).to.deep.equal({
      name: 'removeCard',
      url: `https://pay.shop.example/v1/checkout/${token}/saved-cards/CAR-1`,
      body: null,
      key: null,
    });
    expect(others).to.deep.equal([]);
    expect(radios(page).map(({ value }) => value)).to.deep.equal(['CAR-2', '']);
    await waitUntil(() => focused(page) === radios(page)[0]);
    expect(chosen(page)).to.equal('CAR-2');
  });

  it('keeps the choice of another card that was made', async () => {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    radios(page)[1]!.click();
    page.proxy.removeCard = afterwards(withCards(amex));
    await remove(page);
    await waitUntil(() => radios(page).length === 2);
    expect(chosen(page)).to.equal('CAR-2');
  });

  it('of the last one leaves the fields, with the focus in the first', async () => {
    const page = await mount(new FakeProxy(withCards(visa)));
    page.proxy.removeCard = afterwards(withCards());
    await remove(page);
    await waitUntil(() => focused(page)?.getAttribute('name') === 'card_number');
    expect(page.part('saved-cards')).to.equal(null);
    expect(note(page)).to.equal('Cartão removido.');
  });

  it('tells when it failed, and the card can be paid with as before', async () => {
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    page.proxy.removeCard = problem(503, 'psp_unavailable');
    await remove(page);
    await waitUntil(() => note(page).startsWith('Não deu para remover o cartão'));
    expect(radios(page).map(({ value }) => value)).to.deep.equal(['CAR-1', 'CAR-2', '']);
    await waitUntil(() => focused(page) === partsOf(page, 'remove-card-button')[0]);
    page.proxy.sendPayment = checkouts.paid;
    expect(page.element.submit()).to.equal(true);
    await page.until('paid');
  });

  it('is done when the card is gone although the answer was lost, or another tab was quicker', async () => {
    for (const answer of [new TypeError('connection reset'), problem(404, 'not_found')]) {
      const page = await mount(new FakeProxy(withCards(visa, amex)));
      page.proxy.removeCard = answer;
      page.proxy.checkout = afterwards(withCards(amex));
      await remove(page);
      await waitUntil(() => note(page) === 'Cartão removido.');
      expect(radios(page)).to.have.length(2);
      expect(page.proxy.callsOf('removeCard')).to.have.length(1);
    }
  });

  it('says nothing to the shopper of another checkout that was opened meanwhile', async () => {
    const { answer, give } = later();
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    page.proxy.removeCard = answer;
    await remove(page);
    page.proxy.checkout = { ...withCards(amex), reference_id: 'ORDER-2' };
    page.element.paymentToken = 'another-token';
    await waitUntil(() => page.eventsOf('letpay-ready').length === 2);
    give(afterwards(withCards()));
    await page.element.refresh();
    await page.element.updateComplete;
    expect(radios(page).map(({ value }) => value)).to.deep.equal(['CAR-2', '']);
    expect(note(page)).to.equal('');
  });

  it('lets nothing be paid while it is under way', async () => {
    const { answer, give } = later();
    const page = await mount(new FakeProxy(withCards(visa, amex)));
    page.proxy.removeCard = answer;
    await remove(page);
    expect(text(page.part('remove-card'))).to.equal('Removendo…');
    expect(page.element.submit()).to.equal(false);
    expect(page.proxy.callsOf('sendPayment')).to.deep.equal([]);
    give(afterwards(withCards(amex)));
    await waitUntil(() => page.part('remove-card') === null);
    page.proxy.sendPayment = checkouts.paid;
    expect(page.element.submit()).to.equal(true);
    await page.until('paid');
    expect(page.proxy.callsOf('sendPayment')[0]?.body).to.include({ public_card_id: 'CAR-2' });
  });
});

describe('the offer to store a card', () => {
  it('is never ticked by itself, says where the number is kept, and sends nothing unticked', async () => {
    const page = await mount(new FakeProxy(offering()));
    const box = page.input('save_card');
    expect([box.type, box.checked]).to.deep.equal(['checkbox', false]);
    expect(text(box.closest('label'))).to.equal('Salvar este cartão para a próxima compra');
    const hint = page.element.shadowRoot!.getElementById(box.getAttribute('aria-describedby')!);
    expect(text(hint)).to.contain('O número fica guardado no provedor de pagamento, não na loja.');
    page.proxy.sendPayment = checkouts.paid;
    await fillCard(page);
    expect(page.element.submit()).to.equal(true);
    await page.until('paid');
    expect(page.proxy.callsOf('sendPayment')[0]?.body).not.to.have.any.keys('save_card');
  });

  it('is sent when the shopper ticked it', async () => {
    const page = await mount(new FakeProxy(offering()));
    page.proxy.sendPayment = checkouts.paid;
    await fillCard(page);
    page.input('save_card').click();
    expect(page.element.submit()).to.equal(true);
    await page.until('paid');
    expect(page.proxy.callsOf('sendPayment')[0]?.body).to.include({
      card_number: testCard,
      save_card: true,
    });
  });

  it('is not ticked for the next card, nor for the next checkout', async () => {
    const page = await mount(new FakeProxy(offering()));
    await fillCard(page);
    page.input('save_card').click();
    page.proxy.sendPayment = { ...checkouts.declined, can: { ...checkouts.declined.can, save_card: true } };
    page.proxy.renew = offering({ attempt: 2 });
    expect(page.element.submit()).to.equal(true);
    await page.until('declined');
    (await page.shows('next-step-card')).click();
    await page.until('choosing');
    expect(page.input('save_card').checked).to.equal(false);
    page.input('save_card').click();
    page.element.paymentToken = 'another-token';
    page.proxy.checkout = offering({ reference_id: 'ORDER-2' });
    await waitUntil(() => page.eventsOf('letpay-ready').length === 3);
    expect(page.input('save_card').checked).to.equal(false);
  });

  it('is not there where the merchant does not make it, nor beside a stored card', async () => {
    const without = await mount(new FakeProxy(createCheckout({ methods: ['CREDITCARD'] })));
    await chooseCard(without);
    expect(field(without, 'save_card')).to.equal(null);
    const page = await mount(new FakeProxy(offering({ saved_cards: [visa] })));
    expect(field(page, 'save_card')).to.equal(null);
    await pressPart(page, 'other-card');
    expect(page.input('save_card').checked).to.equal(false);
  });
});

describe('everybody', () => {
  const screens: Readonly<Record<string, (page: Mounted) => Promise<void>>> = {
    'the list': async () => {},
    'the question': page => pressPart(page, 'remove-card-button'),
    'another card': page => pressPart(page, 'other-card'),
  };
  for (const [name, reach] of Object.entries(screens)) {
    it(`can use ${name}: axe finds nothing, in light and dark, and nothing is cut off at 320 px`, async () => {
      await setViewport({ width: 320, height: 800 });
      for (const theme of ['light', 'dark']) {
        const page = await mount(new FakeProxy(offering({ saved_cards: [visa, amex] })), {
          attributes: { theme },
        });
        await reach(page);
        await expect(page.element).to.be.accessible();
        const frame = page.part('container')!;
        expect(frame.scrollWidth).to.equal(frame.clientWidth);
        for (const button of partsOf(page, 'remove-card-button')) {
          expect(button.getBoundingClientRect().height).to.be.at.least(44);
        }
        unmountAll();
      }
    });
  }
});
