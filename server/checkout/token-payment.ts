/**
 * A charge of a stored card that the merchant makes without the shopper. It is a checkout of its own, made durable before
 * anything leaves, and its one submission goes the way of every other (submit.ts).
 */
import type { Clock } from '../clock.ts';
import type { TokenPaymentRequest } from '../contract/person.ts';
import type { Gateway } from '../gateways/gateway.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import { ProblemError } from '../problem.ts';
import type { Store } from '../store/store.ts';
import { openAttempt } from './attempt.ts';
import type { CheckoutRecord } from './checkout-record.ts';
import { chargeTerms } from './erasure.ts';
import type { Fingerprints } from './fingerprint.ts';
import type { Submitter } from './submit.ts';

export interface TokenPaymentDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  readonly submit: Submitter['submit'];
  readonly fingerprints: Fingerprints;
  readonly keyedHash: KeyedHash;
  readonly now: Clock;
  /** The time of claims, which other proxies hold against theirs. */
  readonly wall: Clock;
}

export interface TokenPaymentCall {
  readonly request: TokenPaymentRequest;
  readonly key: string;
  readonly requestId: string;
}

export interface Charger {
  /** `isNew`: this call was the first with its key. */
  charge(call: TokenPaymentCall): Promise<{ readonly record: CheckoutRecord; readonly isNew: boolean }>;
}

const gatewayName = 'letpay';

export function createCharger(deps: TokenPaymentDeps): Charger {
  const { store, now, fingerprints } = deps;

  /** The checkout of a key: made now, or by an earlier call. Nothing leaves before the key leads to it. */
  async function open(request: TokenPaymentRequest, key: string): Promise<{ token: string; isNew: boolean }> {
    // No key that a merchant can send holds a space: the keys of orders are others.
    const claimed = `token-payment ${key}`;
    const fingerprint = fingerprints.of(withoutOnceOnly(request));
    const claim = await store.claimOrderKey(claimed, fingerprint, deps.wall());
    if (claim.kind === 'used') {
      // Older versions hashed the whole request.
      fingerprints.assertSame(claim.fingerprint, fingerprint, fingerprints.of(request));
      if (claim.token === null)
        throw new ProblemError('submission_in_flight', 'The charge of this key is being made.');
      return { token: claim.token, isNew: false };
    }
    try {
      const record = newCharge(request, tokenOf(deps.keyedHash('token payment', key)), now());
      await store.create(record);
      // A claim ends after 30 days, and its charge does not: the same key leads to it still, with the same body only.
      const kept = (await store.find(record.token)) ?? record;
      fingerprints.assertSame(fingerprints.of(toldOfCharge(kept)), fingerprints.of(toldOfCharge(record)));
      await store.settleOrderKey(claimed, record.token);
      return { token: record.token, isNew: kept.createdAt === record.createdAt };
    } catch (error) {
      await store.releaseOrderKey(claimed);
      throw error;
    }
  }

  return {
    async charge({ request, key, requestId }) {
      if (deps.gatewayOf(gatewayName).oneStep === null)
        throw new ProblemError('not_supported', 'This payment provider stores no cards.');
      const { token, isNew } = await open(request, key);
      const { public_card_id, card_installments } = request;
      const submission = { method: 'CREDITCARD', public_card_id, card_installments } as const;
      const record = await deps.submit({ token, key, submission, requestId, charge: request });
      return { record, isNew };
    },
  };
}

/**
 * The charge’s token, in the form of a UUID. It is made of the key, so that the key leads to its payment at the PSP even when
 * the store has forgotten both (submit.ts).
 */
function tokenOf(hash: string): string {
  const hex = Buffer.from(hash, 'base64url').toString('hex');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join('-');
}

function newCharge(request: TokenPaymentRequest, token: string, now: number): CheckoutRecord {
  return {
    token,
    version: 1,
    gateway: gatewayName,
    referenceId: request.reference_id,
    country: request.payment_country ?? 'BR',
    currency: request.payment_currency ?? request.asset,
    returnUrl: null,
    // The person’s other cards are nobody’s business who sees this charge.
    publicPersonId: null,
    delayCapture: request.delay_capture ?? false,
    offersSaveCard: false,
    order: null,
    tokenPayment: chargeTerms(request),
    attempts: [openAttempt(token, now)],
    claims: {},
    cardTries: [],
    methods: [],
    installments: [],
    totals: null,
    customerFees: [],
    createdAt: now,
    dueAt: null,
  };
}

/** What tells two charges of one key apart, of what a record keeps; card and installments stand in the submission’s claim. */
function toldOfCharge({ referenceId, delayCapture, tokenPayment }: CheckoutRecord): unknown {
  return { referenceId, delayCapture, terms: tokenPayment && chargeTerms(tokenPayment) };
}

/**
 * Without what may be used once and kept nowhere, not even hashed: what 3-D Secure brought (card schemes forbid to keep a
 * `cavv`), and the token of the fraud check.
 */
function withoutOnceOnly(request: TokenPaymentRequest): unknown {
  const { authentication: _authentication, fraud_protection_token: _fraud, ...rest } = request;
  return rest;
}
