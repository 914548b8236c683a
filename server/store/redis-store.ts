/**
 * The store on Redis or Valkey, for several proxies that share it.
 *
 * Every script touches one key, or two with one hash tag, so that it also runs on a cluster. What lies under several keys
 * is written in an order that a crash in between cannot hurt: an index entry comes before the record it points to (found
 * with nothing behind it, it counts as not there), and a checkout is due before it needs to be (read once too often).
 *
 * Redis keeps its promise only as well as its disk: run it with `appendonly yes` and `appendfsync always`
 * (CONTRIBUTING, “Redis”).
 */
import { Redis } from 'ioredis';
import { attemptNames } from '../checkout/attempt.ts';
import { findAttempt } from '../checkout/checkout.ts';
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import { openRedisCardFile } from './redis-card-file.ts';
import { eventFields, eventsKey, openRedisOutbox } from './redis-outbox.ts';
import { type RecordCodec, readable } from './sealed-record.ts';
import { newestOf, type OrderClaim, type Store, StoreUnavailable, StoreUnusable } from './store.ts';

const keys = {
  checkout: (token: string) => `letpay:checkout:{${token}}`,
  attempt: (token: string) => `letpay:attempt:{${token}}`,
  reference: (referenceId: string) => `letpay:reference:{${referenceId}}`,
  orderKey: (key: string) => `letpay:order-key:{${key}}`,
  tries: (who: string) => `letpay:tries:{${who}}`,
  due: 'letpay:due',
  sealing: 'letpay:sealing',
  tidied: (round: string) => `letpay:tidied:${round}`,
};

/** KEYS: checkout, its events. ARGV: version that was read, next version, record, fields and values of new events. */
const advanceScript = `
  if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
  redis.call('HSET', KEYS[1], 'version', ARGV[2], 'record', ARGV[3])
  for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
  return 1`;

/** KEYS: checkout, its events. ARGV: version, record, fields and values of new events. */
const createScript = `
  if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
  redis.call('HSET', KEYS[1], 'version', ARGV[1], 'record', ARGV[2])
  for i = 3, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
  return 1`;

/** KEYS: due. ARGV: now, lease until, how many of the newest, how many of the oldest. */
const takeDueScript = `
  local due = redis.call('ZREVRANGEBYSCORE', KEYS[1], ARGV[1], '-inf', 'LIMIT', 0, ARGV[3])
  for _, token in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], token) end
  for _, token in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[4])) do
    redis.call('ZADD', KEYS[1], ARGV[2], token)
    due[#due + 1] = token
  end
  return due`;

/** KEYS: order key. ARGV: fingerprint, now, claims before this are dead, life in ms. */
const claimScript = `
  local held = redis.call('HMGET', KEYS[1], 'fingerprint', 'token', 'claimed_at')
  if held[1] and (held[2] or held[1] ~= ARGV[1] or tonumber(held[3]) >= tonumber(ARGV[3])) then
    return {held[1], held[2] or ''}
  end
  redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'claimed_at', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  return {}`;

/** KEYS: order key. ARGV: what it was settled with, empty for nothing. A key that says something else is kept. */
const releaseScript = `
  if (redis.call('HGET', KEYS[1], 'token') or '') == ARGV[1] then redis.call('DEL', KEYS[1]) end
  return 1`;

/** KEYS: tries. ARGV: life in ms. */
const countScript = `
  local count = redis.call('INCR', KEYS[1])
  if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
  return count`;

/** KEYS: any. ARGV: what was read (empty for nothing), what is to be there. */
const replaceScript = `
  if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2])
  return 1`;

/** KEYS: checkout. ARGV: version that was read, the record in its place. */
const rewriteScript = `
  if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
  redis.call('HSET', KEYS[1], 'record', ARGV[2])
  return 1`;

/** A key whose claimer died this long ago is free again: the order that it may have made is no charge. */
const deadClaimMs = 60_000;
const orderKeyLifeMs = 30 * 24 * 60 * 60_000;

/** Stands where the cursor of a round stood when it has ended. */
const tidied = 'done';

/** Commands fail soon rather than wait for a Redis that is gone: nothing may leave for the PSP meanwhile. */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    commandTimeout: 3_000,
    connectTimeout: 3_000,
    retryStrategy: tries => Math.min(100 * 2 ** Math.min(tries, 6), 3_000),
  });
  // Every failed command rejects its own promise; without a listener the connection’s error would end the process.
  redis.on('error', () => undefined);
  return redis;
}

