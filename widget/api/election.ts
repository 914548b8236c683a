/**
 * Tabs of one browser that wait for the same checkout elect one that looks for all. The leader holds a lock of the browser,
 * which passes it on when that tab is closed or dies; what any of them learns goes to the others by a channel.
 *
 * The channel carries the Checkout, which the proxy gives to everybody who has the token. A message is read like an answer
 * of the proxy: another tab may run another version of this script.
 */
import type { Checkout } from '../../server/contract/checkout.ts';
import { readCheckout } from './read-checkout.ts';

export interface Election {
  /** Tells the other tabs. */
  readonly share: (checkout: Checkout) => void;
  /** Gives the lead up, or the place in the queue for it; neither callback is called afterwards. */
  readonly leave: () => void;
}

/** Stands for election. `onCheckout` is given null for a message that this version cannot read. */
export type JoinElection = (onLead: () => void, onCheckout: (checkout: Checkout | null) => void) => Election;

export interface Channel {
  readonly addEventListener: (type: 'message', listener: (event: { readonly data: unknown }) => void) => void;
  readonly postMessage: (message: unknown) => void;
  readonly close: () => void;
}

/** Web Locks and BroadcastChannel, or what stands in for them. */
export interface Tabs {
  /** Calls `hold` once nobody else holds `name`, and holds it until that promise settles. `signal` leaves the queue. */
  readonly request: (
    name: string,
    options: { readonly signal: AbortSignal },
    hold: () => Promise<void>,
  ) => Promise<unknown>;
  readonly openChannel: (name: string) => Channel;
}

/** `name` names the checkout and its proxy: the same token at another proxy is another checkout. */
export function createElection(name: string, token: string, { request, openChannel }: Tabs): JoinElection {
  return (onLead, onCheckout) => {
    const left = new AbortController();
    const { signal } = left;
    const lead = () => {
      if (!signal.aborted) onLead();
    };
    const channel = openChannel(name);
    channel.addEventListener('message', ({ data }) => {
      let checkout: Checkout | null = null;
      try {
        checkout = readCheckout(data);
      } catch {
        // Null says so.
      }
      if (!signal.aborted && (checkout?.payment_token ?? token) === token) onCheckout(checkout);
    });
    const held = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()));
    request(name, { signal }, () => {
      lead();
      return held;
      // A sandboxed frame has no locks: it looks for itself. So does a tab whose lock was stolen.
    }).catch(lead);
    return {
      share: checkout => channel.postMessage(checkout),
      leave() {
        left.abort();
        channel.close();
      },
    };
  };
}
