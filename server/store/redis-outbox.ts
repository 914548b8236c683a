/**
 * The outbox on Redis. An event lies in a hash beside its checkout, under the same hash tag, so that one script writes
 * both, on a cluster too. What is due and what is settled stands in sorted sets under keys of their own: an entry there
 * comes before the event, and one with nothing behind it counts as not there and is removed when its writer must be dead.
 *
 * A member of those sets is `<created at>:<sequence>:<token>`, an event’s fields are `<sequence>` and
 * `<sequence>:delivery`.
 */
import type { Redis } from 'ioredis';
import {
  type EventFilter,
  type EventState,
  eventIdOf,
  type NewEvent,
  type Outbox,
  parseEventId,
  type StoredEvent,
} from './outbox.ts';

const keys = {
  due: 'letpay:outbox:due',
  /** The events that wait, by when they were made. */
  age: 'letpay:outbox:age',
  delivered: 'letpay:outbox:delivered',
  failed: 'letpay:outbox:failed',
};

export const eventsKey = (token: string) => `letpay:events:{${token}}`;

/** KEYS: due. ARGV: now, lease until, limit. */
const takeScript = `
  local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
  for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], member) end
  return due`;

/** KEYS: due. ARGV: member, when it was to be due, when it is due now. Nil: it is not there. */
const bringForwardScript = `
  local due = redis.call('ZSCORE', KEYS[1], ARGV[1])
  if due and tonumber(due) == tonumber(ARGV[2]) then redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1]) end
  return due`;

/** KEYS: events of a checkout. ARGV: field, what stands there, what is to stand there. */
const swapScript = `
  if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  return 1`;

/** An entry is made before its event, and brought forward after it: whoever takes an entry finds an event behind it. */
const writtenWithinMs = 5_000;
/** Longer than any write takes that was begun: an entry that is older and has no event will never have one. */
const deadWriterMs = 60_000;
const pageSize = 500;

type Written = Pick<StoredEvent, 'type' | 'body' | 'createdAt'>;
type Delivery = Pick<StoredEvent, 'state' | 'tries' | 'triedSince' | 'settledAt' | 'outcome'>;

interface Found {
  readonly event: StoredEvent;
  /** As it stands in the hash: whoever changes it names it. */
  readonly deliveryText: string;
}

interface Place {
  readonly token: string;
  readonly sequence: number;
  readonly createdAt: number;
}

const memberOf = ({ createdAt, sequence, token }: Place): string => `${createdAt}:${sequence}:${token}`;

function parseMember(member: string): Place {
  const [, createdAt, sequence, token = ''] = /^(\d+):(\d+):(.*)$/.exec(member) ?? [];
  return { createdAt: Number(createdAt), sequence: Number(sequence), token };
}

const fresh: Delivery = { state: 'waiting', tries: 0, triedSince: null, settledAt: null, outcome: null };
const deliveryField = (sequence: number) => `${sequence}:delivery`;

export interface RedisOutbox {
  readonly outbox: Outbox;
  /** Before the script that writes them: they will be due, so that none is lost when this process dies after it. */
  announce(events: readonly NewEvent[]): Promise<void>;
  /**
   * After the script. Written: they are due now, also when this process was so slow that its entry counted as a dead
   * writer’s. Not written: somebody else was faster, and the entry has nothing behind it.
   */
  confirm(events: readonly NewEvent[], written: boolean): Promise<void>;
}

/** Fields and values for `HSET`, in turn. */
export function eventFields(events: readonly NewEvent[]): string[] {
  return events.flatMap(({ sequence, type, body, createdAt }) => [
    String(sequence),
    JSON.stringify({ type, body, createdAt } satisfies Written),
    deliveryField(sequence),
    JSON.stringify(fresh),
  ]);
}

