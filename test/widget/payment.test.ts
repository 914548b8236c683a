import { expect } from '@open-wc/testing';
import type { Checkout } from '../../server/contract/checkout.ts';
import { cardPayment, checkouts, codeLost, createCheckout, instruments, token } from './checkouts.ts';
import {
  FakeProxy,
  fillCard,
  later,
  type Mounted,
  memoryStorage,
  mount,
  problem,
  testCard,
  text,
  unmountAll,
} from './harness.ts';
import { waitUntil } from './wait-until.ts';

afterEach(unmountAll);

async function mountFilled(proxy = new FakeProxy()): Promise<Mounted> {
  const page = await mount(proxy);
  await fillCard(page);
  return page;
}

describe('a submission', () => {
  it('is one request, however often the button is pressed (adyen-web #2703)', async () => {
    const page = await mountFilled();
    const { answer, give } = later();
    page.proxy.sendPayment = answer;
    for (let click = 0; click < 100; click++) page.part('pay-button')!.click();
    await waitUntil(() => page.proxy.callsOf('sendPayment').length > 0);
    give(checkouts.paid);
    await page.until('paid');
    expect(page.proxy.callsOf('sendPayment')).to.have.length(1);
    expect(page.eventsOf('letpay-submit')).to.have.length(1);
    expect(page.eventsOf('letpay-paid')).to.have.length(1);
  });

  it('keeps the form where it is, busy and announced', async () => {
    const page = await mountFilled();
    page.proxy.sendPayment = later().answer;
    page.part('pay-button')!.click();
    await page.element.updateComplete;
    expect(page.element.matches(':state(submitting)')).to.equal(true);
    expect(page.part('pay-button')?.getAttribute('aria-disabled')).to.equal('true');
    expect(text(page.part('status'))).to.equal('Processando seu pagamento… Não feche esta página.');
    expect(page.input('card_number').closest('[inert]')).to.exist;
  });

  it('keeps the focus in the form when Enter sends it', async () => {
    const page = await mountFilled();
    page.proxy.sendPayment = later().answer;
    page.input('card_cvv').focus();
    page.element.shadowRoot!.querySelector('form')!.requestSubmit();
    await waitUntil(() => page.element.shadowRoot!.activeElement === page.part('pay-button'));
  });

  it('keeps its key in the session before anything leaves, and drops it when the outcome is definite', async () => {
    const page = await mountFilled();
    const { answer, give } = later();
    page.proxy.sendPayment = answer;
    page.element.submit();
    await waitUntil(() => page.proxy.callsOf('sendPayment').length > 0);
    expect([...page.storage.entries]).to.deep.equal([[`letpay:submit:${token}`, '1:key-1']]);
    expect(page.proxy.callsOf('sendPayment')[0]?.key).to.equal('key-1');
    give(checkouts.paid);
    await page.until('paid');
    expect(page.storage.entries.size).to.equal(0);
  });

  it('becomes verifying when the answer is lost, and the status decides (woocommerce-gateway-stripe #3912)', async () => {
    const page = await mountFilled();
    const { answer, give } = later();
    page.proxy.sendPayment = new TypeError('connection reset');
    page.proxy.checkout = answer;
    page.element.submit();
    await page.until('verifying');
    await page.shows('check-button');
    expect(text(page.part('message'))).to.contain('Não pague de novo');
    expect(text(page.part('support-code'))).to.equal('Código de atendimento: 021B6048');
    expect(page.part('pay-button')).to.equal(null);
    give(checkouts.paid);
    await page.until('paid');
    expect(page.proxy.callsOf('sendPayment')).to.have.length(1);
  });

  it('repeats with the same key when the proxy knows of nothing', async () => {
    const page = await mountFilled();
    page.proxy.sendPayment = new TypeError('connection reset');
    page.element.submit();
    await waitUntil(() => page.part('notice'));
    expect(page.element.state).to.equal('choosing');
    expect(text(page.part('notice'))).to.contain('nada foi cobrado');
    expect(page.input('card_number').value).to.equal('4012 0010 3714 1112');
    page.proxy.sendPayment = checkouts.paid;
    page.element.submit();
    await page.until('paid');
    expect(page.proxy.callsOf('sendPayment').map(call => call.key)).to.deep.equal(['key-1', 'key-1']);
  });

  it('repeats with the same key after a reload (akash-network/console #3449)', async () => {
    const storage = memoryStorage();
    const proxy = new FakeProxy();
    proxy.sendPayment = later().answer;
    const before = await mount(proxy, { storage });
    before.element.submit();
    await waitUntil(() => proxy.callsOf('sendPayment').length === 1);
    before.element.remove();
    const after = await mount(proxy, { storage, environment: { randomId: () => 'another' } });
    after.element.submit();
    await waitUntil(() => proxy.callsOf('sendPayment').length === 2);
    const keys = proxy.callsOf('sendPayment').map(call => call.key);
    expect(keys[1]).to.equal(keys[0]);
  });

  it('takes a new key after a refusal, keeps what was typed and marks the field', async () => {
    const page = await mountFilled();
    page.proxy.sendPayment = problem(422, 'psp_refused', [{ pointer: '/card_cvv', code: 'invalid' }]);
    page.element.submit();
    await page.shows('error-summary');
    expect(page.element.state).to.equal('choosing');
    expect(page.input('card_cvv').getAttribute('aria-invalid')).to.equal('true');
    await waitUntil(() => page.element.shadowRoot!.activeElement === page.input('card_cvv'));
    expect(page.input('card_number').value).to.equal('4012 0010 3714 1112');
    page.proxy.sendPayment = checkouts.paid;
    page.element.submit();
    await page.until('paid');
    expect(page.proxy.callsOf('sendPayment').map(call => call.key)).to.deep.equal(['key-1', 'key-2']);
  });

  it('can be tried again when the PSP was down', async () => {
    const page = await mountFilled();
    page.proxy.sendPayment = problem(503, 'psp_unavailable');
    page.element.submit();
    await page.shows('notice');
    expect(text(page.part('notice'))).to.contain('fora do ar: nada foi cobrado');
    expect(text(page.part('notice'))).to.contain('req-1');
  });

  it('is never queued while there is no network', async () => {
    const proxy = new FakeProxy();
    const page = await mount(proxy, { environment: { isOnline: () => false } });
    proxy.checkout = new TypeError('Failed to fetch');
    page.element.submit();
    await page.shows('notice');
    expect(text(page.part('notice'))).to.contain('Sem conexão');
    expect(proxy.callsOf('sendPayment')).to.have.length(0);
  });

  it('is sent when the browser calls a working network offline', async () => {
    const page = await mount(new FakeProxy(), { environment: { isOnline: () => false } });
    await fillCard(page);
    page.proxy.sendPayment = checkouts.paid;
    page.element.submit();
    await page.until('paid');
    expect(page.proxy.callsOf('sendPayment')).to.have.length(1);
  });

  for (const code of ['already_paid', 'submission_in_flight', 'idempotency_mismatch']) {
    it(`reads the status instead of guessing after ${code}`, async () => {
      const page = await mountFilled();
      page.proxy.sendPayment = problem(409, code);
      page.proxy.checkout = checkouts.paid;
      page.element.submit();
      await page.until('paid');
      expect(page.eventsOf('letpay-state-change').map(event => event.state)).to.deep.equal([
        'loading',
        'choosing',
        'submitting',
        'verifying',
        'paid',
      ]);
    });
  }
});

