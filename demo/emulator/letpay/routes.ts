/** LetPay's API as a Hono app. It parses, asks the rules, and lets the dialect word the answer. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { AccessTokens } from './access-token.ts';
import { credentials } from './account.ts';
import { createAnswers, readJson } from './answers.ts';
import { dateAt } from './dates.ts';
import type { Dialect } from './dialect.ts';
import { issueInstrument } from './instrument.ts';
import type { Ledger } from './ledger.ts';
import type { Lifecycle } from './lifecycle.ts';
import { amount, invalidFields, readOrder } from './order-fields.ts';
import { canceledByMerchant } from './outcome.ts';
import { readPaycash } from './paycash-fields.ts';
import type { Payment } from './payment.ts';
import type { Refunds } from './refunds.ts';
import { forbidden, type Result } from './refusal.ts';
import type { SavedCards } from './saved-cards.ts';
import { readSubmission } from './send-fields.ts';
import { tokenRoutes } from './token-routes.ts';

export interface LetPaySettings {
  readonly clock: Clock;
  readonly random: Random;
  readonly tokens: AccessTokens;
  readonly ledger: Ledger;
  readonly lifecycle: Lifecycle;
  readonly refunds: Refunds;
  readonly savedCards: SavedCards;
  /** The dialect of the moment. */
  readonly dialect: () => Dialect;
  readonly debitCards: boolean;
  readonly loggedIn: () => void;
}

