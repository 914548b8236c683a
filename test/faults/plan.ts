/**
 * What every shopper of a fault run will do, and what will go wrong for her: drawn from the seed before the run begins,
 * so that a seed repeats the decisions whatever the timing.
 */
import type { Random } from './random.ts';

export type PlannedMethod = 'CREDITCARD' | 'PIX' | 'BOLETO' | 'PAYCASH';

/** A fault of the emulator (demo/emulator/README.md), not yet bound to a path. */
export interface PlannedFault {
  readonly kind:
    | 'delay'
    | 'delay_before'
    | 'drop_before'
    | 'drop_after'
    | 'status'
    | 'status_after'
    | 'garbage'
    | 'truncate';
  readonly ms?: number;
  readonly status?: number;
}

/** What the shopper does once her instrument is on screen or her card is being processed. */
export type NextStep =
  /** The payment comes in. */
  | 'pay'
  /** The PSP says no. */
  | 'decline'
  /** She leaves the code for another method; codes only. */
  | 'leave'
  /** She closes the page when she has seen what came of it. */
  | 'go'
  /** She closes the page while the submission is on its way, and nobody looks again. */
  | 'vanish';

export interface AttemptPlan {
  readonly method: PlannedMethod;
  readonly card: number;
  /** The same key at the same time: how often the button is hit. */
  readonly clicks: number;
  /** Other keys at the same time: other tabs of the same checkout. */
  readonly tabs: number;
  /** The shopper’s connection dies after so many ms, while the answer is on its way. */
  readonly hangUpAfterMs: number | null;
  /** The first key is sent again when all is over. */
  readonly repeatsKey: boolean;
  readonly reads: 'get' | 'feed';
  readonly onSend: readonly PlannedFault[];
  readonly onRead: readonly PlannedFault[];
  readonly next: NextStep;
  /** She clicks “renew” in two tabs. */
  readonly renewsTwice: boolean;
  readonly onRenew: readonly PlannedFault[];
  /** Another tab asks for a new attempt while this one is on its way. */
  readonly renewsEarly: boolean;
  /** When a code that was left is paid after all: just before the next attempt is submitted, or when all is over. */
  readonly paidLate: 'never' | 'before the next' | 'at the end';
  /** How slowly the PSP then tells of it: a read that began before the payment ends after it. */
  readonly onLateRead: readonly PlannedFault[];
}

export interface ShopperPlan {
  readonly index: number;
  readonly reference: string;
  /** The sandbox word that decides how a card ends; `Alice` stays until settled. */
  readonly firstName: 'PAID' | 'DECLINED' | 'CANCELED' | 'IN_ANALYSIS' | 'Alice';
  readonly country: 'BR' | 'MX';
  readonly amount: number;
  /** How often the merchant’s backend sends the order with one key. */
  readonly orders: number;
  readonly onOrder: readonly PlannedFault[];
  readonly attempts: readonly AttemptPlan[];
  /** Which proxy each of her requests goes to: a fixed sequence of draws, walked round and round. */
  readonly route: readonly number[];
}

export interface KillPlan {
  /** When this many shoppers have walked in. */
  readonly afterShoppers: number;
  readonly afterMs: number;
  readonly proxy: number;
  readonly downForMs: number;
}

/** A fault that strikes the next log-in. */
export interface LogInFault {
  readonly afterShoppers: number;
  readonly fault: PlannedFault;
}

export interface RunPlan {
  readonly shoppers: readonly ShopperPlan[];
  readonly kills: readonly KillPlan[];
  readonly logIns: readonly LogInFault[];
}

const serverErrors = [500, 502, 503, 504] as const;

/** `harmless` statuses are told only when nothing happened: a PSP that acts and then says 4xx is another test’s. */
function fault(random: Random, timeoutMs: number): PlannedFault {
  return random.weighted<PlannedFault>([
    [3, { kind: 'delay', ms: random.int(50, 600) }],
    [2, { kind: 'delay', ms: random.int(timeoutMs, timeoutMs * 2) }],
    [2, { kind: 'delay_before', ms: random.int(50, 600) }],
    [2, { kind: 'delay_before', ms: random.int(timeoutMs, timeoutMs * 3) }],
    // Later than the proxy waits before it believes “nothing was submitted”.
    [1, { kind: 'delay_before', ms: random.int(timeoutMs * 4, timeoutMs * 6) }],
    [3, { kind: 'drop_before' }],
    [3, { kind: 'drop_after' }],
    [2, { kind: 'status', status: random.pick(serverErrors) }],
    [2, { kind: 'status', status: random.pick([400, 401, 403, 404, 409, 422, 429]) }],
    [3, { kind: 'status_after', status: random.pick(serverErrors) }],
    [3, { kind: 'garbage' }],
    [3, { kind: 'truncate' }],
  ]);
}

function faults(random: Random, timeoutMs: number, chance: number, most: number): PlannedFault[] {
  if (!random.chance(chance)) return [];
  return Array.from({ length: random.int(1, most) }, () => fault(random, timeoutMs));
}