describe('card data', () => {
  it('is gone from the page once the payment is made', async () => {
    const page = await mountFilled();
    const number = page.input('card_number');
    page.proxy.sendPayment = checkouts.paid;
    page.element.submit();
    await page.until('paid');
    await page.shows('title');
    expect(page.element.shadowRoot!.contains(number)).to.equal(false);
    expect(text(page.part('message'))).to.contain('Visa final 1112');
    expect(page.element.shadowRoot!.innerHTML.replace(/\D/g, '')).not.to.contain(testCard);
  });

  it('is in no event, attribute, store or diagnosis', async () => {
    const page = await mountFilled();
    page.proxy.sendPayment = checkouts.declined;
    page.element.submit();
    await page.until('declined');
    const fields = page.events.map(event => JSON.stringify(Object.entries(event)));
    const everything = [
      ...fields,
      JSON.stringify(page.element.diagnostics()),
      JSON.stringify([...page.storage.entries]),
      page.element.outerHTML,
    ].join(' ');
    expect(everything).not.to.contain(testCard);
    expect(everything).not.to.contain('MARINA');
    expect(everything).to.contain('declined');
  });
});

describe('the receipt', () => {
  const receiptOf = async (payment: Checkout['payment'], locale = 'pt-BR') => {
    const page = await mount(new FakeProxy({ ...checkouts.paid, payment }), { attributes: { locale } });
    const facts = text(await page.shows('payment-facts'));
    return [text(page.part('amount')), facts];
  };
  const six = { ...cardPayment, installments: 6, amount: 10.13, total: 60.78 };

  it('tells installments, their total and the card, after a reload too', async () => {
    expect(await receiptOf(six)).to.deep.equal([
      '6x de R$ 10,13',
      'Total R$ 60,78 · Visa final 1112 · Pedido ORDER-1',
    ]);
    expect(await receiptOf(six, 'es')).to.deep.equal([
      '6 cuotas de R$10.13',
      'Total R$60.78 · Visa terminada en 1112 · Pedido ORDER-1',
    ]);
  });

  it('names the card that was charged, and not the one in this form', async () => {
    const page = await mountFilled();
    page.proxy.sendPayment = problem(409, 'already_paid');
    page.proxy.checkout = {
      ...checkouts.paid,
      payment: { ...cardPayment, brand: 'mastercard', last4: '2454' },
    };
    page.element.submit();
    await page.until('paid');
    expect(text(await page.shows('payment-facts'))).to.equal('Mastercard final 2454 · Pedido ORDER-1');
  });

  it('gives no figure where installments are not known', async () => {
    const unknown = {
      ...cardPayment,
      installments: null,
      amount: null,
      total: null,
      brand: null,
      last4: null,
    };
    expect(await receiptOf(unknown)).to.deep.equal(['', 'Cartão de crédito · Pedido ORDER-1']);
  });
});