export function letpayRoutes(settings: LetPaySettings): Hono {
  const { clock, random, tokens, ledger, lifecycle, refunds, savedCards, dialect, debitCards, loggedIn } =
    settings;
  const app = new Hono();

  const answers = createAnswers(tokens, clock, dialect);
  const { accept, refuse } = answers;
  const makers = () => ({ pixAccount: dialect().pixAccount, savedCards, random });

  app.post('/auth', async c => {
    const fields = await readForm(c);
    const known =
      (fields.username === credentials.name && fields.password === credentials.secret) ||
      (fields.apiKey === credentials.name && fields.apiSecret === credentials.secret);
    if (!known) return refuse(c, { kind: 'unauthorized' });
    loggedIn();
    return c.json(dialect().login(tokens.issue(credentials.name)));
  });

  app.use(async (c, next) => {
    if (tokens.subjectOf(c.req.header('X-Auth-Token') ?? '') === null) {
      return refuse(c, { kind: 'unauthorized' });
    }
    return next();
  });

  app.get('/merchant/contracts', c => accept(c, dialect().contract()));
  app.get('/merchant/contracts/list', c => {
    const list = dialect().contractList();
    return list ? accept(c, list) : refuse(c, { kind: 'route_not_found' });
  });

  app.post('/payment', async c => {
    const body = await readJson(c);
    if (body.refusal) return refuse(c, body.refusal);
    const { minimum, paymentCountryRequired } = dialect();
    const order = readOrder(body.value, { minimum, paymentCountryRequired, debitCards });
    if (order.refusal) return refuse(c, order.refusal);
    return accept(c, dialect().order(lifecycle.open(order.value)));
  });

  app.post('/payment/:token/sendPayment', async c => {
    const body = await readJson(c);
    if (body.refusal) return refuse(c, body.refusal);
    const found = findPayment(c.req.param('token'));
    if (found.refusal) return refuse(c, found.refusal);
    const payment = found.value;
    if (payment.sendAccepted > 0) {
      return refuse(c, forbidden('00.04.0022', 'The payment token was already used in sendPayment'));
    }
    if (payment.status !== 'CREATED') {
      return refuse(c, forbidden('00.04.0012', 'The status of this payment cannot be changed'));
    }
    const submission = readSubmission(body.value, payment.order.methods, clock.now());
    if (submission.refusal) return refuse(c, submission.refusal);
    const submitted = lifecycle.submit(payment, submission.value);
    const instrument = issueInstrument(submitted, submission.value, makers());
    return accept(c, dialect().sent(submitted, instrument));
  });

  app.on('POST', ['/payment/:token/capture', '/token/:token/capture'], async c => {
    const body = await readJson(c);
    if (body.refusal) return refuse(c, body.refusal);
    const held = findHeld(c.req.param('token'));
    if (held.refusal) return refuse(c, held.refusal);
    const parsed = captureBody.safeParse(body.value);
    if (!parsed.success) return refuse(c, invalidFields(parsed.error));
    if (parsed.data.amount > held.value.order.totals.customerAmount) {
      return refuse(c, forbidden('00.04.0011', 'The amount is greater than the pre-authorized amount'));
    }
    lifecycle.move(held.value.token, 'PAID', { amountReceived: parsed.data.amount });
    return accept(c, dialect().moved(held.value));
  });

  app.on('POST', ['/payment/:token/cancel', '/token/:token/cancel'], c => {
    const held = findHeld(c.req.param('token'));
    if (held.refusal) return refuse(c, held.refusal);
    lifecycle.move(held.value.token, 'CANCELED', { cancellation: canceledByMerchant });
    return accept(c, dialect().moved(held.value));
  });

  app.get('/payment/reference/:reference', c =>
    accept(c, { payments: ledger.list(c.req.param('reference')).map(dialect().statusInList) }),
  );

  app.get('/payment/:token', c => {
    const found = findPayment(c.req.param('token'));
    return found.refusal ? refuse(c, found.refusal) : accept(c, dialect().status(found.value));
  });

  app.post('/paycash/simple', async c => {
    const body = await readJson(c);
    if (body.refusal) return refuse(c, body.refusal);
    const read = readPaycash(body.value, clock.now());
    if (read.refusal) return refuse(c, read.refusal);
    const submission = { method: 'PAYCASH', dueDate: read.value.dueDate } as const;
    const opened = lifecycle.open(read.value.order);
    ledger.update(opened.token, () => ({ sendReceived: 1 }));
    const submitted = lifecycle.submit(opened, submission);
    const instrument = issueInstrument(submitted, submission, makers());
    return accept(c, dialect().paycash(submitted, instrument));
  });

  app.post('/refund', async c => {
    const body = await readJson(c);
    const refund = body.refusal ? body : refunds.request(body.value);
    return refund.refusal ? refuse(c, refund.refusal) : accept(c, dialect().refund(refund.value, false));
  });

  /** The only answer of LetPay that is a bare list, without a refreshed token. The classic document has no such call. */
  app.get('/refund/payment/:token', c => {
    if (!dialect().listsRefunds) return refuse(c, { kind: 'route_not_found' });
    const found = findPayment(c.req.param('token'));
    if (found.refusal) return refuse(c, found.refusal);
    const list = refunds.ofPayment(found.value.token);
    return c.json(
      list.map(refund => ({ ...dialect().refund(refund, true), created_at: dateAt(refund.createdAt) })),
    );
  });

  /** By the number of a refund, or in the classic way by the token of its payment. */
  app.get('/refund/:id', c => {
    const id = c.req.param('id');
    const refund = /^\d+$/.test(id) ? refunds.get(Number(id)) : refunds.ofPayment(id).at(-1);
    if (refund) return accept(c, dialect().refund(refund, true));
    return refuse(c, forbidden('00.01.0068', "We couldn't find this refund ID, please check again.", 404));
  });

  app.route('/', tokenRoutes({ clock, ledger, lifecycle, savedCards, dialect, ...answers }));
  app.all('*', c => refuse(c, { kind: 'route_not_found' }));

  function findPayment(token: string): Result<Payment> {
    const payment = ledger.get(token);
    return payment ? { value: payment } : { refusal: { kind: 'payment_not_found', token } };
  }

  function findHeld(token: string): Result<Payment> {
    const found = findPayment(token);
    if (found.refusal || found.value.status === 'PRE_AUTHORIZED') return found;
    return {
      refusal: forbidden('00.04.0010', "The payment token was not pre-authorized, so it can't be captured."),
    };
  }

  return app;
}

const captureBody = z.object({ amount });
const formFields = z.record(z.string(), z.unknown()).catch({});

/** Log-in comes url-encoded (classic), as multipart (current), and from some clients as JSON. */
async function readForm(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const json = c.req.header('content-type')?.includes('json') === true;
  return formFields.parse(json ? (await readJson(c)).value : await c.req.parseBody().catch(() => ({})));
}