/** `redis` belongs to the store from here on, and ends with it. */
export function openRedisStore(redis: Redis, codec: RecordCodec): Store {
  /** Resolves when the key of the store is known to be ours. Tried again by the next call after a failure. */
  let unlocked: Promise<void> | null = null;

  async function unlock(): Promise<void> {
    const header = await redis.get(keys.sealing);
    const next = codec.sealing.unlock(header, null, 'disk');
    if (next === null || next === header) return;
    const written = await redis.eval(replaceScript, 1, keys.sealing, header ?? '', next);
    // Another proxy was faster: its header counts.
    if (written !== 1) await unlock();
  }

  async function run<T>(work: () => Promise<T>): Promise<T> {
    try {
      unlocked ??= unlock().catch(error => {
        unlocked = null;
        throw error;
      });
      await unlocked;
      return await work();
    } catch (error) {
      if (error instanceof StoreUnusable) throw error;
      // A command’s error holds its arguments; the name tells enough.
      throw new StoreUnavailable(error instanceof Error ? error.name : 'unknown');
    }
  }

  const merchantEvents = openRedisOutbox(redis, run);

  async function read(token: string): Promise<CheckoutRecord | null> {
    const record = await redis.hget(keys.checkout(token), 'record');
    return record === null ? null : codec.decode(record);
  }

  async function rewritten(
    key: string,
    rewrite: (record: CheckoutRecord) => CheckoutRecord,
  ): Promise<boolean> {
    const [version, text] = await redis.hmget(key, 'version', 'record');
    const record = text ? readable(codec, text) : null;
    const next = record && rewrite(record);
    if (next === null || next === record || !version) return false;
    return (await redis.eval(rewriteScript, 1, key, version, codec.encode(next))) === 1;
  }

  function setDue(token: string, at: number | null): Promise<unknown> {
    return at === null ? redis.zrem(keys.due, token) : redis.zadd(keys.due, at, token);
  }

  return {
    create: (record, events = []) =>
      run(async () => {
        const { token, version, referenceId, dueAt, createdAt } = record;
        await Promise.all([
          ...attemptNames(record.attempts).map(name => redis.set(keys.attempt(name), token)),
          redis.zadd(keys.reference(referenceId), 'NX', createdAt, token),
          ...(dueAt === null ? [] : [setDue(token, dueAt)]),
        ]);
        await merchantEvents.announce(events);
        const created = await redis.eval(
          createScript,
          2,
          keys.checkout(token),
          eventsKey(token),
          version,
          codec.encode(record),
          ...eventFields(events),
        );
        await merchantEvents.confirm(events, created === 1);
      }),
    find: token => run(() => read(token)),
    findByAttempt: attemptToken =>
      run(async () => {
        const token = await redis.get(keys.attempt(attemptToken));
        const record = token === null ? null : await read(token);
        return record && findAttempt(record, attemptToken) ? record : null;
      }),
    findByReference: referenceId =>
      run(async () => {
        const tokens = await redis.zrange(keys.reference(referenceId), 0, '-1');
        const records = await Promise.all(tokens.map(read));
        return records.filter(record => record !== null);
      }),
    advance: (next, events = []) =>
      run(async () => {
        const moved = { ...next, version: next.version + 1 };
        // Of the older ones only those can be new whose payment was named now.
        const named = moved.attempts.filter(({ oneStep }) => oneStep !== undefined);
        const names = new Set(attemptNames([...moved.attempts.slice(-1), ...named]));
        await Promise.all([
          ...[...names].map(name => redis.set(keys.attempt(name), moved.token)),
          ...(moved.dueAt === null ? [] : [setDue(moved.token, moved.dueAt)]),
        ]);
        await merchantEvents.announce(events);
        const done = await redis.eval(
          advanceScript,
          2,
          keys.checkout(moved.token),
          eventsKey(moved.token),
          next.version,
          moved.version,
          codec.encode(moved),
          ...eventFields(events),
        );
        await merchantEvents.confirm(events, done === 1);
        if (done === 1 && moved.dueAt === null) await setDue(moved.token, null);
        return done === 1 ? moved : null;
      }),
    takeDue: (now, leaseUntil, limit) =>
      run(async () => {
        const newest = newestOf(limit);
        const counts = [String(newest), String(limit - newest)];
        return (await redis.eval(takeDueScript, 1, keys.due, now, leaseUntil, ...counts)) as string[];
      }),
    setDue: ({ token, version }, at) =>
      run(async () => {
        await setDue(token, at);
        // Two keys, so no script can guard both: who finds that the checkout moved on has it read once more.
        const present = await redis.hget(keys.checkout(token), 'version');
        if (present !== String(version)) await setDue(token, 0);
      }),
    claimOrderKey: (key, fingerprint, now) =>
      run(async (): Promise<OrderClaim> => {
        const held = (await redis.eval(
          claimScript,
          1,
          keys.orderKey(key),
          fingerprint,
          now,
          now - deadClaimMs,
          orderKeyLifeMs,
        )) as string[];
        const [heldFingerprint, token] = held;
        if (heldFingerprint === undefined) return { kind: 'fresh' };
        return { kind: 'used', fingerprint: heldFingerprint, token: token || null };
      }),
    settleOrderKey: (key, token) =>
      run(async () => {
        await redis.hset(keys.orderKey(key), 'token', token);
      }),
    releaseOrderKey: (key, token) =>
      run(async () => {
        await redis.eval(releaseScript, 1, keys.orderKey(key), token ?? '');
      }),
    countTry: (who, _now, windowMs) =>
      run(async () => (await redis.eval(countScript, 1, keys.tries(who), windowMs)) as number),
    backlog: now =>
      run(async () => {
        const [waiting, overdue] = await Promise.all([
          redis.zcard(keys.due),
          redis.zcount(keys.due, '-inf', now),
        ]);
        return { waiting, overdue };
      }),
    outbox: merchantEvents.outbox,
    cards: openRedisCardFile(redis, codec, run),
    reseal() {
      throw new StoreUnusable('A store on Redis cannot be sealed again.');
    },
    forget() {
      throw new StoreUnusable('Orders on Redis cannot be deleted by this command.');
    },
    tidy: (round, rewrite) =>
      run(async () => {
        const from = (await redis.get(keys.tidied(round))) ?? '0';
        if (from === tidied) return { seen: 0, changed: 0, isDone: true };
        const [next, found] = await redis.scan(from, 'MATCH', keys.checkout('*'), 'COUNT', 100);
        const changes = await Promise.all(found.map(key => rewritten(key, rewrite)));
        await redis.set(keys.tidied(round), next === '0' ? tidied : next);
        const changed = changes.filter(Boolean).length;
        return { seen: found.length, changed, isDone: next === '0' };
      }),
    ready: () =>
      run(async () => {
        await redis.set('letpay:ready', Date.now(), 'PX', 60_000);
      }),
    close: async () => {
      redis.disconnect();
    },
  };
}