describe('a decline', () => {
  async function mountDeclined(checkout = checkouts.declined, installments = '1'): Promise<Mounted> {
    const page = await mountFilled();
    const select = page.input('card_installments');
    select.value = installments;
    select.dispatchEvent(new Event('change'));
    page.proxy.sendPayment = {
      ...checkout,
      payment: { ...cardPayment, installments: Number(installments) },
    };
    page.element.submit();
    await page.until('declined');
    await page.shows('decline-reason');
    return page;
  }

  const second = createCheckout({ attempt: 2 });

  it('says why, and puts the step that is most likely to work first', async () => {
    const page = await mountDeclined(checkouts.declined, '3');
    expect(text(page.part('decline-reason'))).to.equal(
      'O banco não autorizou: saldo ou limite insuficiente.',
    );
    const steps = [...page.part('actions')!.querySelectorAll('button')].map(text);
    expect(steps[0]).to.equal('Escolher menos parcelas');
    expect(steps).to.include('Pagar com Pix · R$ 123,45');
    expect(page.eventsOf('letpay-declined')[0]?.checkout.decline?.code).to.equal('01.05.0014');
  });

  it('does not speak of installments to who paid in one, nor after a reload', async () => {
    for (const page of [await mountDeclined(), await mount(new FakeProxy(checkouts.declined))]) {
      await page.shows('decline-reason');
      expect([...page.part('actions')!.querySelectorAll('button')].map(text)).to.deep.equal([
        'Pagar com Pix · R$ 123,45',
        'Usar outro cartão',
        'Pagar de outra forma',
      ]);
    }
  });

  it('goes to Pix in one tap: a new attempt, sent at once', async () => {
    const page = await mountDeclined();
    page.proxy.renew = second;
    page.proxy.sendPayment = { ...checkouts.waiting, attempt: 2 };
    page.part('next-step-pix')!.click();
    await page.until('waiting');
    await page.shows('pix-code');
    expect(page.proxy.callsOf('renew')).to.have.length(1);
    expect(page.proxy.callsOf('sendPayment').at(-1)?.body).to.deep.equal({ method: 'PIX' });
  });

  it('keeps what was typed but the security code when the data is to be corrected', async () => {
    const page = await mountDeclined(
      createCheckout({
        ...checkouts.declined,
        decline: { reason: 'invalid_card_data', action: 'fix_data', code: null },
      }),
    );
    page.proxy.renew = second;
    page.part('next-step-fix')!.click();
    await page.until('choosing');
    await page.shows('pay-button');
    expect(page.input('card_number').value).to.equal('4012 0010 3714 1112');
    expect(page.input('card_holder').value).to.equal('MARINA AZEVEDO');
    expect(page.input('card_cvv').value).to.equal('');
  });

  it('forgets the card when another one is to be used', async () => {
    const page = await mountDeclined();
    page.proxy.renew = second;
    page.part('next-step-card')!.click();
    await page.until('choosing');
    await page.shows('pay-button');
    expect(page.input('card_number').value).to.equal('');
  });

  it('names what it was about: the amount, the card that was sent, the order; the same after a reload', async () => {
    const sent = await mountDeclined();
    expect(text(sent.part('amount'))).to.equal('R$ 123,45');
    expect(text(sent.part('payment-facts'))).to.equal('Visa final 1112 · Pedido ORDER-1');
    const reloaded = await mount(new FakeProxy(checkouts.declined));
    expect(text(await reloaded.shows('payment-facts'))).to.equal('Visa final 1112 · Pedido ORDER-1');
  });

  it('does not offer Pix where the shop does not', async () => {
    const page = await mountDeclined({ ...checkouts.declined, methods: ['CREDITCARD'] });
    expect(page.part('next-step-pix')).to.equal(null);
  });

  it('sends the shopper to the shop when nothing can follow', async () => {
    const page = await mountDeclined({ ...checkouts.declined, can: { submit: false, renew: false } });
    expect(text(page.part('actions'))).to.contain('Fale com a loja');
  });

  it('comes back with a reason when the new attempt fails', async () => {
    const page = await mountDeclined();
    page.proxy.renew = problem(503, 'psp_unavailable');
    page.proxy.checkout = checkouts.declined;
    page.part('next-step-card')!.click();
    await page.shows('notice');
    expect(page.element.state).to.equal('declined');
    expect(text(page.part('notice'))).to.contain('fora do ar');
  });
});

