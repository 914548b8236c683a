/** What merchants read: the OpenAPI document, for programs and as a page for people. Neither says more than the source does. */
import { type Context, Hono } from 'hono';
import { docsPage } from '../openapi/docs-page.ts';
import { docsStyle } from '../openapi/docs-style.ts';
import { openApiDocument } from '../openapi/document.ts';
import type { Services } from '../services.ts';

export function documentationRoutes({ config }: Pick<Services, 'config'>) {
  // Made once, when first asked for: anybody may ask, and making them takes tens of milliseconds.
  const document = once(() => openApiDocument(config.publicUrl));
  const json = once(() => JSON.stringify(document()));
  const page = once(async () => String(await docsPage(document())));

  return new Hono()
    .get('/openapi.json', c => {
      // Viewers on other sites may read it: it holds no secret.
      c.header('Access-Control-Allow-Origin', '*');
      return send(c, json(), 'application/json');
    })
    .get('/docs', async c => {
      c.header('Content-Security-Policy', contentSecurityPolicy);
      return send(c, await page(), 'text/html; charset=utf-8');
    })
    .get('/docs.css', c => send(c, docsStyle, 'text/css; charset=utf-8'));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function send(c: Context, body: string, type: string): Response {
  c.header('Content-Type', type);
  c.header('Cache-Control', 'public, max-age=300');
  return c.body(body);
}

/** A text and its style, both its own. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