/** `run` turns what goes wrong with a command into `StoreUnavailable`. */
export function openRedisOutbox(redis: Redis, run: <T>(work: () => Promise<T>) => Promise<T>): RedisOutbox {
  async function read(token: string, sequence: number): Promise<Found | null> {
    const [text, deliveryText] = await redis.hmget(
      eventsKey(token),
      String(sequence),
      deliveryField(sequence),
    );
    if (!text || !deliveryText) return null;
    const written: Written = JSON.parse(text);
    const delivery: Delivery = JSON.parse(deliveryText);
    return {
      event: { id: eventIdOf(token, sequence), token, sequence, ...written, ...delivery },
      deliveryText,
    };
  }

  async function swap({ event, deliveryText }: Found, delivery: Delivery): Promise<boolean> {
    const { token, sequence } = event;
    const field = deliveryField(sequence);
    const next = JSON.stringify(delivery);
    return (await redis.eval(swapScript, 1, eventsKey(token), field, deliveryText, next)) === 1;
  }

  async function waitFrom(member: string, place: Place, dueAt: number): Promise<void> {
    await Promise.all([redis.zadd(keys.age, place.createdAt, member), redis.zadd(keys.due, dueAt, member)]);
  }

  async function stopWaiting(member: string): Promise<void> {
    await Promise.all([redis.zrem(keys.due, member), redis.zrem(keys.age, member)]);
  }

  async function moveTo(state: 'delivered' | 'failed', place: Place, at: number): Promise<void> {
    const member = memberOf(place);
    await redis.zadd(keys[state], at, member);
    await stopWaiting(member);
  }

  /** One member that is due, begun; null when there is nothing to deliver behind it. */
  async function begin(member: string, now: number): Promise<StoredEvent | null> {
    const place = parseMember(member);
    const found = await read(place.token, place.sequence);
    if (found === null || found.event.createdAt !== place.createdAt) {
      if (now - place.createdAt > deadWriterMs) await stopWaiting(member);
      return null;
    }
    const { event } = found;
    if (event.state !== 'waiting') {
      // Whoever settled it died before it was taken out of what waits.
      await moveTo(event.state, place, event.settledAt ?? now);
      return null;
    }
    const { state, settledAt, outcome } = event;
    const delivery = {
      state,
      tries: event.tries + 1,
      triedSince: event.triedSince ?? now,
      settledAt,
      outcome,
    };
    return (await swap(found, delivery)) ? { ...event, ...delivery } : null;
  }

  async function* pagesOf(key: string, since: number): AsyncGenerator<StoredEvent> {
    for (let offset = 0; ; offset += pageSize) {
      const members = await run(() => redis.zrangebyscore(key, since, '+inf', 'LIMIT', offset, pageSize));
      for (const member of members) {
        const { token, sequence, createdAt } = parseMember(member);
        if (createdAt < since) continue;
        const found = await run(() => read(token, sequence));
        // Another time: the entry of a writer who came second.
        if (found?.event.createdAt === createdAt) yield found.event;
      }
      if (members.length < pageSize) return;
    }
  }

  /** Read wholly before the first is given, because a replay moves events from one set to another. */
  async function* list({ state, since = 0 }: EventFilter): AsyncGenerator<StoredEvent> {
    const sets: Readonly<Record<EventState, string>> = {
      waiting: keys.age,
      delivered: keys.delivered,
      failed: keys.failed,
    };
    const all: StoredEvent[] = [];
    for (const name of ['waiting', 'delivered', 'failed'] as const) {
      if (state !== undefined && state !== name) continue;
      // Between two sets an event may stand in both: its own word says where it belongs.
      for await (const event of pagesOf(sets[name], since)) if (event.state === name) all.push(event);
    }
    yield* all.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  return {
    async announce(events) {
      for (const event of events) await waitFrom(memberOf(event), event, event.createdAt + writtenWithinMs);
    },
    async confirm(events, written) {
      for (const event of events) {
        const member = memberOf(event);
        if (!written) {
          // In the same millisecond the faster one made the same entry.
          const found = await read(event.token, event.sequence);
          if (found?.event.createdAt !== event.createdAt) await stopWaiting(member);
          continue;
        }
        const late = event.createdAt + writtenWithinMs;
        const due = await redis.eval(bringForwardScript, 1, keys.due, member, late, event.createdAt);
        const found = due === null ? await read(event.token, event.sequence) : null;
        if (found?.event.state === 'waiting') await waitFrom(member, event, event.createdAt);
      }
    },
    outbox: {
      take: (now, leaseUntil, limit) =>
        run(async () => {
          const members = (await redis.eval(
            takeScript,
            1,
            keys.due,
            now,
            leaseUntil,
            String(limit),
          )) as string[];
          const taken = await Promise.all(members.map(member => begin(member, now)));
          return taken
            .filter(event => event !== null)
            .sort((a, b) => a.createdAt - b.createdAt || a.sequence - b.sequence);
        }),
      settle: (event, settlement) =>
        run(async () => {
          const found = await read(event.token, event.sequence);
          if (found === null || found.event.tries !== event.tries || found.event.state !== 'waiting')
            return false;
          const { outcome } = settlement;
          const { tries, triedSince } = found.event;
          if (settlement.state === 'waiting') {
            const delivery = { state: 'waiting', tries, triedSince, settledAt: null, outcome } as const;
            if (!(await swap(found, delivery))) return false;
            await redis.zadd(keys.due, settlement.dueAt, memberOf(event));
            return true;
          }
          const { state, at } = settlement;
          if (!(await swap(found, { state, tries, triedSince, settledAt: at, outcome }))) return false;
          await moveTo(state, event, at);
          return true;
        }),
      list,
      find: id =>
        run(async () => {
          const place = parseEventId(id);
          const found = place && (await read(place.token, place.sequence));
          return found?.event ?? null;
        }),
      replay: (id, now) =>
        run(async () => {
          const place = parseEventId(id);
          for (;;) {
            const found = place && (await read(place.token, place.sequence));
            if (!found) return false;
            const { tries, outcome } = found.event;
            const delivery = { state: 'waiting', tries, triedSince: null, settledAt: null, outcome } as const;
            if (!(await swap(found, delivery))) continue;
            const member = memberOf(found.event);
            await waitFrom(member, found.event, now);
            await Promise.all([redis.zrem(keys.delivered, member), redis.zrem(keys.failed, member)]);
            return true;
          }
        }),
      forget: (before, limit) =>
        run(async () => {
          let removed = 0;
          for (const state of ['delivered', 'failed'] as const) {
            const old = await redis.zrangebyscore(
              keys[state],
              '-inf',
              `(${before[state]}`,
              'LIMIT',
              0,
              limit - removed,
            );
            for (const member of old) {
              const { token, sequence } = parseMember(member);
              const found = await read(token, sequence);
              if (found?.event.state === state)
                await redis.hdel(eventsKey(token), String(sequence), deliveryField(sequence));
              await redis.zrem(keys[state], member);
              removed += 1;
            }
          }
          if (before.untaken === null) return removed;
          const untaken = [keys.due, '-inf', `(${before.untaken}`] as const;
          for (const member of await redis.zrangebyscore(...untaken, 'LIMIT', 0, limit - removed)) {
            const { token, sequence } = parseMember(member);
            await redis.hdel(eventsKey(token), String(sequence), deliveryField(sequence));
            await stopWaiting(member);
            removed += 1;
          }
          return removed;
        }),
      backlog: () =>
        run(async () => {
          const [waiting, failed, oldest] = await Promise.all([
            redis.zcard(keys.age),
            redis.zcard(keys.failed),
            redis.zrange(keys.age, 0, '0', 'WITHSCORES'),
          ]);
          return { waiting, failed, oldestAt: oldest[1] === undefined ? null : Number(oldest[1]) };
        }),
    },
  };
}