describe('a payment on a page of the PSP, the only way to pay', () => {
  const open = { submit: false, renew: true };

  it('that lost its link is begun again, and nothing is said of codes', async () => {
    const page = await mount(
      new FakeProxy(
        createCheckout({ method: 'REDIRECT', methods: ['REDIRECT'], status: 'PROCESSING', can: open }),
      ),
    );
    await page.until('ended');
    const shown = text(await page.shows('outcome'));
    expect(shown).to.contain('O pagamento não foi concluído').and.not.contain('ódigo');
    expect(text(page.part('renew-button'))).to.equal('Tentar de novo');
    expect(page.part('other-method-button')).to.equal(null);
  });

  it('that failed there is tried again, and no other way is promised', async () => {
    const page = await mount(
      new FakeProxy(
        createCheckout({ method: 'REDIRECT', methods: ['REDIRECT'], status: 'DECLINED', can: open }),
      ),
    );
    await page.until('declined');
    expect(text(await page.shows('next-step-other'))).to.equal('Tentar de novo');
  });
});

describe('an end', () => {
  for (const [status, words] of [
    ['REFUNDED', 'O valor volta pelo mesmo meio de pagamento'],
    ['PARTIALLY_REFUNDED', 'Uma parte do valor volta'],
    ['DISPUTE', 'Não pague de novo'],
    ['DISPUTE_REFUNDED', 'O valor volta pelo mesmo meio de pagamento'],
    ['DISPUTE_FINAL', 'Não pague de novo'],
    ['POST_REFUND_DISPUTE', 'Não pague de novo'],
    ['CANCELED', 'Se você já pagou, fale com a loja sobre o valor.'],
    ['ERROR', 'O pedido continua em aberto'],
  ] as const) {
    it(`of ${status} says what it means, with amount and order`, async () => {
      const page = await mount(
        new FakeProxy({ ...checkouts.paid, status, can: { submit: false, renew: false } }),
      );
      expect(text(await page.shows('ended-reason'))).to.contain(words);
      expect(text(page.part('amount'))).to.equal('R$ 123,45');
      expect(text(page.part('payment-facts'))).to.equal('Visa final 1112 · Pedido ORDER-1');
      const isUnpaid = status === 'CANCELED' || status === 'ERROR';
      expect(page.part('ask-shop') !== null).to.equal(isUnpaid);
    });
  }

  it('of CANCELED that can be tried again says that the order is not paid', async () => {
    const can = { submit: false, renew: true };
    const page = await mount(new FakeProxy({ ...checkouts.paid, status: 'CANCELED', can }));
    expect(text(await page.shows('ended-reason'))).to.contain('O pedido continua em aberto');
    await page.shows('renew-button');
  });

  it('has the reason why a new code was refused across its width, from the left', async () => {
    const page = await mount(new FakeProxy(checkouts.ended));
    page.proxy.renew = problem(429, 'too_many_requests');
    (await page.shows('renew-button')).click();
    const notice = await page.shows('notice');
    expect(getComputedStyle(notice).textAlign).to.equal('start');
    expect(notice.offsetWidth).to.equal(page.part('message')!.offsetWidth);
  });
});

