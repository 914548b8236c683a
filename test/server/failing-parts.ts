/**
 * A store and a gateway whose n-th call fails. Only calls that a plan set off are counted, in whatever is awaited, timed or
 * left running because of it; what other tests and loops do meanwhile is not touched.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Gateway } from '../../server/gateways/gateway.ts';
import { type Store, StoreUnavailable } from '../../server/store/store.ts';

/** `lost`: it happened, and its answer did not come. For a gateway: its outcome that claims least. */
export type Mode = 'store' | 'store lost' | 'gateway throws' | 'gateway lost';
export const modes = ['store', 'store lost', 'gateway throws', 'gateway lost'] as const satisfies Mode[];

export interface Plan {
  readonly mode: Mode;
  /** The call that fails, from 1; none of a plan that waits for `arm`. */
  nth: number;
  /** Every call after it fails too, as when a store stays away. */
  forGood: boolean;
  /** Calls of the part that fails, in their order. */
  readonly calls: string[];
  /** Calls of the gateway that got through to it. */
  readonly asked: string[];
}

const plans = new AsyncLocalStorage<Plan>();

/** Runs `work` under a new plan. */
export async function runUnder<T>(
  start: Pick<Plan, 'mode' | 'nth'> & Partial<Pick<Plan, 'forGood'>>,
  work: () => Promise<T>,
): Promise<{ readonly plan: Plan; readonly result: T }> {
  const plan: Plan = { forGood: false, calls: [], asked: [], ...start };
  return { plan, result: await plans.run(plan, work) };
}

/** The n-th call from now on fails. */
export function arm(plan: Plan, nth: number): void {
  plan.nth = plan.calls.length + nth;
}

export const isReached = ({ nth, calls }: Plan): boolean => calls.length >= nth;

type Call = (...args: unknown[]) => unknown;

/** Every function of a part and of the parts in it, but for those in `exempt`. */
function everyCall<T extends object>(
  part: T,
  exempt: readonly string[],
  wrap: (name: string, call: Call) => Call,
): T {
  const entries = Object.entries(part).map(([name, value]) => {
    if (exempt.includes(name)) return [name, value];
    if (typeof value === 'function') return [name, wrap(name, value.bind(part))];
    if (typeof value === 'object' && value !== null)
      return [name, everyCall(value, exempt, (inner, call) => wrap(`${name}.${inner}`, call))];
    return [name, value];
  });
  return Object.fromEntries(entries) as T;
}

/** Counts the call, and tells whether it is one that fails. */
function isFailing(plan: Plan, name: string): boolean {
  plan.calls.push(name);
  return plan.calls.length === plan.nth || (plan.forGood && plan.calls.length > plan.nth);
}

export function failingStore(store: Store): Store {
  return everyCall(store, ['close', 'list'], (name, call) => async (...args) => {
    const plan = plans.getStore();
    if (!plan?.mode.startsWith('store') || !isFailing(plan, name)) return call(...args);
    if (plan.mode === 'store lost') await call(...args);
    throw new StoreUnavailable(`${name} failed`);
  });
}

const unknown = { kind: 'unknown', cause: 'lost' };
const unreadable = { kind: 'unreadable', cause: 'lost' };
const notSent = { kind: 'not_sent', cause: 'lost' };
/** The outcome of each call that claims least. A call that is not here fails its test. */
const leastOutcomes: Readonly<Record<string, unknown>> = {
  logIn: undefined,
  createOrder: unknown,
  'orderSearch.find': unreadable,
  send: unknown,
  readStatus: unreadable,
  'preAuthorization.capture': unknown,
  'preAuthorization.cancel': unknown,
  'paidCancellation.cancel': unknown,
  'refunds.request': unknown,
  'refunds.list': unreadable,
  'contracts.list': unreadable,
  'oneStep.send': unknown,
  'oneStep.list': unreadable,
  'storedCards.store': unknown,
  'storedCards.statusOf': 'UNKNOWN',
  'storedCards.deletePerson': unreadable,
  'storedCards.deleteCard': unreadable,
  'storedCards.quote': notSent,
};

/** Calls after which money may have moved. */
export const moneyCalls: ReadonlySet<string> = new Set([
  'send',
  'oneStep.send',
  'refunds.request',
  'preAuthorization.capture',
  'preAuthorization.cancel',
  'paidCancellation.cancel',
]);

/** A lost call reached the PSP or did not: every other one does. */
export function failingGateway(gateway: Gateway): Gateway {
  return everyCall(gateway, ['close', 'receipt'], (name, call) => {
    if (name === 'callbacks.read') return call;
    if (!(name in leastOutcomes)) throw new Error(`no outcome for ${name}`);
    return async (...args) => {
      const plan = plans.getStore();
      if (plan === undefined) return call(...args);
      const fails = plan.mode.startsWith('gateway') && isFailing(plan, name);
      if (!fails || plan.nth % 2 === 0) plan.asked.push(name);
      if (!fails) return call(...args);
      if (plan.nth % 2 === 0) await call(...args);
      if (plan.mode === 'gateway throws') throw new TypeError(`${name} failed`);
      return leastOutcomes[name];
    };
  });
}
