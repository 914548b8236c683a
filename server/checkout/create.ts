/**
 * How a checkout comes to be: from a merchant’s order, or from a token that LetPay knows and we do not (an order that a
 * merchant’s backend made at LetPay itself).
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Method } from '../contract/checkout.ts';
import type { OrderRequest } from '../contract/order.ts';
import type { CallContext, CreatedOrder, Gateway } from '../gateways/gateway.ts';
import { gatewayNotConfigured, ProblemError } from '../problem.ts';
import { type Store, StoreUnavailable } from '../store/store.ts';
import { openAttempt } from './attempt.ts';
import type { CheckoutRecord } from './checkout-record.ts';
import type { Fingerprints } from './fingerprint.ts';
import { lookFor, makeOrder, offerOf, orderUnknown } from './make-order.ts';
import { inOrderOfUse } from './method-order.ts';
import { orderKeyState, orderKeyText } from './order-key.ts';
import { recordReport } from './record-report.ts';
import { singleFlight } from './single-flight.ts';
import { nothingChanged } from './submit.ts';
import { type TokenBucket, tokenBucket } from './token-bucket.ts';
import { nextDue } from './watch-schedule.ts';

export interface CreateDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  /** Undefined: it is not configured. */
  readonly findGateway: (name: string) => Gateway | undefined;
  readonly notificationUrl: (gateway: string) => string;
  readonly now: Clock;
  /** The time of claims, which other proxies hold against theirs. */
  readonly wall: Clock;
  readonly monotonic: Clock;
  readonly fingerprints: Fingerprints;
  readonly defaultMethods: readonly Method[];
}

export interface Creator {
  /** A checkout for the merchant’s order. The same key and body again give the same checkout. */
  create(order: OrderRequest, key: string | null, context: CallContext): Promise<CheckoutRecord>;
  /** The checkout of a token; looked up at the PSP when it is not ours. Null when nobody knows it. */
  findOrAdopt(token: string, context: LookUpContext): Promise<CheckoutRecord | null>;
}

export interface LookUpContext extends CallContext {
  /** The address of the browser that asks; null or missing where it tells nothing. */
  readonly client?: string | null;
}

/** No PSP of ours gives out tokens of another form; anything else is not worth a question to the PSP. */
const tokenPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/;
/** A token that the PSP did not know is not asked about again for this long, and so many are remembered. */
const unknownForMs = 60_000;
const unknownKept = 10_000;

/** Made-up tokens must not become a flood at the PSP. */
const lookUpsPerSecond = 10;
const lookUpsAtOnce = 50;
/** One client alone must not use them up: then shoppers of orders that were made elsewhere would be turned away. */
const clientLookUpsPerSecond = 1;
const clientLookUpsAtOnce = 20;
const clientsKept = 10_000;

/** Longer than log-in, contract and order take together. */
const onItsWayForMs = 60_000;

const emptyOffer = { installments: [], totals: null, customerFees: [] } as const;

