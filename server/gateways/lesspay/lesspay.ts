/**
 * Lesspay 2.0 behind the gateway interface: a link to a page of theirs where the shopper pays (facts section 7.2,
 * “cashier”).
 *
 * An order has its name before Lesspay hears of it: the name is the `request_id` of create-order, Lesspay takes each once
 * (code 1201), and so a submission that was lost can be sent again and is taken once.
 *
 * Owns: which call, which answer means what. Does not own: the signature (signature.ts), shapes (translate.ts).
 */
import type { FieldProblem } from '../../contract/problem.ts';
import { askedMinor, toMinor } from '../../money.ts';
import type { CreateOutcome, Gateway, Refused, SendOutcome, StatusOutcome } from '../gateway.ts';
import { type Answer, AnswerLost, causeOf, isOk, NotConnected } from '../psp-http.ts';
import { isLoopback } from '../redirect-link.ts';
import { createLesspayClient, type LesspayDeps, type LesspaySettings } from './client.ts';
import { newOrderToken } from './order-token.ts';
import { isSignedWith } from './signature.ts';
import { createBody, queryBody, readCheckoutLink, readCode, readQuery, readRequestId } from './translate.ts';

const createOrderRoute = '/api/global/v1/pay/create-order';
const queryOrderRoute = '/api/global/v1/pay/query-order';

/** Facts section 7.4. */
const codes = {
  success: 0,
  parameterError: 11,
  duplicate: 1201,
  dataNotFound: 1202,
  recordNotFound: 5003,
  permissionError: 5004,
} as const;

/**
 * Lesspay publishes the host of its sandbox only, `lesspay2-pay-uat.doopayment.com`: whatever is neither named so nor on
 * this machine counts as production.
 */
function isTestAddress(apiUrl: string): boolean {
  const { hostname } = new URL(apiUrl);
  return isLoopback(hostname) || hostname.split(/[.-]/).includes('uat');
}

export function createLesspay(settings: LesspaySettings, deps: LesspayDeps): Gateway {
  const client = createLesspayClient(settings, deps);
  const testMode = isTestAddress(settings.apiUrl);

  function readSendOutcome(answer: Answer): SendOutcome {
    const code = readCode(answer.body);
    if (isOk(answer) && code === codes.success) {
      // Without a link nobody can pay; a later read may bring it, and a new attempt is allowed meanwhile.
      const url = readCheckoutLink(answer.body, testMode);
      const report = { status: 'PROCESSING', method: 'REDIRECT', linkLost: url === null } as const;
      return {
        kind: 'accepted',
        report,
        instrument: url === null ? null : { method: 'REDIRECT', url, label: '' },
      };
    }
    if (code === codes.duplicate) return { kind: 'already_used' };
    if (answer.status === 429) return { kind: 'not_sent', cause: 'status 429' };
    const isDefinite = code === codes.parameterError || code === codes.permissionError;
    const isRefusal = code === null && [400, 403, 404, 405, 409, 422].includes(answer.status);
    if (isDefinite || isRefusal) {
      return refused(`The payment provider refused the data${code === null ? '' : ` (${code})`}.`);
    }
    return { kind: 'unknown', cause: `status ${answer.status}, code ${code ?? 'none'}` };
  }

  function readStatusOutcome(answer: Answer, token: string, currency: string | null): StatusOutcome {
    const code = readCode(answer.body);
    // Not there means that no submission of this name was taken, for the name was made before anything was sent.
    const nothing = {
      kind: 'known',
      report: { status: 'CREATED' },
      referenceId: null,
      currency: null,
    } as const;
    if (code === codes.dataNotFound || code === codes.recordNotFound) return nothing;
    if (isOk(answer) && code === codes.success) {
      const reading = readQuery(answer.body, token, currency, testMode);
      if (reading.kind === 'none') return nothing;
      if (reading.kind === 'found')
        return { kind: 'known', report: reading.report, referenceId: null, currency: reading.currency };
    }
    return { kind: 'unreadable', cause: `status ${answer.status}, code ${code ?? 'none'}` };
  }

  return {
    name: 'lesspay',
    testMode,
    unsentAfterMs: 4_000,

    async createOrder(order): Promise<CreateOutcome> {
      const currency = order.payment_currency ?? order.asset;
      const amount = askedMinor(order.amount, order.asset);
      const problems: FieldProblem[] = [
        ...(amount === null ? [problemWith('/amount', 'has more digits than this currency')] : []),
        ...(currency === order.asset
          ? []
          : [problemWith('/payment_currency', 'must be the asset of the order: nothing is exchanged here')]),
        // Taking the money at once, where the merchant asked to hold it, would be another payment than was ordered.
        ...(order.delay_capture ? [problemWith('/delay_capture', 'is not possible with this gateway')] : []),
      ];
      if (amount === null || problems.length > 0)
        return refused('This gateway cannot take this order.', problems);
      const offersRedirect = order.methods?.includes('REDIRECT') ?? true;
      return {
        kind: 'created',
        order: {
          token: newOrderToken(deps.newId(), deps.now()),
          currency,
          offer: {
            methods: offersRedirect ? ['REDIRECT'] : [],
            installments: [],
            totals: {
              amount,
              asset: currency,
              originalAmount: amount,
              originalAsset: currency,
              customerFees: 0,
              customerAmount: amount,
            },
            customerFees: [],
          },
        },
      };
    },

    async send(token, submission, terms, context): Promise<SendOutcome> {
      const { currency, order, notificationUrl, returnUrl } = terms;
      const amount = order && toMinor(order.amount, currency);
      if (order === null || amount === null) return refused('This order is too old to be paid.');
      if (submission.method !== 'REDIRECT') {
        return refused('This gateway has a page of its own.', [problemWith('/method', 'is not offered')]);
      }
      try {
        const body = createBody({ token, order, amount, currency, notificationUrl, returnUrl });
        return readSendOutcome(await client.post(createOrderRoute, body, context));
      } catch (error) {
        return { kind: error instanceof NotConnected ? 'not_sent' : 'unknown', cause: causeOf(error) };
      }
    },

    async readStatus(token, currency, context): Promise<StatusOutcome> {
      const ask = () => client.post(queryOrderRoute, queryBody(token, deps.now()), context);
      try {
        // A read changes nothing: one more try on a connection that the PSP had closed.
        const answer = await ask().catch(error => {
          if (error instanceof AnswerLost) return ask();
          throw error;
        });
        return readStatusOutcome(answer, token, currency);
      } catch (error) {
        return { kind: 'unreadable', cause: causeOf(error) };
      }
    },

    callbacks: {
      read({ body, header }) {
        if (!isSignedWith(body, settings.appSecret, header('x-auth-signature'))) return { kind: 'forged' };
        const token = readRequestId(body);
        return token === null ? { kind: 'unreadable' } : { kind: 'news', token, referenceId: null };
      },
      receipt: { type: 'text/plain', body: 'SUCCESS' },
    },

    // Nothing is sent before the submission.
    orderSearch: null,
    preAuthorization: null,
    paidCancellation: null,
    refunds: null,
    contracts: null,
    oneStep: null,
    storedCards: null,
    // The name is new, so there is nothing of it to be found: only the signature is looked at.
    logIn: () =>
      client.post(queryOrderRoute, queryBody(newOrderToken(deps.newId(), deps.now()), deps.now()), {
        requestId: deps.newId(),
      }),
    close: client.close,
  };
}

function refused(detail: string, errors: readonly FieldProblem[] = []): Refused {
  return { kind: 'refused', detail, errors };
}

function problemWith(pointer: string, detail: string): FieldProblem {
  return { pointer, code: 'invalid', detail };
}
