/** Letsia's client API as a Hono app ("Client API Integration Guide"). */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { AccessTokens } from './access-tokens.ts';
import { type Account, credentials, type Mode, user } from './account.ts';
import { accepted, invoiceBody, type Refusal, refused, worded } from './bodies.ts';
import { type Invoice, simulated, type Word } from './invoice.ts';
import { type InvoiceFields, readInvoiceFields } from './invoice-fields.ts';
import type { Invoices } from './invoices.ts';

export interface RouteSettings {
  readonly clock: Clock;
  readonly tokens: AccessTokens;
  readonly invoices: Invoices;
  /** As it is at this moment. */
  readonly account: () => Account;
  readonly open: (fields: InvoiceFields, mode: Mode) => Invoice;
  readonly move: (invoice: Invoice, status: Word) => Invoice;
  readonly refresh: (invoice: Invoice) => Invoice;
  readonly loggedIn: () => void;
}

const loginBody = z.object({ email: z.string(), password: z.string(), device_name: z.string() });
const simulateBody = z.object({ status: z.enum(simulated) });

const unauthenticated: Refusal = { status: 401, message: 'Unauthenticated.' };
const apiDisabled: Refusal = { status: 403, message: 'API access is disabled for this account.' };
const notFound: Refusal = { status: 404, message: 'Invoice not found.' };
const unprocessable = (message: string): Refusal => ({ status: 422, message });

export function letsiaRoutes(settings: RouteSettings): Hono<{ Variables: { mode: Mode } }> {
  const { clock, tokens, invoices, account, open, move, refresh, loggedIn } = settings;
  const app = new Hono<{ Variables: { mode: Mode } }>();

  const refuse = (c: Context, refusal: Refusal) => c.json(refused(refusal, account()), refusal.status);
  const whole = (c: Context, invoice: Invoice) =>
    invoiceBody(invoice, account(), new URL(c.req.url).origin, clock.now());
  const brief = ({ number, status }: Invoice) => ({
    invoice_number: number,
    status: worded(status, account()),
  });

  app.post('/login', async c => {
    const body = loginBody.safeParse(await readJson(c));
    const { email, password } = body.data ?? {};
    if (email !== credentials.email || password !== credentials.password) {
      return refuse(c, { status: 401, message: 'Invalid credentials.' });
    }
    const { apiEnabled, apiMode } = account();
    if (!apiEnabled) return refuse(c, apiDisabled);
    loggedIn();
    return c.json(
      accepted('Login successful.', {
        token_type: 'Bearer',
        access_token: tokens.issue(apiMode),
        user: { ...user, api_mode: apiMode },
      }),
    );
  });

  app.use(async (c, next) => {
    const [, token = ''] = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '') ?? [];
    const mode = tokens.modeOf(token);
    if (mode === undefined) return refuse(c, unauthenticated);
    if (!account().apiEnabled) return refuse(c, apiDisabled);
    c.set('mode', mode);
    return next();
  });

  app.post('/invoices', async c => {
    const fields = readInvoiceFields(await readJson(c));
    if ('refusal' in fields) return refuse(c, fields.refusal);
    const invoice = open(fields.value, c.get('mode'));
    return c.json(accepted('Invoice created successfully.', whole(c, invoice)), 201);
  });

  app.get('/invoices/:reference/status', c => {
    const invoice = find(c);
    if (!invoice) return refuse(c, notFound);
    return c.json(accepted('Invoice status retrieved.', whole(c, invoice)));
  });

  app.post('/invoices/:reference/refund', c => {
    const invoice = find(c);
    if (!invoice) return refuse(c, notFound);
    if (invoice.status !== 'paid') return refuse(c, unprocessable('Only paid invoices can be refunded.'));
    return c.json(accepted('Refund request submitted.', brief(move(invoice, 'request_refund'))));
  });

  app.post('/invoices/:reference/cancel', c => {
    const invoice = find(c);
    if (!invoice) return refuse(c, notFound);
    if (invoice.status !== 'paid') return refuse(c, unprocessable('Only paid invoices can be cancelled.'));
    return c.json(accepted('Invoice cancelled successfully.', brief(move(invoice, 'CANCELLED'))));
  });

  app.post('/invoices/:reference/refresh', c => {
    const invoice = find(c);
    if (!invoice) return refuse(c, notFound);
    // "422 refresh constraints", without saying which: an invoice that has ended has nothing to work on.
    if (invoice.status !== 'pending') return refuse(c, unprocessable('This invoice cannot be refreshed.'));
    return c.json(accepted('Invoice refresh triggered.', brief(refresh(invoice))));
  });

  app.post('/sandbox/invoices/:reference/simulate', async c => {
    if (c.get('mode') !== 'sandbox') return refuse(c, unprocessable('This account is not in sandbox mode.'));
    const body = simulateBody.safeParse(await readJson(c));
    const invoice = find(c);
    if (!invoice) return refuse(c, notFound);
    if (!body.success) return refuse(c, unprocessable('The selected status is invalid.'));
    return c.json(accepted('Sandbox status updated.', brief(move(invoice, body.data.status))));
  });

  app.all('*', c => refuse(c, { status: 404, message: 'Not found.' }));

  /** An invoice of the other mode is in another world. */
  function find(c: Context<{ Variables: { mode: Mode } }, '/invoices/:reference'>): Invoice | undefined {
    return invoices.find(c.req.param('reference'), c.get('mode'));
  }

  return app;
}

const readJson = (c: Context): Promise<unknown> => c.req.json().catch(() => undefined);
