/** The store that STORE_URL names. */
import type { Redis } from 'ioredis';
import { connectRedis, openRedisStore } from './redis-store.ts';
import { recordCodec } from './sealed-record.ts';
import type { StoreUse } from './sqlite-file.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

export interface OpenedStore {
  readonly store: Store;
  /** Its connection, where there is one; it ends with the store. */
  readonly redis: Redis | null;
}

/** `storeUrl` as config.ts takes it. Throws `StoreUnusable`. */
export function openStore(storeUrl: string, storeKey: string | null, use: StoreUse = 'proxy'): OpenedStore {
  const codec = recordCodec(storeKey);
  if (storeUrl.startsWith('redis')) {
    const redis = connectRedis(storeUrl);
    return { store: openRedisStore(redis, codec), redis };
  }
  const file = storeUrl === 'memory:' ? ':memory:' : storeUrl.slice('sqlite:'.length);
  return { store: openSqliteStore(file, codec, use), redis: null };
}
