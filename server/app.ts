/**
 * The proxy as a Hono app: what it is made of, middleware in order, then routes. Reads from top to bottom.
 *
 * A merchant can mount it in a server of their own: `app.route('/letpay', createProxy(config))`. Call `close()` when that
 * server stops.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Hono } from 'hono';
import type { CheckoutRecord } from './checkout/checkout-record.ts';
import { viewCheckout } from './checkout/checkout-view.ts';
import { createCreator } from './checkout/create.ts';
import { createDoubts } from './checkout/doubt.ts';
import { erasingStore } from './checkout/erasing-store.ts';
import { withoutUnneeded } from './checkout/erasure.ts';
import type { FiledCard } from './checkout/filed-card.ts';
import { createFingerprints } from './checkout/fingerprint.ts';
import { createDecider } from './checkout/pre-authorization.ts';
import { createRefunder } from './checkout/refund.ts';
import { createRenewer } from './checkout/renew.ts';
import { offeredCards, viewCard } from './checkout/stored-cards.ts';
import { createSubmitter } from './checkout/submit.ts';
import { tidyStore } from './checkout/tidy.ts';
import { createCharger } from './checkout/token-payment.ts';
import { createWatcher } from './checkout/watch.ts';
import { type Clock, forwardClock, steadyClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Checkout } from './contract/checkout.ts';
import { nameOf, placeOf } from './failure.ts';
import { createHub, type Hub } from './feed/hub.ts';
import { createRedisHub } from './feed/redis-hub.ts';
import type { Gateway } from './gateways/gateway.ts';
import { guardedGateway } from './gateways/guarded-gateway.ts';
import { createLesspay } from './gateways/lesspay/lesspay.ts';
import { createLetPay } from './gateways/letpay/letpay.ts';
import { createLetsia } from './gateways/letsia/letsia.ts';
import type { PspCall } from './gateways/psp-http.ts';
import { createKeyedHash } from './keyed-hash.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { accessLog } from './middleware/access-log.ts';
import { allowedOrigins } from './middleware/allowed-origins.ts';
import { bodyCap } from './middleware/body-cap.ts';
import { refusedOrigins } from './middleware/refused-origins.ts';
import { type RequestIdVariables, requestId } from './middleware/request-id.ts';
import { untrustedForwarding } from './middleware/untrusted-forwarding.ts';
import { ProblemError, problemReply } from './problem.ts';
import { callbackRoutes } from './routes/callbacks.ts';
import { checkoutRoutes } from './routes/checkout.ts';
import { contractRoutes } from './routes/contracts.ts';
import { documentationRoutes } from './routes/documentation.ts';
import { eventRoutes } from './routes/events.ts';
import { operationRoutes } from './routes/operations.ts';
import { orderRoutes } from './routes/orders.ts';
import { pageRoutes } from './routes/pages.ts';
import { cardRoutes, personRoutes } from './routes/persons.ts';
import { refundRoutes } from './routes/refunds.ts';
import { quoteRoutes, tokenPaymentRoutes } from './routes/token-payments.ts';
import type { Services } from './services.ts';
import { measuredStore } from './store/measured-store.ts';
import { openStore } from './store/open-store.ts';
import { connectRedis } from './store/redis-store.ts';
import { type Store, StoreUnavailable, StoreUnusable } from './store/store.ts';
import { createVerifyingCount } from './verifying-count.ts';
import { announcingStore } from './webhooks/announcing-store.ts';
import { createDeliverer, type Deliverer, deliveriesAtOnce } from './webhooks/deliverer.ts';
import { createForgetter } from './webhooks/forgetter.ts';
import { connectReceiver } from './webhooks/receiver.ts';
import { loadWidgetFiles } from './widget-files.ts';

/** What a test or a host may put in place of the real thing. */
export interface ProxyDeps {
  /** The wall clock: milliseconds since 1970. */
  readonly now?: Clock;
  /** Milliseconds since any time; never set, so that intervals are measured on it. */
  readonly monotonic?: Clock;
  readonly newId?: () => string;
  /** From 0 to 1; spreads what is tried again. */
  readonly chance?: () => number;
  readonly log?: Log;
  readonly store?: Store;
  readonly gateways?: readonly Gateway[];
}