describe('the screen after a reload', () => {
  for (const [name, checkout] of Object.entries(checkouts)) {
    it(`is ${name} when the proxy says so`, async () => {
      const page = await mount(new FakeProxy(checkout));
      expect(page.element.state).to.equal(name);
      expect(page.element.matches(`:state(${name})`)).to.equal(true);
      await page.shows('title');
    });
  }

  it('brings the outcome’s event too', async () => {
    const paid = await mount(new FakeProxy(checkouts.paid));
    expect(paid.eventsOf('letpay-paid')).to.have.length(1);
    const pending = await mount(new FakeProxy(checkouts.pending));
    expect(pending.eventsOf('letpay-pending')).to.have.length(1);
  });
});

describe('while the shopper waits', () => {
  it('turns to paid when the feed says so (cart-woocommerce #389)', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    await waitUntil(() => page.proxy.feeds.size === 1);
    page.proxy.push({ ...checkouts.paid, method: 'PIX', now: '2026-11-20T12:00:09.000Z' });
    await page.until('paid');
    await waitUntil(() => text(page.part('title')) === 'Pix recebido! Pagamento confirmado.');
    expect(text(page.part('status'))).to.equal('Pix recebido! Pagamento confirmado.');
    expect(page.proxy.feeds.size).to.equal(0);
  });

  it('turns to paid when a read says so', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    await waitUntil(() => page.proxy.feeds.size === 1);
    page.proxy.checkout = { ...checkouts.paid, now: '2026-11-20T12:00:09.000Z' };
    page.clock.advance(2000);
    await page.until('paid');
  });

  it('keeps the newest reply when a slow one comes after it', async () => {
    const page = await mount(new FakeProxy({ ...checkouts.waiting, now: '2026-11-20T12:00:05.000Z' }));
    await waitUntil(() => page.proxy.feeds.size === 1);
    page.proxy.push({ ...checkouts.declined, now: '2026-11-20T12:00:01.000Z' });
    await page.element.updateComplete;
    expect(page.element.state).to.equal('waiting');
  });

  it('says so when “I have paid” finds no payment yet', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    (await page.shows('check-button')).click();
    await page.shows('check-note');
    expect(text(page.part('check-note'))).to.contain('Ainda não recebemos a confirmação');
  });

  it('leaves the instrument for another way to pay', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    page.proxy.renew = createCheckout({ attempt: 2 });
    page.proxy.checkout = createCheckout({ attempt: 2 });
    (await page.shows('other-method-button')).click();
    (await page.shows('leave-button')).click();
    await page.until('choosing');
    expect(page.proxy.callsOf('renew')[0]?.key).to.equal('key-1');
  });

  it('asks before a code that can still be paid is left, and keeps it', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    (await page.shows('other-method-button')).click();
    expect(text(await page.shows('leave-note'))).to.contain('paga duas vezes');
    page.part('keep-button')!.click();
    await page.shows('other-method-button');
    expect(page.part('leave-note')).to.equal(null);
    expect(page.element.state).to.equal('waiting');
    expect(page.proxy.callsOf('renew')).to.have.length(0);
  });

  it('offers no other way where there is none', async () => {
    const methods = ['PIX', 'DEBITCARD'] as const;
    const page = await mount(new FakeProxy({ ...checkouts.waiting, methods: [...methods] }));
    await page.shows('check-button');
    expect(page.part('other-method-button')).to.equal(null);
  });

  it('says that nobody could be asked, and not that no payment came', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    const button = await page.shows('check-button');
    for (const failing of [new TypeError('Failed to fetch'), problem(503, 'psp_unavailable')]) {
      page.proxy.checkout = failing;
      button.click();
      await waitUntil(() => text(page.part('check-note')).startsWith('Sem conexão'));
    }
    page.proxy.checkout = checkouts.waiting;
    button.click();
    await waitUntil(() => text(page.part('check-note')).startsWith('Ainda não recebemos'));
  });

  it('tells a card that another tab was quicker, and that it was not charged', async () => {
    const page = await mountFilled();
    page.proxy.sendPayment = problem(409, 'renew_required');
    page.proxy.checkout = { ...checkouts.waiting, now: '2026-11-20T12:00:05.000Z' };
    page.element.submit();
    await page.until('waiting');
    await waitUntil(() => text(page.part('check-note')).startsWith('Seu cartão não foi cobrado'));
  });

  it('still hears of a payment of the instrument that was left', async () => {
    const page = await mount(new FakeProxy(checkouts.waiting));
    page.proxy.renew = createCheckout({ attempt: 2 });
    expect(page.element.renew()).to.equal(true);
    await waitUntil(() => page.proxy.callsOf('renew').length === 1);
    page.proxy.push({ ...checkouts.paid, now: '2026-11-20T12:00:09.000Z' });
    await page.until('paid');
  });

  it('gets a new code in place when the old one is over', async () => {
    const page = await mount(new FakeProxy(checkouts.ended));
    page.proxy.renew = createCheckout({ attempt: 2 });
    page.proxy.sendPayment = createCheckout({
      ...checkouts.waiting,
      attempt: 2,
      instrument: instruments.PIX,
    });
    (await page.shows('renew-button')).click();
    await page.until('waiting');
    await page.shows('pix-code');
    expect(page.proxy.callsOf('sendPayment').map(call => call.body)).to.deep.equal([{ method: 'PIX' }]);
  });

  it('hears that its code got lost on the way, and gets a new one', async () => {
    const page = await mount(new FakeProxy());
    page.proxy.sendPayment = { ...codeLost, verifying: true, can: { submit: false, renew: false } };
    page.part('pay-button')!.click();
    await page.until('verifying');
    await waitUntil(() => page.proxy.feeds.size === 1);
    page.proxy.push({ ...codeLost, now: '2026-11-20T12:00:09.000Z' });
    await page.until('ended');
    const button = await page.shows('renew-button');
    expect(text(page.part('title'))).to.equal('Não conseguimos gerar o código');
    expect(text(page.part('message'))).to.contain('Nada foi cobrado');
    expect(text(page.part('status'))).to.contain('Não conseguimos gerar o código');
    expect(text(button)).to.equal('Gerar novo código');
    expect(text(page.part('other-method-button'))).to.equal('Pagar de outra forma');
    page.proxy.renew = createCheckout({ attempt: 2 });
    page.proxy.sendPayment = { ...checkouts.waiting, attempt: 2 };
    button.click();
    await page.until('waiting');
  });

  it('moves the focus to the new screen, so that it is not lost', async () => {
    const page = await mount(new FakeProxy());
    page.proxy.sendPayment = checkouts.waiting;
    page.part('pay-button')!.focus();
    page.part('pay-button')!.click();
    await page.shows('pix-code');
    await waitUntil(() => page.element.shadowRoot!.activeElement === page.part('title'));
  });
});
