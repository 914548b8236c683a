/**
 * How a checkout comes to be: from a merchant’s order, or from a token that LetPay knows and we do not (an order that a
 * merchant’s backend made at LetPay itself).
 */
import { createHash } from 'node:crypto';
import type { Method } from '../contract/checkout.ts';
import type { OrderRequest } from '../contract/order.ts';
import type { CallContext, Gateway } from '../gateways/gateway.ts';
import { ProblemError } from '../problem.ts';
import type { Store } from '../store/store.ts';
import { openAttempt } from './attempt.ts';
import type { CheckoutRecord } from './checkout-record.ts';
import { recordReport } from './record-report.ts';
import { singleFlight } from './single-flight.ts';
import { nothingSent } from './submit.ts';
import { tokenBucket } from './token-bucket.ts';
import { nextDue } from './watch-schedule.ts';

export interface CreateDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  /** Undefined: it is not configured. */
  readonly findGateway: (name: string) => Gateway | undefined;
  readonly notificationUrl: (gateway: string) => string;
  readonly now: () => number;
  readonly defaultMethods: readonly Method[];
}

export interface Creator {
  /** A checkout for the merchant’s order. The same key and body again give the same checkout. */
  create(order: OrderRequest, key: string | null, context: CallContext): Promise<CheckoutRecord>;
  /** The checkout of a token; looked up at the PSP when it is not ours. Null when nobody knows it. */
  findOrAdopt(token: string, context: CallContext): Promise<CheckoutRecord | null>;
}

/** No PSP of ours gives out tokens of another form; anything else is not worth a question to the PSP. */
const tokenPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/;
/** A token that the PSP did not know is not asked about again for this long, and so many are remembered. */
const unknownForMs = 60_000;
const unknownKept = 10_000;

/** Made-up tokens must not become a flood at the PSP. */
const lookUpsPerSecond = 10;
const lookUpsAtOnce = 50;

const emptyOffer = { installments: [], totals: null, customerFees: [] } as const;

export function createCreator(deps: CreateDeps): Creator {
  const { store, now } = deps;
  const adopting = singleFlight<CheckoutRecord | null>();
  const lookUps = tokenBucket(lookUpsPerSecond, lookUpsAtOnce, now);
  const unknownTokens = new Map<string, number>();

  async function createFresh(order: OrderRequest, context: CallContext): Promise<CheckoutRecord> {
    const gateway = deps.findGateway(order.gateway ?? 'letpay');
    if (!gateway) {
      throw new ProblemError('validation_failed', 'This gateway is not configured.', {
        errors: [{ pointer: '/gateway', code: 'not_offered', detail: 'is not configured' }],
      });
    }
    const outcome = await gateway.createOrder(order, deps.notificationUrl(gateway.name), context);
    if (outcome.kind === 'not_sent') throw nothingSent();
    if (outcome.kind === 'refused')
      throw new ProblemError('psp_refused', outcome.detail, { errors: outcome.errors });
    const { token, currency, testMode, offer } = outcome.order;
    if (offer.methods.length === 0) {
      throw new ProblemError('method_not_offered', 'The PSP offers none of these methods for this order.', {
        errors: [{ pointer: '/methods', code: 'not_offered', detail: 'is not offered' }],
      });
    }
    const record: CheckoutRecord = {
      ...offer,
      token,
      version: 1,
      gateway: gateway.name,
      ...(testMode !== undefined && { testMode }),
      referenceId: order.reference_id,
      country: order.payment_country ?? order.address_country ?? 'BR',
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
    await store.create(watched);
    return watched;
  }

  async function adopt(token: string, context: CallContext): Promise<CheckoutRecord | null> {
    const gateway = deps.gatewayOf('letpay');
    const outcome = await gateway.readStatus(token, null, context);
    if (outcome.kind === 'unreadable') throw nothingSent();
    // A payment of ours that was made in one step is a part of its own checkout, known there by now or not.
    const isOurs = outcome.kind === 'known' && outcome.mark !== undefined;
    if (outcome.kind === 'not_found' || isOurs) {
      if (unknownTokens.size >= unknownKept) unknownTokens.clear();
      unknownTokens.set(token, now());
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
      if (key === null) return createFresh(order, context);
      const fingerprint = createHash('sha256').update(JSON.stringify(order)).digest('base64url');
      const claim = await store.claimOrderKey(key, fingerprint, now());
      if (claim.kind === 'used') {
        if (claim.fingerprint !== fingerprint) {
          throw new ProblemError(
            'idempotency_mismatch',
            'This Idempotency-Key came with another body before.',
          );
        }
        const made = claim.token === null ? null : await store.find(claim.token);
        if (made === null)
          throw new ProblemError('submission_in_flight', 'The order of this key is being made.');
        return made;
      }
      try {
        const record = await createFresh(order, context);
        await store.settleOrderKey(key, record.token);
        return record;
      } catch (error) {
        await store.releaseOrderKey(key);
        throw error;
      }
    },

    async findOrAdopt(token, context) {
      if (!tokenPattern.test(token)) return null;
      const known = await store.find(token);
      if (known) return known;
      // A later attempt’s token names the same checkout, but only the page’s own token is answered to a browser.
      if (await store.findByAttempt(token)) return null;
      const unknownSince = unknownTokens.get(token);
      if (unknownSince !== undefined && now() - unknownSince < unknownForMs) return null;
      unknownTokens.delete(token);
      if (!adopting.has(token) && !lookUps.take()) {
        throw new ProblemError('too_many_requests', 'Too many unknown tokens are asked for.', {
          retryAfterSeconds: 1,
        });
      }
      return adopting.run(token, () => adopt(token, context));
    },
  };
}
