import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleBuyer } from '../../demo/shop/buyer.ts';
import { brazil } from '../../demo/shop/countries.ts';
import { createShop } from '../../demo/shop/shop.ts';
import { type Answer, countingIds, emulatorUrl, proxyUrl, recordingFetch, takesOrders } from './stand-in.ts';

const origin = 'http://127.0.0.1:8080';
const webhookSecret = `whsec_${Buffer.alloc(32, 's').toString('base64')}`;
const widget = { src: `${proxyUrl}/letpay-checkout-abc.js`, integrity: 'sha384-abc' };

function openShop(...answers: readonly Answer[]) {
  const { calls, fetch } = recordingFetch(...answers, takesOrders());
  const shop = createShop({
    proxyUrl,
    merchantKey: 'secret-key',
    webhookSecret,
    staffKey: 'staff-key',
    emulatorUrl,
    widget,
    fetch,
    newId: countingIds(),
  });
  const get = (path: string, cookie = '') =>
    shop.request(`${origin}${path}`, { headers: { Cookie: cookie } });
  const post = (
    path: string,
    fields: Readonly<Record<string, string>>,
    cookie = '',
    headers: Readonly<Record<string, string>> = { Origin: origin },
  ) =>
    shop.request(`${origin}${path}`, {
      method: 'POST',
      headers: { Cookie: cookie, ...headers },
      body: new URLSearchParams(fields),
    });
  const buy = (fields: Readonly<Record<string, string>> = {}, cookie = 'cart=coffee.2') => {
    const { person, address, outcome } = sampleBuyer(brazil);
    return post('/checkout', { ...person, ...address, outcome, ...fields }, cookie);
  };
  /** Path of the pay page of a new order. */
  const buyForPath = async () => (await buy()).headers.get('Location')!;
  return { get, post, buy, buyForPath, calls };
}

test('a posted price changes nothing: the order has the shop’s own', async () => {
  const { buy, calls } = openShop();
  await buy({ amount: '0.01', price: '1', total: '1' });
  assert.equal((calls[0]!.body as { amount: number }).amount, 109.8);
});

test('every page carries a policy that lets in only the shop and the proxy', async () => {
  const { get, buyForPath } = openShop();
  for (const path of ['/', '/cart', await buyForPath(), '/nowhere', '/base.css']) {
    const policy = (await get(path)).headers.get('Content-Security-Policy') ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'self' http:\/\/127\.0\.0\.1:8787;/);
    assert.doesNotMatch(policy, /unsafe|\*/);
  }
});

test('no page has inline script or inline style', async () => {
  const { get, buyForPath } = openShop();
  for (const path of ['/', await buyForPath()]) {
    const page = await (await get(path, 'cart=coffee.1')).text();
    assert.doesNotMatch(page, /<script(?![^>]*src=)|\sstyle=|<style|\son\w+=/);
  }
});

test('the pay page embeds the built file with its hash, and the tag with its token', async () => {
  const { get, buyForPath } = openShop();
  const page = await (await get(await buyForPath())).text();
  assert.ok(
    page.includes(
      `<script type="module" src="${widget.src}" integrity="sha384-abc" crossorigin="anonymous"></script>`,
    ),
  );
  assert.ok(page.includes(`<letpay-checkout payment-token="token-1" proxy-url="${proxyUrl}" locale="pt-BR"`));
  assert.match(page, /<noscript>/);
});

test('the merchant key reaches no page', async () => {
  const { get, buyForPath } = openShop();
  const path = await buyForPath();
  for (const page of [path, path.replace('/pay/', '/orders/')]) {
    assert.doesNotMatch(await (await get(page)).text(), /secret-key/);
  }
});

test('what a buyer typed is shown as text', async () => {
  const { buy } = openShop();
  const response = await buy({ email: '', surname: '"><script>alert(1)</script>' });
  assert.equal(response.status, 422);
  const page = await response.text();
  assert.ok(page.includes('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'));
  assert.ok(page.includes('aria-describedby="email-wrong"'));
});

