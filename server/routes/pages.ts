/** The built tag, and the hosted page that shows it. */
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { visitorOf } from '../middleware/client-address.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';
import type { WidgetFile } from '../widget-files.ts';

const languages: Record<string, { lang: string; title: string; order: string; noScript: string }> = {
  pt: { lang: 'pt-BR', title: 'Pagamento', order: 'Pedido', noScript: 'Ative o JavaScript para pagar.' },
  es: { lang: 'es', title: 'Pago', order: 'Pedido', noScript: 'Activa JavaScript para pagar.' },
  en: { lang: 'en', title: 'Payment', order: 'Order', noScript: 'Turn on JavaScript to pay.' },
};

/** The page’s own language by the order’s country; the tag finds its own. */
function pageWords(country: string) {
  return languages[country === 'BR' ? 'pt' : 'es'] ?? languages['en'];
}

export function pageRoutes(services: Services) {
  const { config, creator, widget } = services;

  return new Hono<{ Variables: RequestIdVariables }>()
    .get('/pay/:token', async c => {
      const record = await creator.findOrAdopt(c.req.param('token'), visitorOf(c, config.trustedProxies));
      if (record === null) throw new ProblemError('not_found', 'No checkout has this token.');
      const words = pageWords(record.country);
      const entry = widget.entry ?? { name: 'letpay-checkout.js', integrity: '' };
      // Relative, so that the page also works where the app is mounted below a path.
      const source = `../${entry.name}`;
      const { token, referenceId } = record;
      const { merchantName } = config;
      const wordsFile = widget.words(words?.lang ?? '');
      // Safari before 16.4 cannot make style sheets: the elements of the tag that stand in carry it.
      const nonce = randomBytes(16).toString('base64url');
      c.header('Content-Security-Policy', contentSecurityPolicy(nonce));
      c.header('Cache-Control', 'no-store');
      return c.html(html`<!doctype html>
<html lang="${words?.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${[words?.title, merchantName].filter(Boolean).join(' · ')}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="../pay.css">
<link rel="preload" as="fetch" href="../v1/checkout/${encodeURIComponent(token)}" crossorigin="anonymous">
${wordsFile ? html`<link rel="modulepreload" href="../${wordsFile}">` : ''}
<script type="module" src="${source}" integrity="${entry.integrity}" crossorigin="anonymous"></script>
</head>
<body>
<main>
${merchantName ? html`<h1 translate="no">${merchantName}</h1>` : ''}
${referenceId ? html`<p class="order">${words?.order} <span translate="no">${referenceId}</span></p>` : ''}
<letpay-checkout payment-token="${token}" theme="auto" nonce="${nonce}"></letpay-checkout>
<noscript>${words?.noScript}</noscript>
</main>
</body>
</html>`);
    })
    .get('/pay.css', c => {
      c.header('Content-Type', 'text/css; charset=utf-8');
      c.header('Cache-Control', 'public, max-age=3600');
      return c.body(pageStyle);
    })
    .get('/:file{letpay-[\\w.-]+}', c => {
      const file = widget.find(c.req.param('file'));
      if (file === null) throw new ProblemError('not_found', 'No such file; run npm run build.');
      return sendFile(c, file);
    });
}

/** All that the tag needs: its own origin. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // The bank’s page of a boleto, in a frame that has this policy too, sets its looks by attributes.
    "style-src-attr 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types letpay-checkout',
  ].join('; ');
}

const pageStyle = `:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: #eef0f4; }
main { box-sizing: border-box; max-width: 720px; margin: 0 auto; padding: 16px; overflow-wrap: anywhere; }
h1 { margin: 8px 0 0; font-size: 22px; line-height: 1.3; }
.order { margin: 0 0 16px; color: #555d6b; }
@media (prefers-color-scheme: dark) { body { background: #0d0f13; color: #f2f4f7; } .order { color: #a9b2c0; } }
`;

function sendFile(c: Context, file: WidgetFile): Response {
  // Any page may embed it, and needs to read it to check its integrity.
  c.header('Access-Control-Allow-Origin', '*');
  c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  c.header('Content-Type', file.type);
  c.header('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300');
  c.header('ETag', file.etag);
  c.header('Vary', 'Accept-Encoding');
  if (c.req.header('If-None-Match') === file.etag) return c.body(null, 304);
  const accepted = c.req.header('Accept-Encoding') ?? '';
  for (const encoding of ['br', 'gzip'] as const) {
    const body = file.bodies[encoding];
    if (body && new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(?:\\.0+)?\\b)`).test(accepted)) {
      c.header('Content-Encoding', encoding);
      return c.body(new Uint8Array(body));
    }
  }
  return c.body(new Uint8Array(file.bodies.identity));
}
