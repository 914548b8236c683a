/**
 * What an operator watches, in Prometheus’ words. Labels are from short fixed lists (a route, an outcome, a PSP call):
 * never a token, a reference or anything that was sent.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** How a submission ended at the PSP: accepted, refused, not_sent, already_used, unknown. */
  countSubmission(outcome: string): void;
  /** One exchange with the PSP. `outcome`: the HTTP status, or why there was none. */
  observePspCall(call: string, outcome: string, ms: number): void;
  countLogIn(): void;
  countCallback(known: boolean): void;
  observeRequest(method: string, route: string, status: number, ms: number): void;
  observeStore(operation: string, ms: number): void;
  /** The text that a scraper reads, and its type. */
  render(): Promise<{ text: string; type: string }>;
}

/** What is read when somebody scrapes. */
export interface MetricSources {
  readonly openFeeds: () => number;
  /** Submissions of this process whose outcome is unknown. */
  readonly verifying: () => number;
  /** Checkouts that are due some day, and how many of them should have been looked at by now. */
  readonly backlog: () => Promise<{ waiting: number; overdue: number }>;
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
    collect() {
      this.set(sources.verifying());
    },
  });
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
      const backlog = await sources.backlog();
      this.set(backlog.waiting);
      overdue.set(backlog.overdue);
    },
  });

  return {
    countSubmission: outcome => submissions.inc({ outcome }),
    observePspCall: (call, outcome, ms) => pspCalls.observe({ call, outcome }, ms),
    countLogIn: () => logIns.inc(),
    countCallback: known => callbacks.inc({ known: String(known) }),
    observeRequest: (method, route, status, ms) => requests.observe({ method, route, status }, ms),
    observeStore: (operation, ms) => storeOperations.observe({ operation }, ms),
    render: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}