test('an order that the PSP refused shows the fields and takes no cart away', async () => {
  const { buy } = openShop(({ path }) =>
    path === '/v1/orders'
      ? Response.json({ code: 'psp_refused', errors: [{ pointer: '/person_taxid' }] }, { status: 422 })
      : undefined,
  );
  const response = await buy();
  assert.equal(response.status, 502);
  assert.doesNotMatch(response.headers.get('Set-Cookie') ?? '', /cart=/);
  assert.match(await response.text(), /id="tax_id-wrong"/);
});

test('a form posted from another site is refused', async () => {
  const { post, calls } = openShop();
  const response = await post('/cart/add', { product: 'mug' }, '', { Origin: 'https://evil.example' });
  assert.equal(response.status, 403);
  assert.equal(calls.length, 0);
});

test('currency and language follow the country', async () => {
  const { get } = openShop();
  const response = await get('/?country=MX', 'lang=pt; country=BR');
  const page = await response.text();
  assert.match(page, /<html lang="es-MX">/);
  assert.match(page, /\$199\.00/);
  assert.match(response.headers.get('Set-Cookie') ?? '', /country=MX/);
});

test('a chosen language is kept in a country that speaks another', async () => {
  const { get } = openShop();
  const page = await (await get('/', 'lang=en; country=MX')).text();
  assert.match(page, /<html lang="en">/);
  assert.match(page, /MX\$199\.00/);
});

test('an order keeps its country when the visitor moves on to another', async () => {
  const { get, buyForPath } = openShop();
  const page = await (await get(await buyForPath(), 'country=CL; lang=es')).text();
  assert.match(page, /R\$|BRL/);
  assert.doesNotMatch(page, /name="country"/);
});

test('a sum beyond the cash limit makes no order', async () => {
  const { post, get, calls } = openShop();
  const cookie = 'cart=lamp.5; country=PA';
  assert.match(await (await get('/cart', cookie)).text(), /role="alert"/);
  const response = await post('/checkout', {}, cookie);
  assert.equal(response.headers.get('Location'), '/cart');
  assert.equal(calls.length, 0);
});

test('the order page shows what the proxy says, read with the merchant key', async () => {
  const { get, buyForPath, calls } = openShop(({ method, path }) =>
    method === 'GET' && path === '/v1/orders/token-1'
      ? Response.json({
          status: 'PAID',
          verifying: false,
          method: 'PIX',
          currency: 'BRL',
          totals: { customer_amount: 109.8, asset: 'BRL' },
          amount_received: 100,
          refunded_amount: 0,
          paid_twice: true,
          attempt: 2,
        })
      : undefined,
  );
  const path = (await buyForPath()).replace('/pay/', '/orders/');
  const page = await (await get(path)).text();
  assert.match(page, /data-status="PAID"/);
  assert.match(page, /R\$\s100,00/);
  assert.match(page, /role="alert"/);
  assert.equal(calls.at(-1)?.headers.get('Authorization'), 'Bearer secret-key');
});

test('an outcome that is not known yet is not called by its last status', async () => {
  const { get, buyForPath } = openShop(({ method }) =>
    method === 'GET'
      ? Response.json({ status: 'CREATED', verifying: true, currency: 'BRL', totals: null, attempt: 1 })
      : undefined,
  );
  const path = (await buyForPath()).replace('/pay/', '/orders/');
  assert.match(await (await get(path)).text(), /data-status="UNKNOWN"/);
});

test('an unknown order is not found', async () => {
  const { get } = openShop();
  assert.equal((await get('/pay/00000000-0000-4000-8000-000000000099')).status, 404);
  assert.equal((await get('/orders/1')).status, 404);
});

test('going back draws a form with a new order id', async () => {
  const { get } = openShop();
  const first = await get('/checkout', 'cart=mug.1');
  assert.equal(first.headers.get('Cache-Control'), 'no-store');
  const idIn = (page: string) => /name="order" value="([^"]+)"/.exec(page)?.[1];
  assert.notEqual(idIn(await first.text()), idIn(await (await get('/checkout', 'cart=mug.1')).text()));
});
