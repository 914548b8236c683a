import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { problemOf, startStack } from './stack.ts';

const script = 'export const tag = "letpay-checkout";\n';
const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`;
const versioned = 'letpay-checkout.0a1b2c3d.js';

/** A folder as the build leaves it. */
function builtTag(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-widget-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'letpay-checkout.js'), script);
  writeFileSync(join(folder, 'letpay-checkout.js.gz'), gzipSync(script));
  writeFileSync(join(folder, 'letpay-checkout.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, 'letpay-secret.txt'), 'not listed');
  writeFileSync(
    join(folder, 'integrity.json'),
    JSON.stringify({ 'letpay-checkout.js': { integrity, versioned } }),
  );
  return folder;
}

const nonceOf = (page: string) => / nonce="([\w-]{20,})"/.exec(page)?.[1];

test('the nonce for the style elements of old browsers is another one each time', async t => {
  const stack = await startStack(t);
  const path = `/pay/${await stack.orderToken()}`;
  const pages = [await stack.call('GET', path), await stack.call('GET', path)];
  const [first, second] = pages.map(page => nonceOf(page.text));
  assert.ok(first && second);
  assert.notEqual(first, second);
});

test('the hosted page shows the tag of its checkout from the immutable build', async t => {
  const stack = await startStack(t, { widgetFolder: builtTag(t) });
  const token = await stack.orderToken();
  const page = await stack.call('GET', `/pay/${token}`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  assert.ok(page.text.includes(`<letpay-checkout payment-token="${token}" `));
  assert.ok(page.text.includes(`src="../${versioned}" integrity="${integrity}"`));
  assert.ok(page.text.includes('<html lang="pt-BR">'));
});

test('the hosted page allows its own origin only, and holds no inline script or style', async t => {
  const stack = await startStack(t);
  const page = await stack.call('GET', `/pay/${await stack.orderToken()}`);
  const policy = new Map(
    (page.headers.get('content-security-policy') ?? '').split('; ').map(rule => {
      const [name = '', ...values] = rule.split(' ');
      return [name, values.join(' ')] as const;
    }),
  );
  assert.equal(policy.get('default-src'), "'none'");
  for (const name of ['script-src', 'connect-src']) assert.equal(policy.get(name), "'self'");
  assert.equal(policy.get('style-src'), `'self' 'nonce-${nonceOf(page.text)}'`);
  assert.equal(policy.get('frame-ancestors'), "'none'");
  // The bank’s page of a boleto, in its frame without scripts, has looks in attributes.
  const unsafe = [...policy].filter(([, value]) => value.includes('unsafe'));
  assert.deepEqual(unsafe, [['style-src-attr', "'unsafe-inline'"]]);
  for (const [, inside] of page.text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) assert.equal(inside, '');
  assert.doesNotMatch(page.text, /<style|\sstyle=|\son\w+=|javascript:/i);
  for (const [, address] of page.text.matchAll(/(?:src|href)="([^"]*)"/g)) {
    assert.doesNotMatch(address ?? '', /^(https?:)?\/\//);
  }
});

test('the hosted page names the shop and the order, and the tag follows the page into the dark', async t => {
  const stack = await startStack(t, { env: { MERCHANT_NAME: 'Loja & <Tal>' } });
  const { text } = await stack.call('GET', `/pay/${await stack.orderToken()}`);
  assert.ok(text.includes('<h1 translate="no">Loja &amp; &lt;Tal&gt;</h1>'), text);
  assert.ok(text.includes('<title>Pagamento · Loja &amp; &lt;Tal&gt;</title>'));
  assert.match(text, /<p class="order">Pedido <span translate="no">ORDER-1<\/span><\/p>/);
  assert.match(text, /<letpay-checkout [^>]*theme="auto"/);
  const nameless = await startStack(t);
  const page = await nameless.call('GET', `/pay/${await nameless.orderToken()}`);
  assert.doesNotMatch(page.text, /<h1/);
  assert.ok(page.text.includes('<title>Pagamento</title>'));
});

test('there is no hosted page for what nobody knows', async t => {
  const stack = await startStack(t);
  problemOf(await stack.call('GET', '/pay/00000000-0000-4000-8000-000000000000'), 404, 'not_found');
  const script = await stack.call('GET', '/pay/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E');
  problemOf(script, 404, 'not_found');
  assert.ok(!script.text.includes('<script'));
});

test('the tag is served from any origin, and its versioned twin for a year', async t => {
  const stack = await startStack(t, { widgetFolder: builtTag(t) });
  const moving = await stack.call('GET', '/letpay-checkout.js');
  assert.equal(moving.text, script);
  assert.equal(moving.headers.get('content-type'), 'text/javascript; charset=utf-8');
  assert.equal(moving.headers.get('access-control-allow-origin'), '*');
  assert.equal(moving.headers.get('cache-control'), 'public, max-age=300');
  const fixed = await stack.call('GET', `/${versioned}`);
  assert.equal(fixed.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(fixed.text, script);
});

test('the tag comes packed as the browser asks, and not again when it is there already', async t => {
  const stack = await startStack(t, { widgetFolder: builtTag(t) });
  const ask = (headers: Record<string, string>) => stack.call('GET', '/letpay-checkout.js', { headers });
  for (const [accepted, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const reply = await ask({ 'Accept-Encoding': accepted });
    assert.equal(reply.headers.get('content-encoding'), encoding);
    assert.equal(reply.text, script);
    assert.equal(reply.headers.get('vary'), 'Accept-Encoding');
  }
  const etag = (await ask({})).headers.get('etag') ?? '';
  const again = await ask({ 'If-None-Match': etag });
  assert.deepEqual([again.status, again.text], [304, '']);
});

test('what the build did not list is not served', async t => {
  const stack = await startStack(t, { widgetFolder: builtTag(t) });
  for (const name of [
    'letpay-secret.txt',
    'letpay-checkout.js.gz',
    'letpay-..%2F..%2Fetc%2Fpasswd',
    'integrity.json',
  ]) {
    problemOf(await stack.call('GET', `/${name}`), 404, 'not_found');
  }
});

test('before the first build the tag’s address says what to do', async t => {
  const stack = await startStack(t);
  assert.match(
    problemOf(await stack.call('GET', '/letpay-checkout.js'), 404, 'not_found').detail,
    /npm run build/,
  );
});
