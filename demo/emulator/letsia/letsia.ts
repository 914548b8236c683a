/** Letsia as one of the emulator's PSPs: its state, its routes, its pages and its own controls. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { asNumber } from '../letpay/money.ts';
import type { LedgerRow, Psp } from '../psp.ts';
import { type Random, uuid } from '../random.ts';
import type { Stats } from '../stats.ts';
import { createAccessTokens } from './access-tokens.ts';
import { type Account, type Mode, modes, usualAccount } from './account.ts';
import { refused } from './bodies.ts';
import { type Invoice, ledgerStatus, type Word, wordFor } from './invoice.ts';
import type { InvoiceFields } from './invoice-fields.ts';
import { createInvoices } from './invoices.ts';
import { letsiaPages } from './pages.ts';
import { letsiaRoutes } from './routes.ts';

export interface LetsiaParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly stats: Stats;
  /** Milliseconds from an invoice to its payment link. */
  readonly linkDelayMs: number;
}

const path = '/letsia';

const accountBody = z
  .object({
    api_enabled: z.boolean(),
    api_mode: z.enum(modes),
    link: z.enum(['later', 'at_once', 'after_refresh', 'never']),
    words: z.enum(['documented', 'upper', 'lower']),
    sandbox_prefix: z.enum(['both', 'code', 'number']),
    field_errors: z.boolean(),
    /** Forgets every access token. */
    log_out: z.boolean(),
  })
  .partial();

export function createLetsia({ clock, random, stats, linkDelayMs }: LetsiaParts): Psp {
  const tokens = createAccessTokens(random);
  const invoices = createInvoices();
  let account: Account = usualAccount;

  function open({ email, amount, title, methods }: InvoiceFields, mode: Mode): Invoice {
    const now = clock.now();
    const { link, sandboxPrefix } = account;
    const linkAt = { later: now + linkDelayMs, at_once: now, after_refresh: null, never: null }[link];
    const mark = (where: 'code' | 'number') =>
      mode === 'sandbox' && (sandboxPrefix === 'both' || sandboxPrefix === where) ? 'SBOX-' : '';
    return invoices.add(id => ({
      id,
      number: `${mark('number')}UID-1-${String(id - 1000).padStart(3, '0')}`,
      code: `${mark('code') || 'INV-'}${uuid(random)}`,
      mode,
      title,
      email,
      amount,
      status: 'pending',
      methods,
      linkAt,
      wasPaid: false,
      createdAt: now,
      updatedAt: now,
    }));
  }

  function change(invoice: Invoice, more: Partial<Invoice>): Invoice {
    return invoices.update(invoice.id, { ...more, updatedAt: clock.now() }) ?? invoice;
  }

  const move = (invoice: Invoice, status: Word) =>
    change(invoice, { status, wasPaid: invoice.wasPaid || status === 'paid' });

  /** "updates invoice/payment methods updated_at for background reprocessing" */
  function refresh(invoice: Invoice): Invoice {
    const stalled = invoice.linkAt === null && account.link !== 'never';
    return change(invoice, stalled ? { linkAt: clock.now() + linkDelayMs } : {});
  }

  const routes = new Hono();
  routes.route('/', letsiaPages({ invoices, move, now: clock.now }));
  routes.route(
    '/',
    letsiaRoutes({
      clock,
      tokens,
      invoices,
      account: () => account,
      open,
      move,
      refresh,
      loggedIn: stats.loggedIn,
    }),
  );

  const controls = new Hono();
  controls.post('/', async c => {
    const body = accountBody.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return c.json({ message: 'not a setting of the account' }, 400);
    const { api_enabled, api_mode, link, words, sandbox_prefix, field_errors, log_out } = body.data;
    account = {
      apiEnabled: api_enabled ?? account.apiEnabled,
      apiMode: api_mode ?? account.apiMode,
      link: link ?? account.link,
      words: words ?? account.words,
      sandboxPrefix: sandbox_prefix ?? account.sandboxPrefix,
      fieldErrors: field_errors ?? account.fieldErrors,
    };
    if (log_out) tokens.clear();
    return c.json(account);
  });

  return {
    path,
    routes,
    controls,
    arrived: (method, called) => stats.called(`${method} ${called.replace(reference, '$1{reference}$2')}`),
    errorAnswer: (_path, status) =>
      Response.json(refused({ status: 422, message: 'Server Error' }, usualAccount), { status }),
    ledger: title => invoices.list(title).map(ledgerRow),
    settle(token, status) {
      const invoice = invoices.find(token);
      const word = wordFor[status];
      if (!invoice) return undefined;
      return word === undefined ? 'no_such_word' : ledgerRow(move(invoice, word));
    },
    reset() {
      invoices.clear();
      tokens.clear();
      account = usualAccount;
    },
  };
}

const reference = /^(\/letsia\/(?:sandbox\/)?invoices\/)[^/]+(\/.*)$/;

/** An invoice can be paid from the moment it is made: each is one payable thing. */
function ledgerRow({ code, title, status, amount, wasPaid }: Invoice): LedgerRow {
  return {
    payment_token: code,
    gateway: 'letsia',
    reference_id: title,
    status: ledgerStatus[status],
    method: 'REDIRECT',
    send_received: 1,
    send_accepted: 1,
    amount_received: wasPaid ? asNumber(amount) : 0,
    refunded_amount: 0,
    card_last4: null,
  };
}
