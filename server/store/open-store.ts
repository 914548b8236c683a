/** The store that STORE_URL names. */
import type { Redis } from 'ioredis';
import { connectRedis, openRedisStore } from './redis-store.ts';
import { recordCodec } from './sealed-record.ts';
import type { StoreUse } from './sqlite-file.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { type Store, StoreUnusable } from './store.ts';

export interface OpenedStore {
  readonly store: Store;
  /** Its connection, where there is one; it ends with the store. */
  readonly redis: Redis | null;
  /** Rejects with `StoreUnusable` where that shows only after the opening. */
  readonly usable: Promise<void>;
}

/** `storeUrl` as config.ts takes it. Throws `StoreUnusable`. */
export function openStore(storeUrl: string, storeKey: string | null, use: StoreUse = 'proxy'): OpenedStore {
  const codec = recordCodec(storeKey);
  if (storeUrl.startsWith('redis')) {
    const redis = connectRedis(storeUrl);
    const store = openRedisStore(redis, codec);
    const usable = store.ready().catch(error => {
      // A Redis that is away is waited for.
      if (error instanceof StoreUnusable) throw error;
    });
    return { store, redis, usable };
  }
  const file = storeUrl === 'memory:' ? ':memory:' : storeUrl.slice('sqlite:'.length);
  return { store: openSqliteStore(file, codec, use), redis: null, usable: Promise.resolve() };
}

/** For a command beside the proxy: the store that the proxy’s variables name. Throws `StoreUnusable`. */
export function openStoreForTool(env: Readonly<Record<string, string | undefined>>): Store {
  const storeUrl = env['STORE_URL'] || 'sqlite:./data/letpay.db';
  if (storeUrl === 'memory:')
    throw new StoreUnusable('STORE_URL is memory: only the proxy itself sees that.');
  return openStore(storeUrl, env['STORE_KEY'] || null, 'tool').store;
}