function attempt(
  random: Random,
  plan: { codes: readonly PlannedMethod[]; sandbox: boolean; timeoutMs: number },
) {
  const method = plan.sandbox || random.chance(0.4) ? 'CREDITCARD' : random.pick(plan.codes);
  const leaves: (readonly [number, NextStep])[] = method === 'CREDITCARD' ? [] : [[9, 'leave']];
  const next = random.weighted<NextStep>([[6, 'pay'], [3, 'decline'], [1, 'go'], [1, 'vanish'], ...leaves]);
  // Nobody is there when the submission arrives after all.
  const tooLate = next === 'vanish' && random.chance(0.5);
  const onSend = faults(random, plan.timeoutMs, 0.6, 2);
  return {
    method,
    card: random.int(0, 99),
    clicks: random.weighted([
      [5, 1],
      [3, 2],
      [2, 4],
    ]),
    tabs: random.weighted([
      [5, 0],
      [3, 1],
      [2, 3],
    ]),
    hangUpAfterMs: random.chance(0.15) ? random.int(5, 400) : null,
    repeatsKey: random.chance(0.4),
    reads: random.chance(0.3) ? 'feed' : 'get',
    onSend: tooLate ? [{ kind: 'delay_before', ms: plan.timeoutMs * 5 }] : onSend,
    onRead: faults(random, plan.timeoutMs, 0.35, 3),
    next,
    renewsTwice: random.chance(0.3),
    onRenew: faults(random, plan.timeoutMs, 0.15, 1),
    renewsEarly: random.chance(0.4),
    paidLate: random.weighted<AttemptPlan['paidLate']>([
      [1, 'never'],
      [3, 'before the next'],
      [4, 'at the end'],
    ]),
    onLateRead: random.chance(0.7)
      ? [{ kind: 'delay', ms: Math.round(plan.timeoutMs * (0.6 + random.next() * 0.35)) } as const]
      : [],
  } satisfies AttemptPlan;
}

function shopper(random: Random, index: number, run: { name: string; proxies: number; timeoutMs: number }) {
  const firstName = random.weighted<ShopperPlan['firstName']>([
    [3, 'PAID'],
    [2, 'DECLINED'],
    [1, 'CANCELED'],
    [1, 'IN_ANALYSIS'],
    [9, 'Alice'],
  ]);
  // Sandbox words end every method by themselves: a shopper who left a code for a card would pay both without wanting to.
  const sandbox = firstName !== 'Alice';
  const country = !sandbox && random.chance(0.15) ? 'MX' : 'BR';
  const codes: PlannedMethod[] = country === 'MX' ? ['PAYCASH'] : ['PIX', 'PIX', 'BOLETO'];
  return {
    index,
    reference: `${run.name}-${index}`,
    firstName,
    country,
    amount: random.int(2_000, 90_000) / 100,
    orders: random.weighted([
      [6, 1],
      [2, 2],
      [1, 3],
    ]),
    onOrder: faults(random, run.timeoutMs, 0.1, 1),
    attempts: Array.from({ length: random.int(1, 3) }, (_, number) =>
      attempt(random.fork(`attempt ${number}`), {
        // A Mexican order is paid by reference only.
        codes,
        sandbox,
        timeoutMs: run.timeoutMs,
      }),
    ).map(plan => (country === 'MX' ? { ...plan, method: 'PAYCASH' as const } : plan)),
    route: Array.from({ length: 16 }, () => random.int(0, run.proxies - 1)),
  } satisfies ShopperPlan;
}

export interface PlanSettings {
  readonly seed: string;
  readonly checkouts: number;
  readonly proxies: number;
  readonly kills: number;
  readonly timeoutMs: number;
}

export function planRun(
  random: Random,
  { seed, checkouts, proxies, kills, timeoutMs }: PlanSettings,
): RunPlan {
  const run = { name: `R${seed}`, proxies, timeoutMs };
  const killDraws = random.fork('kills');
  const logInDraws = random.fork('log-ins');
  const spread = (draws: Random, number: number, count: number) =>
    Math.max(1, Math.floor(((number + draws.next()) * checkouts) / count));
  return {
    shoppers: Array.from({ length: checkouts }, (_, index) =>
      shopper(random.fork(`shopper ${index}`), index, run),
    ),
    kills: Array.from({ length: kills }, (_, number) => ({
      afterShoppers: spread(killDraws, number, kills),
      afterMs: killDraws.int(0, 400),
      proxy: number % proxies,
      downForMs: proxies > 1 ? killDraws.int(300, 1_500) : killDraws.int(0, 300),
    })),
    logIns: Array.from({ length: Math.ceil(checkouts / 10) }, (_, number) => ({
      afterShoppers: spread(logInDraws, number, Math.ceil(checkouts / 10)),
      fault: fault(logInDraws, timeoutMs),
    })),
  };
}
