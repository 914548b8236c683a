import { expect } from '@open-wc/testing';
import type { CardAuthenticationRequest } from '../../widget/checkout/card-authentication.ts';
import { texts } from '../../widget/i18n/pt-br.ts';
import { cardPayment, checkouts, createCheckout } from './checkouts.ts';
import { FakeProxy, type Mounted, mount, testCard, text, type, unmountAll, waitForInput } from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

const authentication = { cavv: 'A', xid: 'B', eci: '05', version: '2.2.0', dstrans_id: 'C' };
const withDebit = createCheckout({ methods: ['CREDITCARD', 'DEBITCARD', 'PIX'] });

/** A bank whose answer the test decides, and what it was asked. */
function bank() {
  const asked: CardAuthenticationRequest[] = [];
  const answers = Promise.withResolvers<typeof authentication | null>();
  return {
    asked,
    confirm: () => answers.resolve(authentication),
    haveNothingToSay: () => answers.resolve(null),
    refuse: () => answers.reject(new Error(`refused ${testCard}`)),
    authenticate: (request: CardAuthenticationRequest) => {
      asked.push(request);
      return answers.promise;
    },
  };
}

async function mountWith(
  authenticate: ReturnType<typeof bank>['authenticate'] | null,
  checkout = withDebit,
): Promise<Mounted> {
  const page = await mount(new FakeProxy(checkout));
  page.element.authenticateCard = authenticate;
  await page.element.updateComplete;
  return page;
}

async function fill(page: Mounted, method: 'CREDITCARD' | 'DEBITCARD'): Promise<void> {
  page.part(`method-${method}`)?.click();
  type(await waitForInput(page, 'card_number'), testCard);
  type(page.input('card_expiry'), '1229');
  type(page.input('card_cvv'), '123');
  type(page.input('card_holder'), 'MARINA AZEVEDO');
  await waitUntil(() => page.part('card-brand'), 'the card rules never came');
}

const sent = (page: Mounted) => page.proxy.calls.filter(({ name }) => name === 'sendPayment');

