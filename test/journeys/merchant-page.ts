/**
 * A merchant’s page with the packed tag on it, in a real browser. The page is on one host and the proxy on another; what
 * both answer is in the test’s hand, and whatever else the page asks for is refused as a blocker would.
 */
import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import type { Checkout } from '../../server/contract/checkout.ts';
import { makeBundles } from '../../widget/build/bundles.ts';
import { contentsOf, embedFile } from '../../widget/build/embed-files.ts';
import { createCheckout, token } from '../widget/checkouts.ts';

export const shopOrigin = 'https://shop.example';
export const proxyOrigin = 'https://pay.shop.example';

const files = (await makeBundles()).map(embedFile);
const contents = contentsOf(files);

/** `integrity.json`: file name to its hash and, for an entry, its immutable name. */
export const integrityList = JSON.parse(String(contents.get('integrity.json'))) as Record<
  string,
  { readonly integrity: string; readonly versioned?: string }
>;

/** The full name of the part that begins so: `letpay-pix-instrument` → `letpay-pix-instrument-36dd….js`. */
export function partNamed(start: string): string {
  const name = files.find(file => file.name.startsWith(`${start}-`))?.name;
  assert.ok(name, `the build made no ${start}`);
  return name;
}

export interface MerchantPageOptions {
  /** What stands in the page’s head. */
  readonly head: string;
  readonly body?: string;
  readonly policy?: string;
  /** Each runs in the page, and in its frames, before their own scripts. */
  readonly before?: readonly (() => void)[];
  readonly context?: BrowserContextOptions;
  /** What the proxy answers: to reads, and to a submission or renewal where one is named. */
  readonly checkout?: Checkout;
  readonly renew?: Checkout;
  readonly sendPayment?: Checkout | { readonly status: number; readonly body: object };
  /** Requests that never arrive, as often as it says so. */
  readonly isCut?: (path: string) => boolean;
  /** What stands in a file of the build instead. */
  readonly rewrite?: (path: string, script: string) => string;
}

export interface MerchantPage {
  readonly page: Page;
  /** Addresses that were asked for, in order, the refused ones too. */
  readonly requests: readonly string[];
  /** What the page was refused by its policy, what failed in it, and what it wrote as an error. */
  readonly complaints: readonly string[];
  /** `letpay-error` codes. */
  readonly errorCodes: () => Promise<readonly string[]>;
  /** What the proxy answers to reads from now on. */
  answer(checkout: Checkout): void;
  close(): Promise<void>;
}

export const tag = `<letpay-checkout payment-token="${token}" proxy-url="${proxyOrigin}"></letpay-checkout>`;

/** `<script>` for one of the files of the build, under its moving name. */
export function scriptTag(name: string, attributes = 'type="module"'): string {
  return `<script ${attributes} src="${proxyOrigin}/${name}"></script>`;
}

const corsHeaders = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };

export async function openMerchantPage(
  browser: Browser,
  options: MerchantPageOptions,
): Promise<MerchantPage> {
  const {
    head,
    body = tag,
    policy,
    before = [],
    isCut = () => false,
    rewrite = (_, script) => script,
  } = options;
  let { checkout = createCheckout() } = options;
  const requests: string[] = [];
  const complaints: string[] = [];
  const context = await browser.newContext({
    locale: 'pt-BR',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options.context,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();

  function answerOfProxy(route: Route, path: string): Promise<void> {
    const json = (value: object, status = 200) =>
      route.fulfill({ status, json: value, headers: corsHeaders });
    if (path.endsWith('/sendPayment')) {
      const { sendPayment = checkout } = options;
      if (!('payment_token' in sendPayment)) return json(sendPayment.body, sendPayment.status);
      checkout = sendPayment;
      return json(checkout);
    }
    if (path.endsWith('/renew')) checkout = options.renew ?? checkout;
    // A feed that answers and closes is of no use to the tag: reads have to do.
    if (path.endsWith('/events')) return json({ code: 'not_found' }, 404);
    if (path.startsWith('/v1/')) return json(checkout);
    const script = contents.get(path.replace(/^.*\//, ''));
    if (script === undefined) return json({ code: 'not_found' }, 404);
    return route.fulfill({
      body: rewrite(path, Buffer.from(script).toString()),
      contentType: 'text/javascript; charset=utf-8',
      headers: corsHeaders,
    });
  }

  await context.route('**/*', route => {
    const { origin, pathname } = new URL(route.request().url());
    requests.push(route.request().url());
    if (isCut(pathname)) return route.abort('connectionreset');
    if (origin === proxyOrigin) return answerOfProxy(route, pathname);
    if (origin !== shopOrigin) return route.abort('blockedbyclient');
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: policy ? { 'content-security-policy': policy } : {},
      body: `<!doctype html><html lang="pt-BR"><head><title>Loja</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`,
    });
  });
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { errorCodes: heard });
    window.addEventListener('letpay-error', event => heard.push((event as unknown as { code: string }).code));
  });
  for (const script of before) await page.addInitScript(script);
  await page.goto(`${shopOrigin}/checkout`);
  return {
    page,
    requests,
    complaints,
    errorCodes: () => page.evaluate(() => (window as unknown as { errorCodes: string[] }).errorCodes),
    answer(next) {
      checkout = next;
    },
    close: () => context.close(),
  };
}
