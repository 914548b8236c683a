/**
 * The hub across several proxies: a change that one of them made reaches the shoppers who are connected to the others.
 * Only tokens travel; who hears of one reads the record from the store.
 */
import type { Redis } from 'ioredis';
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import { createHub, type Hub } from './hub.ts';

const channel = 'letpay:changed';

export interface RedisHubDeps {
  readonly publisher: Redis;
  /** A connection of its own: one that listens can do nothing else. Ends with the hub. */
  readonly subscriber: Redis;
  readonly find: (token: string) => Promise<CheckoutRecord | null>;
  /** Tells this proxy’s own messages from the others’. */
  readonly instanceId: string;
}

export function createRedisHub({ publisher, subscriber, find, instanceId }: RedisHubDeps): Hub {
  const local = createHub();
  subscriber.on('message', (_channel, message: string) => {
    const [from, token = ''] = message.split(' ');
    if (from === instanceId || !local.isWatched(token)) return;
    // A lost message costs nothing but time: pages read the Checkout themselves now and then.
    find(token)
      .then(record => record && local.publish(record))
      .catch(() => undefined);
  });
  // ioredis subscribes again after a reconnect.
  subscriber.subscribe(channel).catch(() => undefined);
  return {
    ...local,
    publish(record) {
      local.publish(record);
      publisher.publish(channel, `${instanceId} ${record.token}`).catch(() => undefined);
    },
    get openFeeds() {
      return local.openFeeds;
    },
    close() {
      local.close();
      subscriber.disconnect();
    },
  };
}
