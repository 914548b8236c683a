/** What the routes work with; put together in app.ts. */
import type { CheckoutRecord } from './checkout/checkout-record.ts';
import type { Creator } from './checkout/create.ts';
import type { Decider } from './checkout/pre-authorization.ts';
import type { Refunder } from './checkout/refund.ts';
import type { Renewer } from './checkout/renew.ts';
import type { Submitter } from './checkout/submit.ts';
import type { Charger } from './checkout/token-payment.ts';
import type { Watcher } from './checkout/watch.ts';
import type { Config } from './config.ts';
import type { Checkout } from './contract/checkout.ts';
import type { Hub } from './feed/hub.ts';
import type { Gateway } from './gateways/gateway.ts';
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
  readonly charger: Charger;
  readonly renewer: Renewer;
  readonly decider: Decider;
  readonly refunder: Refunder;
  readonly gatewayOf: (name: string) => Gateway;
  /** Undefined: there is none of this name. */
  readonly findGateway: (name: string) => Gateway | undefined;
  /** The hosted page of a checkout. */
  readonly pageUrl: (token: string) => string;
  readonly watcher: Watcher;
  readonly widget: WidgetFiles;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  /** The Checkout as it leaves, with the clock, the gateway’s mode and the stored cards filled in. */
  readonly view: (record: CheckoutRecord) => Promise<Checkout>;
  /** The same, after something was done: saved cards that cannot be read are left out, because an error would deny the deed. */
  readonly viewDone: (record: CheckoutRecord) => Promise<Checkout>;
  /** Aborted when the proxy stops: open feeds end. */
  readonly closing: AbortSignal;
}
