// A shop’s backend in one file: orders, the page with the tag, the webhook, refunds.
//   node shop.mjs                                  http://127.0.0.1:3000/buy
//   node shop.mjs refund <payment_token> 23.45
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const { PROXY_URL, MERCHANT_API_KEY, MERCHANT_WEBHOOK_SECRET, PORT = 3000 } = process.env;

/** One key names one thing to be done: sent again with the same key, it is not done twice. */
async function post(path, idempotencyKey, body) {
  const answer = await fetch(PROXY_URL + path, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${MERCHANT_API_KEY}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': idempotencyKey,
    },
    body: JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error(`${result.code}: ${result.detail} (${result.request_id})`);
  return result;
}

// 1. The order. Price and payer come from your own books, never from the page.
const createOrder = () =>
  post('/v1/orders', 'order-ORDER-1', {
    amount: 123.45,
    asset: 'BRL',
    reference_id: 'ORDER-1',
    person_firstname: 'Marina',
    person_surname: 'Azevedo',
    person_taxid: '39784045087',
    person_email: 'marina@example.com',
    disable_address: true,
    payment_country: 'BR',
    payment_currency: 'BRL',
  });

// 2. The page. The token is all that it needs.
const page = ({ payment_token }) => `<!doctype html>
<html lang="pt-BR">
<meta name="viewport" content="width=device-width">
<title>Pagamento</title>
<script type="module" src="${PROXY_URL}/letpay-checkout.js"></script>
<letpay-checkout payment-token="${payment_token}"></letpay-checkout>
</html>`;

// 3. The webhook (Standard Webhooks). The body is signed as it arrived: parse it after that.
function isSigned(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  if (!id || !signatures || !isFresh) return false;
  const key = Buffer.from(MERCHANT_WEBHOOK_SECRET.replace('whsec_', ''), 'base64');
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const expected = Buffer.from(`v1,${hmac}`);
  return signatures
    .split(' ')
    .map(signature => Buffer.from(signature))
    .some(given => given.length === expected.length && timingSafeEqual(given, expected));
}

const seen = new Set(); // Yours: a unique column, written together with what the event changes.

async function receive(request, response) {
  const body = await text(request);
  if (!isSigned(request.headers, body)) return response.writeHead(400).end();
  const id = request.headers['webhook-id'];
  const { type, data } = JSON.parse(body);
  // The same event can come twice, and others come too: order.refunded, order.dispute …
  if (!seen.has(id) && type === 'order.paid') console.log(`ship ${data.reference_id}`);
  seen.add(id);
  response.writeHead(204).end();
}

// 4. A refund of a part. Its key is your own number for it.
const refund = (token, amount) =>
  post(`/v1/orders/${token}/refunds`, `refund-${token}-1`, { amount: Number(amount) });

const [command, token, amount] = process.argv.slice(2);
if (command === 'refund') {
  const { refund_id, status } = await refund(token, amount);
  console.log(refund_id, status);
} else {
  createServer(async (request, response) => {
    try {
      if (request.method === 'POST' && request.url === '/webhooks') return await receive(request, response);
      if (request.url !== '/buy') return response.writeHead(404).end();
      const html = page(await createOrder());
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
    } catch (error) {
      console.error(error.message);
      response.writeHead(500).end();
    }
  }).listen(PORT, '127.0.0.1');
}