export function createCreator(deps: CreateDeps): Creator {
  const { store, now, monotonic } = deps;
  const adopting = singleFlight<CheckoutRecord | null>();
  const lookUps = tokenBucket(lookUpsPerSecond, lookUpsAtOnce, monotonic);
  const lookUpsOf = new Map<string, TokenBucket>();
  /** Keys whose order is on its way from this process. */
  const keysInFlight = new Set<string>();
  const unknownTokens = new Map<string, number>();

  function mayLookUp(client: string | null): boolean {
    if (client === null) return lookUps.take();
    if (lookUpsOf.size >= clientsKept) lookUpsOf.clear();
    const own = lookUpsOf.get(client) ?? tokenBucket(clientLookUpsPerSecond, clientLookUpsAtOnce, monotonic);
    lookUpsOf.set(client, own);
    return own.take() && lookUps.take();
  }

  async function createFresh(order: OrderRequest, mark: string, context: CallContext) {
    const gateway = gatewayFor(order);
    const marked = { order, mark, notificationUrl: deps.notificationUrl(gateway.name) };
    return keep(order, await makeOrder(gateway, marked, context));
  }

  function gatewayFor(order: OrderRequest): Gateway {
    const gateway = deps.findGateway(order.gateway ?? 'letpay');
    if (gateway) return gateway;
    throw gatewayNotConfigured();
  }

  /** The checkout of an order that the PSP made. */
  async function keep(order: OrderRequest, made: CreatedOrder): Promise<CheckoutRecord> {
    const { token, currency, testMode } = made;
    const offer = offerOf(made, order.methods ?? deps.defaultMethods);
    if (offer.methods.length === 0) throw nothingOffered();
    const country = order.payment_country ?? order.address_country ?? 'BR';
    const record: CheckoutRecord = {
      ...offer,
      methods: order.methods ? offer.methods : inOrderOfUse(offer.methods, country),
      token,
      version: 1,
      gateway: gatewayFor(order).name,
      ...(testMode !== undefined && { testMode }),
      referenceId: order.reference_id,
      country,
      currency,
      returnUrl: order.return_url ?? null,
      publicPersonId: order.public_person_id ?? null,
      delayCapture: order.delay_capture ?? false,
      offersSaveCard: order.offer_save_card ?? false,
      order,
      attempts: [openAttempt(token, now())],
      claims: {},
      cardTries: [],
      createdAt: now(),
      dueAt: null,
    };
    const watched = { ...record, dueAt: nextDue(record, now(), false) };
    await store.create(watched).catch(unknownWithoutStore);
    return watched;
  }

  /** Noted before anything leaves: whatever happens from here on, this key makes no second order. */
  async function createUnderKey(key: string, order: OrderRequest, context: CallContext) {
    const mark = randomUUID();
    const at = now();
    const sent = orderKeyText({ kind: 'sent', at, mark });
    keysInFlight.add(key);
    try {
      await store.settleOrderKey(key, sent);
      const record = await createFresh(order, mark, context);
      await store.settleOrderKey(key, record.token).catch(unknownWithoutStore);
      return record;
    } catch (error) {
      const note =
        error instanceof ProblemError ? noteAfter(error, { key, sent, at, mark }) : Promise.resolve();
      // Without the note the key stays as it was sent: bound.
      await note.catch(() => undefined);
      throw error;
    } finally {
      keysInFlight.delete(key);
    }
  }

  function noteAfter(
    { code }: ProblemError,
    { key, sent, at, mark }: { key: string; sent: string; at: number; mark: string },
  ): Promise<void> {
    if (code === 'method_not_offered')
      return store.settleOrderKey(key, orderKeyText({ kind: 'nothing_offered' }));
    if (code === 'outcome_unknown')
      return store.settleOrderKey(key, orderKeyText({ kind: 'lost', at, mark }));
    return store.releaseOrderKey(key, sent);
  }

  /** What a key led to before. Null: to nothing, and it was given back. */
  async function orderOfKey(
    { key, order, stored }: { key: string; order: OrderRequest; stored: string | null },
    context: CallContext,
  ): Promise<CheckoutRecord | null> {
    if (stored === null || keysInFlight.has(key)) throw beingMade();
    const state = orderKeyState(stored);
    switch (state.kind) {
      case 'nothing_offered':
        throw nothingOffered();
      case 'made': {
        const made = await store.find(state.token);
        if (made === null) throw beingMade();
        return made;
      }
      case 'sent':
      case 'lost': {
        // Another process may be about to say; one that died will not.
        if (state.kind === 'sent' && now() - state.at < onItsWayForMs) throw beingMade();
        const gateway = gatewayFor(order);
        const found = await lookFor(gateway, { order, mark: state.mark }, context);
        if (found.kind === 'created') {
          const record = await keep(order, found.order);
          await store.settleOrderKey(key, record.token);
          return record;
        }
        const wait = gateway.orderSearch?.unmadeAfterMs ?? Number.POSITIVE_INFINITY;
        if (found.kind !== 'not_sent' || now() - state.at < wait) throw orderUnknown();
        await store.releaseOrderKey(key, stored);
        return null;
      }
    }
  }

  async function adopt(token: string, context: CallContext): Promise<CheckoutRecord | null> {
    const gateway = deps.gatewayOf('letpay');
    const outcome = await gateway.readStatus(token, null, { ...context, isBackground: true });
    if (outcome.kind === 'unreadable') throw nothingChanged(outcome);
    // A payment of ours that was made in one step is a part of its own checkout, known there by now or not.
    const isOurs = outcome.kind === 'known' && outcome.mark !== undefined;
    if (outcome.kind === 'not_found' || isOurs) {
      if (unknownTokens.size >= unknownKept) unknownTokens.clear();
      unknownTokens.set(token, monotonic());
      return null;
    }
    const currency = outcome.currency ?? 'BRL';
    const made: CheckoutRecord = {
      ...emptyOffer,
      methods: deps.defaultMethods,
      token,
      version: 1,
      gateway: gateway.name,
      referenceId: outcome.referenceId ?? '',
      country: currency === 'BRL' ? 'BR' : '',
      currency,
      returnUrl: null,
      publicPersonId: null,
      delayCapture: false,
      offersSaveCard: false,
      order: null,
      attempts: [openAttempt(token, now())],
      claims: {},
      cardTries: [],
      createdAt: now(),
      dueAt: null,
    };
    const record = outcome.report.status === 'CREATED' ? made : recordReport(made, token, outcome.report);
    await store.create({ ...record, dueAt: nextDue(record, now(), true) });
    return store.find(token);
  }

  return {
    async create(order, key, context) {
      if (key === null) return createFresh(order, randomUUID(), context);
      const fingerprint = deps.fingerprints.of(order);
      const claim = await store.claimOrderKey(key, fingerprint, deps.wall());
      if (claim.kind === 'used') {
        deps.fingerprints.assertSame(claim.fingerprint, fingerprint);
        const again = await orderOfKey({ key, order, stored: claim.token }, context);
        if (again !== null) return again;
        // Given back: who of several callers claims it now makes the order.
        if ((await store.claimOrderKey(key, fingerprint, deps.wall())).kind === 'used') throw beingMade();
      }
      return createUnderKey(key, order, context);
    },

    async findOrAdopt(token, context) {
      if (!tokenPattern.test(token)) return null;
      const known = await store.find(token);
      if (known) return known;
      // A later attempt’s token names the same checkout, but only the page’s own token is answered to a browser.
      if (await store.findByAttempt(token)) return null;
      const unknownSince = unknownTokens.get(token);
      if (unknownSince !== undefined && monotonic() - unknownSince < unknownForMs) return null;
      unknownTokens.delete(token);
      if (!adopting.has(token) && !mayLookUp(context.client ?? null)) {
        throw new ProblemError('too_many_requests', 'Too many unknown tokens are asked for.', {
          retryAfterSeconds: 1,
        });
      }
      return adopting.run(token, () => adopt(token, context));
    },
  };
}

/** The order is at the PSP by now. */
function unknownWithoutStore(error: unknown): never {
  throw error instanceof StoreUnavailable ? orderUnknown() : error;
}

function beingMade(): ProblemError {
  return new ProblemError('submission_in_flight', 'The order of this key is being made.');
}

function nothingOffered(): ProblemError {
  return new ProblemError('method_not_offered', 'The PSP offers none of these methods for this order.', {
    errors: [{ pointer: '/methods', code: 'not_offered', detail: 'is not offered' }],
  });
}