export type Proxy = Hono<{ Variables: RequestIdVariables }> & {
  /**
   * Logs in at every configured provider, so that wrong credentials are in the log before the first order comes. Never rejects;
   * the proxy works without it.
   */
  logIn(): Promise<void>;
  /** Takes no new work, lets submissions on their way finish, ends the feeds. */
  close(): Promise<void>;
  /** Rejects with `StoreUnusable` when the store turns out not to be ours. Then every call is 503; better stop. */
  readonly usable: Promise<void>;
};

/** No order or submission comes near this. */
const bodyCapBytes = 32 * 1024;

export function createProxy(config: Config, deps: ProxyDeps = {}): Proxy {
  const wall = deps.now ?? Date.now;
  const monotonic = deps.monotonic ?? (() => Math.round(performance.now()));
  const now = forwardClock(wall, monotonic);
  const newId = deps.newId ?? randomUUID;
  const log = deps.log ?? createLog(line => process.stdout.write(`${line}\n`), wall);
  const closing = new AbortController();

  const {
    store: opened,
    hub,
    usable,
  } = deps.store
    ? { store: deps.store, hub: createHub(), usable: Promise.resolve() }
    : openStoreAndHub(config, newId());
  const verifying = createVerifyingCount(opened.find, monotonic);
  const metrics = createMetrics({
    openFeeds: () => hub.openFeeds,
    verifying: verifying.count,
    backlog: () => opened.backlog(now()),
    outbox: config.webhook && (() => opened.outbox.backlog()),
    now,
  });
  const measured = measuredStore(opened, monotonic, metrics.observeStore);
  const onOutboxFailure = (cause: string) => log('warn', 'webhooks_unread', { cause });
  const deliverer = config.webhook && createWebhooks(config.webhook);
  const outboxWorker =
    deliverer ??
    createForgetter({ outbox: opened.outbox, now, onFailure: error => onOutboxFailure(nameOf(error)) });
  // Also where nothing is delivered: another proxy at this store may deliver, or this one after its next start.
  const announcing = announcingStore(measured, wall, () => deliverer?.wake());
  const keyedHash = createKeyedHash(config.merchantApiKey);
  const fingerprints = createFingerprints(keyedHash);
  const erased = (record: CheckoutRecord) => withoutUnneeded(record, now(), fingerprints.keyed);
  const store = erasingStore(announcing, erased);
  const pspDeps = {
    now: steadyClock(wall, monotonic),
    monotonic,
    onCall: ({ requestId: request_id, call, outcome, ms }: PspCall) => {
      metrics.observePspCall(call, outcome, ms);
      log('info', 'psp_call', { request_id, call, outcome, ms });
    },
  };
  const depsOf = (gateway: string) => ({
    ...pspDeps,
    onLogIn: () => {
      metrics.countLogIn();
      log('info', 'psp_log_in', { gateway });
    },
    onLogInRefused: (cause: string) => log('error', 'psp_log_in_refused', { gateway, cause }),
    onLogInFailed: (cause: string) => log('warn', 'psp_log_in_failed', { gateway, cause }),
  });
  const configured = () => [
    createLetPay(config.letpay, depsOf('letpay')),
    ...(config.letsia ? [createLetsia(config.letsia, { ...depsOf('letsia'), wait })] : []),
    ...(config.lesspay ? [createLesspay(config.lesspay, { ...depsOf('lesspay'), now: wall, newId })] : []),
  ];
  const guarded = (gateway: Gateway) =>
    guardedGateway(gateway, (call, error) => {
      log('error', 'gateway_failed', {
        gateway: gateway.name,
        call,
        name: nameOf(error),
        at: placeOf(error),
      });
    });
  const gateways = new Map((deps.gateways ?? configured()).map(gateway => [gateway.name, guarded(gateway)]));
  const findGateway = (name: string) => gateways.get(name);
  const gatewayOf = (name: string): Gateway => {
    const gateway = findGateway(name);
    if (gateway) return gateway;
    // An order of another configuration: it can be had again when this proxy is given the same settings.
    log('error', 'gateway_not_configured', { gateway: name });
    throw new ProblemError('psp_unavailable', 'The payment provider of this order is not configured here.', {
      retryAfterSeconds: 60,
    });
  };
  const doubts = createDoubts(monotonic);
  const onChange = (record: CheckoutRecord) => {
    doubts.note(record);
    verifying.note(record);
    hub.publish(record);
  };
  const notificationUrl = (gateway: string) => `${config.publicUrl}/v1/callbacks/${gateway}`;
  const pageUrl = (token: string) => `${config.publicUrl}/pay/${encodeURIComponent(token)}`;
  const isLookedAt = hub.isWatched;
  const shared = {
    store,
    gatewayOf,
    findGateway,
    notificationUrl,
    pageUrl,
    now,
    wall,
    monotonic,
    fingerprints,
    keyedHash,
    doubts,
    isLookedAt,
    onChange,
  };

  const watcher = createWatcher({
    ...shared,
    erased,
    newRequestId: newId,
    isSubmitting: token =>
      submitter.isSubmitting(token) || decider.isDeciding(token) || refunder.isRefunding(token),
    pspTimeoutMs: config.pspTimeoutMs,
    readsPerSecond: config.pspReadsPerSecond,
    onFailure: (token, cause) => log('warn', 'status_unread', { payment_token: token, cause }),
  });
  const submitter = createSubmitter({
    ...shared,
    read: watcher.read,
    cardTriesPerCheckout: config.cardTriesPerCheckout,
    onNoteLost: error => log('error', 'outcome_not_kept', { name: nameOf(error) }),
    onOutcome: (outcome, cause, { token, requestId: request_id }) => {
      metrics.countSubmission(outcome);
      const level = outcome === 'unknown' ? 'warn' : 'info';
      log(level, 'submission', { request_id, payment_token: token, outcome, cause });
    },
  });
  const decider = createDecider({
    ...shared,
    readAwaited: watcher.read,
    onOutcome: (kind, outcome, cause, { token, requestId: request_id }) => {
      metrics.countDecision(kind, outcome);
      const level = outcome === 'unknown' ? 'warn' : 'info';
      log(level, 'hold_decision', { request_id, payment_token: token, kind, outcome, cause });
    },
  });
  const refunder = createRefunder({
    ...shared,
    read: watcher.read,
    pspTimeoutMs: config.pspTimeoutMs,
    onOutcome: (outcome, cause, { token, requestId: request_id }) => {
      metrics.countRefund(outcome);
      const level = outcome === 'unknown' ? 'warn' : 'info';
      log(level, 'refund', { request_id, payment_token: token, outcome, cause });
    },
  });
  const charger = createCharger({ ...shared, submit: submitter.submit });
  const renewer = createRenewer({ ...shared, read: watcher.read });
  const creator = createCreator({ ...shared, defaultMethods: config.defaultMethods });
  const services: Services = {
    config,
    store,
    hub,
    creator,
    submitter,
    charger,
    renewer,
    decider,
    refunder,
    gatewayOf,
    findGateway,
    pageUrl,
    watcher,
    widget: loadWidgetFiles(config.widgetFolder),
    metrics,
    log,
    now,
    view: async record => viewWith(record, await offeredCards(shared, record)),
    viewDone: async record => viewWith(record, await readableCards(record)),
    closing: closing.signal,
  };

  const app = new Hono<{ Variables: RequestIdVariables }>();
  app.use(requestId(newId));
  app.use(accessLog({ log, monotonic, observe: metrics.observeRequest }));
  app.use(async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
  const forwardedUntrusted = {
    warning: 'X-Forwarded-For comes and TRUST_PROXY is not set: limits cannot tell shoppers apart',
  };
  app.use(untrustedForwarding(config.trustedProxies, () => log('warn', 'configuration', forwardedUntrusted)));
  // Before the cap on bodies, so that a page can read that refusal too.
  app.use('/v1/checkout/*', allowedOrigins(config.allowedOrigins, refusedOrigins(log, monotonic)));
  app.use(bodyCap(bodyCapBytes));

  app.route('/v1/orders', orderRoutes(services));
  app.route('/v1/refunds', refundRoutes(services));
  app.route('/v1/contracts', contractRoutes(services));
  app.route('/v1/persons', personRoutes(services));
  app.route('/v1/cards', cardRoutes(services));
  app.route('/v1/quotes', quoteRoutes(services));
  app.route('/v1/token-payments', tokenPaymentRoutes(services));
  app.route('/v1/checkout', eventRoutes(services));
  app.route('/v1/checkout', checkoutRoutes(services));
  app.route('/v1/callbacks', callbackRoutes(services));
  app.route('/v1', documentationRoutes(services));
  app.route('/', operationRoutes(services));
  app.route('/', pageRoutes(services));

  app.notFound(c => problemReply(c, new ProblemError('not_found', 'No such address.'), c.get('requestId')));
  app.onError((error, c) => {
    if (error instanceof ProblemError) {
      const { code, cause } = error;
      if (typeof cause === 'string')
        log('warn', 'nothing_sent', { request_id: c.get('requestId'), code, cause });
      return problemReply(c, error, c.get('requestId'));
    }
    if (error instanceof StoreUnavailable || error instanceof StoreUnusable) {
      log('error', 'store_unavailable', { request_id: c.get('requestId'), cause: error.message });
      const problem = new ProblemError('store_unavailable', 'Nothing was sent.', { retryAfterSeconds: 2 });
      return problemReply(c, problem, c.get('requestId'));
    }
    // The client hung up in the middle of its body: its doing, and nobody is left to read the answer.
    if ('code' in error && error.code === 'ECONNRESET' && c.req.raw.signal.aborted) {
      const problem = new ProblemError('malformed_request', 'The body did not arrive.');
      return problemReply(c, problem, c.get('requestId'));
    }
    // The name only: a message could quote what was sent.
    log('error', 'unexpected', { request_id: c.get('requestId'), name: nameOf(error), at: placeOf(error) });
    return problemReply(c, new ProblemError('internal_error', 'Tell us the request_id.'), c.get('requestId'));
  });

  function viewWith(record: CheckoutRecord, cards: readonly FiledCard[]): Checkout {
    const testMode = record.testMode ?? gatewayOf(record.gateway).testMode;
    const { merchantName, cardBrands } = config;
    return viewCheckout(record, wall(), { testMode, merchantName, cardBrands }, cards.map(viewCard));
  }

  async function readableCards(record: CheckoutRecord): Promise<readonly FiledCard[]> {
    try {
      return await offeredCards(shared, record);
    } catch (error) {
      log('warn', 'saved_cards_unread', { payment_token: record.token, name: nameOf(error) });
      return [];
    }
  }

  function createWebhooks({ url, secrets, timeoutMs }: NonNullable<Config['webhook']>): Deliverer {
    return createDeliverer({
      outbox: opened.outbox,
      receiver: connectReceiver(url, deliveriesAtOnce, timeoutMs),
      secrets,
      tryTimeoutMs: timeoutMs,
      now,
      wall,
      monotonic,
      chance: deps.chance ?? Math.random,
      onTry: ({ id, token, type, tries }, result, outcome, ms) => {
        metrics.countDelivery(result);
        const level = result === 'given_up' ? 'error' : result === 'retry' ? 'warn' : 'info';
        log(level, 'webhook', { webhook_id: id, payment_token: token, type, result, outcome, tries, ms });
      },
      onFailure: onOutboxFailure,
    });
  }

  for (const warning of config.warnings) log('warn', 'configuration', { warning });
  usable.catch(error => log('error', 'store_unusable', { cause: nameOf(error) }));
  watcher.start();
  outboxWorker.start();
  const tidying = tidyStore(
    {
      store: opened,
      erased,
      onDone: (seen, changed) => log('info', 'store_tidied', { seen, changed }),
      onFailure: cause => log('warn', 'store_untidied', { cause }),
    },
    closing.signal,
  );
  return Object.assign(app, {
    usable,
    async logIn() {
      await Promise.allSettled([...gateways.values()].map(gateway => gateway.logIn()));
    },
    async close() {
      closing.abort();
      await Promise.all([submitter.idle(), renewer.idle(), decider.idle(), refunder.idle()]);
      await watcher.stop();
      await outboxWorker.stop();
      await tidying;
      await Promise.all([...gateways.values()].map(gateway => gateway.close()));
      hub.close();
      await store.close();
    },
  });
}

/** The store of STORE_URL, and the hub that goes with it: several proxies can only share what is outside of them. */
function openStoreAndHub(
  config: Config,
  instanceId: string,
): { store: Store; hub: Hub; usable: Promise<void> } {
  const { store, redis, usable } = openStore(config.storeUrl, config.storeKey);
  if (redis === null) return { store, hub: createHub(), usable };
  const subscriber = connectRedis(config.storeUrl);
  return {
    store,
    hub: createRedisHub({ publisher: redis, subscriber, find: store.find, instanceId }),
    usable,
  };
}
