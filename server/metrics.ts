/**
 * What an operator watches, in Prometheus’ words. Labels are from short fixed lists (a route, an outcome, a PSP call):
 * never a token, a reference or anything that was sent.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OutboxBacklog } from './store/outbox.ts';

export interface Metrics {
  /** How a submission ended at the PSP: accepted, refused, not_sent, already_used, unknown. */
  countSubmission(outcome: string): void;
  /** How a capture or a cancellation ended at the PSP: taken, not_held, refused, not_sent, unknown. */
  countDecision(kind: string, outcome: string): void;
  /** How a refund ended at the PSP: taken, not_refundable, refused, not_sent, unknown. */
  countRefund(outcome: string): void;
  /** How a try to pass an event on to the merchant ended: delivered, retry, given_up. */
  countDelivery(result: string): void;
  /** One exchange with the PSP. `outcome`: the HTTP status, or why there was none. */
  observePspCall(call: string, outcome: string, ms: number): void;
  countLogIn(): void;
  countCallback(known: boolean): void;
  /** Without the signature that this PSP gives. */
  countForgedCallback(gateway: string): void;
  observeRequest(method: string, route: string, status: number, ms: number): void;
  observeStore(operation: string, ms: number): void;
  /** The text that a scraper reads, and its type. */
  render(): Promise<{ text: string; type: string }>;
}

/** What is read when somebody scrapes. */
export interface MetricSources {
  readonly openFeeds: () => number;
  /** Submissions of this process whose outcome is unknown. */
  readonly verifying: () => Promise<number>;
  /** Checkouts that are due some day, and how many of them should have been looked at by now. */
  readonly backlog: () => Promise<{ waiting: number; overdue: number }>;
  /** Events for the merchant; null when nothing is passed on. */
  readonly outbox: (() => Promise<OutboxBacklog>) | null;
  readonly now: () => number;
}

const milliseconds = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 20_000];

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  const submissions = new Counter({
    name: 'letpay_submissions_total',
    help: 'Submissions by how they ended at the PSP',
    labelNames: ['outcome'],
    registers,
  });
  const decisions = new Counter({
    name: 'letpay_hold_decisions_total',
    help: 'Captures and cancellations by how they ended at the PSP',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const refunds = new Counter({
    name: 'letpay_refunds_total',
    help: 'Refunds by how they ended at the PSP',
    labelNames: ['outcome'],
    registers,
  });
  const pspCalls = new Histogram({
    name: 'letpay_psp_call_milliseconds',
    help: 'Exchanges with the PSP',
    labelNames: ['call', 'outcome'],
    buckets: milliseconds,
    registers,
  });
  const logIns = new Counter({ name: 'letpay_psp_log_ins_total', help: 'Log-ins at the PSP', registers });
  const callbacks = new Counter({
    name: 'letpay_callbacks_total',
    help: 'Callbacks, by whether the payment is known here',
    labelNames: ['known'],
    registers,
  });
  const forgedCallbacks = new Counter({
    name: 'letpay_forged_callbacks_total',
    help: 'Callbacks that were ignored because their signature is missing or wrong',
    labelNames: ['gateway'],
    registers,
  });
  const requests = new Histogram({
    name: 'letpay_request_milliseconds',
    help: 'Requests to this proxy',
    labelNames: ['method', 'route', 'status'],
    buckets: milliseconds,
    registers,
  });
  const storeOperations = new Histogram({
    name: 'letpay_store_milliseconds',
    help: 'Store operations',
    labelNames: ['operation'],
    buckets: milliseconds,
    registers,
  });
  new Gauge({
    name: 'letpay_open_feeds',
    help: 'Pages that are connected',
    registers,
    collect() {
      this.set(sources.openFeeds());
    },
  });
  new Gauge({
    name: 'letpay_verifying',
    help: 'Submissions whose outcome is unknown now',
    registers,
    async collect() {
      this.set(await sources.verifying());
    },
  });
  /** The other figures are wanted most of all while the store is away. */
  const unread = () => null;
  const overdue = new Gauge({
    name: 'letpay_watch_overdue',
    help: 'Checkouts that should have been looked at by now',
    registers,
  });
  new Gauge({
    name: 'letpay_watch_queue',
    help: 'Checkouts that are due some day: a status to read, or payer data to erase',
    registers,
    async collect() {
      const backlog = await sources.backlog().catch(unread);
      this.set(backlog?.waiting ?? Number.NaN);
      overdue.set(backlog?.overdue ?? Number.NaN);
    },
  });

  const { outbox } = sources;
  const deliveries = new Counter({
    name: 'letpay_webhook_tries_total',
    help: 'Tries to pass an event on to the merchant, by how they ended',
    labelNames: ['result'],
    registers: outbox ? registers : [],
  });
  if (outbox) {
    const gauges: readonly (readonly [string, string, (backlog: OutboxBacklog) => number])[] = [
      ['letpay_webhook_waiting', 'Events that were not delivered yet', ({ waiting }) => waiting],
      ['letpay_webhook_failed', 'Events that were given up and can be replayed', ({ failed }) => failed],
      [
        'letpay_webhook_oldest_seconds',
        'Age of the oldest event that waits; 0 when none does',
        ({ oldestAt }) => (oldestAt === null ? 0 : Math.max(0, sources.now() - oldestAt) / 1000),
      ],
    ];
    for (const [name, help, read] of gauges) {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          const backlog = await outbox().catch(unread);
          this.set(backlog === null ? Number.NaN : read(backlog));
        },
      });
    }
  }

  return {
    countSubmission: outcome => submissions.inc({ outcome }),
    countDecision: (kind, outcome) => decisions.inc({ kind, outcome }),
    countRefund: outcome => refunds.inc({ outcome }),
    countDelivery: result => deliveries.inc({ result }),
    observePspCall: (call, outcome, ms) => pspCalls.observe({ call, outcome }, ms),
    countLogIn: () => logIns.inc(),
    countCallback: known => callbacks.inc({ known: String(known) }),
    countForgedCallback: gateway => forgedCallbacks.inc({ gateway }),
    observeRequest: (method, route, status, ms) => requests.observe({ method, route, status }, ms),
    observeStore: (operation, ms) => storeOperations.observe({ operation }, ms),
    render: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}