describe('a debit card', () => {
  it('is offered only where the page has a 3-D Secure provider, also one that comes late', async () => {
    const page = await mount(new FakeProxy(withDebit));
    expect(page.part('method-DEBITCARD')).to.equal(null);
    page.element.authenticateCard = bank().authenticate;
    await page.element.updateComplete;
    const row = page.part('method-DEBITCARD')!;
    expect(text(row.querySelector('[part~="method-label"]'))).to.equal('Cartão de débito');
    expect(text(row.querySelector('[part~="method-hint"]'))).to.equal('à vista');
  });

  it('is paid whole: no installments, no price for them', async () => {
    const page = await mountWith(bank().authenticate);
    await fill(page, 'DEBITCARD');
    expect(page.element.shadowRoot?.querySelector('[name=card_installments]')).to.equal(null);
    expect(text(page.part('pay-button'))).to.match(/^Pagar R\$\s123,45$/);
  });

  it('is sent once the bank has confirmed it, with what the check brought', async () => {
    const { authenticate, asked, confirm } = bank();
    const page = await mountWith(authenticate);
    await fill(page, 'DEBITCARD');
    expect(page.element.submit()).to.equal(true);
    await waitUntil(() => asked.length === 1, 'the bank was never asked');
    expect(sent(page)).to.have.length(0);
    expect(asked[0]).to.deep.equal({
      method: 'DEBITCARD',
      card_number: testCard,
      card_holder: 'MARINA AZEVEDO',
      card_month: 12,
      card_year: 2029,
      card_installments: 1,
      amount: 12345,
      currency: 'BRL',
      reference_id: withDebit.reference_id,
    });
    page.proxy.sendPayment = {
      ...checkouts.paid,
      method: 'DEBITCARD',
      payment: { ...cardPayment, method: 'DEBITCARD' },
    };
    confirm();
    await page.until('paid');
    expect(sent(page).map(({ body }) => body)).to.deep.equal([
      {
        method: 'DEBITCARD',
        card_number: testCard,
        card_holder: 'MARINA AZEVEDO',
        card_cvv: '123',
        card_month: 12,
        card_year: 2029,
        authentication,
      },
    ]);
    expect(text(page.part('payment-facts'))).to.include('Visa final 1112');
  });

  for (const answer of ['haveNothingToSay', 'refuse'] as const) {
    it(`is not sent when the bank does not confirm it, and nothing typed is lost (${answer})`, async () => {
      const theBank = bank();
      const page = await mountWith(theBank.authenticate);
      await fill(page, 'DEBITCARD');
      page.element.submit();
      theBank[answer]();
      await page.until('choosing');
      expect(text(page.part('notice'))).to.equal(texts.failures['not_authenticated']);
      expect(page.input('card_number').value).to.equal('4012 0010 3714 1112');
      expect(sent(page)).to.have.length(0);
      expect(JSON.stringify(page.element.diagnostics())).not.to.include(testCard);
    });
  }

  it('is given up after ten minutes without an answer, and a late one sends nothing', async () => {
    const { authenticate, asked, confirm } = bank();
    const page = await mountWith(authenticate);
    await fill(page, 'DEBITCARD');
    page.element.submit();
    await waitUntil(() => asked.length === 1, 'the bank was never asked');
    page.clock.advance(10 * 60_000);
    await page.until('choosing');
    expect(text(page.part('notice'))).to.equal(texts.failures['not_authenticated']);
    confirm();
    await page.element.refresh();
    expect(sent(page)).to.have.length(0);
  });

  it('is not sent when an older code was paid while the bank asked', async () => {
    const { authenticate, asked, confirm } = bank();
    const page = await mountWith(authenticate, { ...withDebit, attempt: 2 });
    await fill(page, 'DEBITCARD');
    page.element.submit();
    await waitUntil(() => asked.length === 1, 'the bank was never asked');
    page.proxy.checkout = { ...checkouts.paid, attempt: 2 };
    await page.element.refresh();
    await page.until('paid');
    confirm();
    await page.element.refresh();
    expect(sent(page)).to.have.length(0);
  });

  it('that is declined leads back to a debit card, or to Pix', async () => {
    const declined = {
      ...checkouts.declined,
      ...withDebit,
      status: 'DECLINED' as const,
      method: 'DEBITCARD' as const,
    };
    const decline = { reason: 'not_permitted', action: 'other_card', code: null } as const;
    const page = await mountWith(bank().authenticate, {
      ...declined,
      decline,
      can: { submit: false, renew: true },
    });
    await page.shows('next-step-pix');
    page.proxy.renew = { ...withDebit, attempt: 2 };
    page.proxy.checkout = page.proxy.renew;
    (await page.shows<HTMLElement>('next-step-card')).click();
    await page.until('choosing');
    await page.shows('card-fields');
    const open = page.element.shadowRoot?.querySelector<HTMLInputElement>('[name=method]:checked');
    expect(open?.value).to.equal('DEBITCARD');
  });
});

describe('a credit card, where the page has a 3-D Secure provider', () => {
  it('is sent with what the check brought, which knew the price of the installments', async () => {
    const { authenticate, asked, confirm } = bank();
    const page = await mountWith(authenticate);
    await fill(page, 'CREDITCARD');
    const select = await waitForInput(page, 'card_installments');
    select.value = '3';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    confirm();
    page.element.submit();
    await waitUntil(() => sent(page).length === 1, 'nothing was sent');
    const plan = withDebit.installments.find(({ installments }) => installments === 3);
    expect(asked.map(({ amount, card_installments }) => [amount, card_installments])).to.deep.equal([
      [Math.round((plan?.total ?? 0) * 100), 3],
    ]);
    expect(sent(page)[0]?.body?.['authentication']).to.deep.equal(authentication);
  });

  it('is sent without where there was no check', async () => {
    const { authenticate, haveNothingToSay } = bank();
    const page = await mountWith(authenticate);
    await fill(page, 'CREDITCARD');
    haveNothingToSay();
    page.element.submit();
    await waitUntil(() => sent(page).length === 1, 'nothing was sent');
    expect(sent(page)[0]?.body).not.to.have.property('authentication');
  });

  it('is not sent when the check failed', async () => {
    const { authenticate, refuse } = bank();
    const page = await mountWith(authenticate);
    await fill(page, 'CREDITCARD');
    page.element.submit();
    refuse();
    await page.until('choosing');
    expect(text(page.part('notice'))).to.equal(texts.failures['not_authenticated']);
    expect(sent(page)).to.have.length(0);
  });
});
