/** What the routes work with; put together in app.ts. */
import type { CheckoutRecord } from './checkout/checkout.ts';
import type { Creator } from './checkout/create.ts';
import type { Renewer } from './checkout/renew.ts';
import type { Submitter } from './checkout/submit.ts';
import type { Watcher } from './checkout/watch.ts';
import type { Config } from './config.ts';
import type { Checkout } from './contract/checkout.ts';
import type { Hub } from './feed/hub.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Store } from './store/store.ts';
import type { WidgetFiles } from './widget-files.ts';

export interface Services {
  readonly config: Config;
  readonly store: Store;
  readonly hub: Hub;
  readonly creator: Creator;
  readonly submitter: Submitter;
  readonly renewer: Renewer;
  readonly watcher: Watcher;
  readonly widget: WidgetFiles;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  /** The Checkout as it leaves, with the clock and the gateway’s mode filled in. */
  readonly view: (record: CheckoutRecord) => Checkout;
  /** Aborted when the proxy stops: open feeds end. */
  readonly closing: AbortSignal;
}
