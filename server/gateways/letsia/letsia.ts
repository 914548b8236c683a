/**
 * Letsia behind the gateway interface: an invoice is made with the order, and its payment link is the instrument.
 *
 * Nothing is submitted: the invoice can be paid from the moment it is made, by whoever has its link, and the proxy hands the
 * link out only after “sending” was noted. So a submission is a read, and its failure is never a doubt about money.
 */
import { toMinor } from '../../money.ts';
import type { CallContext, CreateOutcome, Gateway, SendOutcome, StatusOutcome } from '../gateway.ts';
import { type Answer, causeOf, isOk, NotConnected } from '../psp-http.ts';
import { letsiaCallbacks } from './callbacks.ts';
import { letsiaCancellation } from './cancellation.ts';
import { createLetsiaClient, type LetsiaDeps, type LetsiaSettings } from './client.ts';
import type { InvoiceOutcome, InvoiceReader } from './invoice-reader.ts';
import { createRefreshPace } from './refresh-pace.ts';
import { letsiaRefunds } from './refunds.ts';
import {
  type Invoice,
  invoiceBody,
  isSandboxInvoice,
  readInvoice,
  readLink,
  refusalOf,
  reportOf,
  statusOf,
  unfitFor,
} from './translate.ts';

const productionHost = 'merchant.letsia-pay.com';

/** Row 42: a link is not always there at once. So long after each read the next one follows; three seconds in all. */
const linkTriesAfterMs = [300, 700, 1_000, 1_000];

/** Unguessable and fit for an address. The invoice’s number is neither. */
const codePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{15,63}$/;

export function createLetsia(settings: LetsiaSettings, deps: LetsiaDeps): Gateway {
  const client = createLetsiaClient(settings, deps);
  const { call, read, mode, logIn, close } = client;
  const refreshPace = createRefreshPace(deps.now);
  const isProductionHost = new URL(settings.apiUrl).host === productionHost;

  /** The mode is fixed at log-in, and an invoice’s ids tell of it too. */
  const isTest = (invoice: Invoice) => !isProductionHost || mode() === 'sandbox' || isSandboxInvoice(invoice);
  const linkOf = (invoice: Invoice) => readLink(invoice, settings.paymentMethods, isTest(invoice));
  const lacksLink = (invoice: Invoice) => statusOf(invoice) === 'PROCESSING' && linkOf(invoice) === null;

  const readStatus: InvoiceReader = async (token, currency, context) => {
    try {
      const request = {
        method: 'GET',
        route: '/invoices/{reference}/status',
        ids: { reference: token },
      } as const;
      return invoiceOutcome(await read(request, context), token, currency);
    } catch (error) {
      return { kind: 'unreadable', cause: causeOf(error) };
    }
  };

  async function readUntilLinked(token: string, currency: string, context: CallContext) {
    let latest = await readStatus(token, currency, context);
    for (const ms of linkTriesAfterMs) {
      if (latest.kind !== 'known' || !lacksLink(latest.invoice)) return latest;
      await deps.wait(ms);
      const next = await readStatus(token, currency, context);
      if (next.kind !== 'known') return latest;
      latest = next;
    }
    return latest;
  }

  /** Its answer says nothing that the next read will not say. */
  async function refreshSometimes(token: string, context: CallContext): Promise<void> {
    if (!refreshPace.isDue(token)) return;
    const route = '/invoices/{reference}/refresh';
    await call({ method: 'POST', route, ids: { reference: token } }, context).catch(() => undefined);
  }

  return {
    name: 'letsia',
    get testMode() {
      return !isProductionHost || mode() === 'sandbox';
    },
    // Never asked for: no status of Letsia’s says “nothing submitted”.
    unsentAfterMs: 0,
    unsubmittedStatus: 'PROCESSING',

    async createOrder(order, _terms, context): Promise<CreateOutcome> {
      const unfit = unfitFor(order);
      if (unfit) return unfit;
      const { asset } = order;
      try {
        const body = JSON.stringify(invoiceBody(order, settings.paymentMethods));
        const answer = await call({ method: 'POST', route: '/invoices', body }, context);
        if ([401, 403, 429].includes(answer.status))
          return { kind: 'not_sent', cause: `status ${answer.status}` };
        if (!isOk(answer)) return refusalOf(answer) ?? { kind: 'unknown', cause: `status ${answer.status}` };
        const invoice = readInvoice(answer.body, asset);
        const code = invoice?.code;
        // An invoice is there, and Letsia has no list to find it in.
        if (!invoice || !code || !codePattern.test(code))
          return { kind: 'unknown', cause: 'unreadable invoice' };
        // Nobody may be sent to pay another amount than was ordered.
        if (invoice.amount !== null && invoice.amount !== toMinor(order.amount, asset))
          return { kind: 'unknown', cause: 'invoice over another amount' };
        return {
          kind: 'created',
          order: {
            token: code,
            currency: asset,
            testMode: isTest(invoice),
            offer: offerOf(invoice.amount, asset),
          },
        };
      } catch (error) {
        return { kind: error instanceof NotConnected ? 'not_sent' : 'unknown', cause: causeOf(error) };
      }
    },

    async send(token, _submission, { currency }, context): Promise<SendOutcome> {
      const outcome = await readUntilLinked(token, currency, context);
      switch (outcome.kind) {
        case 'known': {
          const instrument = linkOf(outcome.invoice);
          return { kind: 'accepted', report: reportOf(outcome.invoice, instrument), instrument };
        }
        case 'not_found':
          return { kind: 'refused', detail: 'The payment provider does not know this invoice.', errors: [] };
        case 'unreadable':
          return { kind: 'not_sent', cause: outcome.cause };
      }
    },

    async readStatus(token, currency, context): Promise<StatusOutcome> {
      const outcome = await readStatus(token, currency ?? 'USD', context);
      if (outcome.kind !== 'known') return outcome;
      const { invoice } = outcome;
      if (lacksLink(invoice)) await refreshSometimes(token, context);
      else refreshPace.forget(token);
      return { kind: 'known', report: reportOf(invoice, linkOf(invoice)), referenceId: null, currency: null };
    },

    callbacks: letsiaCallbacks,
    orderSearch: null,
    refunds: letsiaRefunds(client, readStatus),
    preAuthorization: null,
    paidCancellation: letsiaCancellation(client, readStatus),
    contracts: null,
    oneStep: null,
    storedCards: null,
    logIn,
    close,
  };
}

function invoiceOutcome(answer: Answer, token: string, currency: string): InvoiceOutcome {
  if (answer.status === 404) return { kind: 'not_found' };
  const invoice = isOk(answer) ? readInvoice(answer.body, currency) : null;
  if (invoice === null) return { kind: 'unreadable', cause: `status ${answer.status}` };
  const isAsked = invoice.code === token || invoice.number === token;
  return isAsked ? { kind: 'known', invoice } : { kind: 'unreadable', cause: 'another invoice' };
}

/** Letsia has no installments, no fees of the shopper’s and one way to pay. */
function offerOf(amount: number | null, asset: string) {
  const totals =
    amount === null
      ? null
      : {
          amount,
          asset,
          originalAmount: amount,
          originalAsset: asset,
          customerFees: 0,
          customerAmount: amount,
        };
  return { methods: ['REDIRECT' as const], installments: [], totals, customerFees: [] };
}
