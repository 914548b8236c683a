/**
 * A fault run: real proxy processes over the emulator, a crowd of scripted shoppers, faults of every kind, `kill -9`, and
 * at the end the question whether the PSP’s ledger and the proxy tell the same story.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startEmulator } from '../../demo/emulator/emulator.ts';
import { startRedis } from '../environment/redis.ts';
import { filesBelow, findCards, type Haystack } from './canary.ts';
import { emulatorControls, type LedgerRow } from './emulator-controls.ts';
import { type Figures, tally } from './figures.ts';
import { openHttp } from './http.ts';
import type { Stage, Visit } from './page.ts';
import { type KillPlan, planRun } from './plan.ts';
import { merchantKey, type ProxyProcess, startProxy } from './proxy-process.ts';
import { seeded } from './random.ts';
import { visit } from './shopper.ts';
import { judge, type MerchantOrder, openQuestions } from './verdict.ts';
import { collectWebhooks } from './webhooks.ts';

export interface RunSettings {
  readonly seed: string;
  readonly checkouts: number;
  readonly store: 'sqlite' | 'redis';
  readonly proxies: number;
  /** The dialect that the PSP speaks. */
  readonly era: 'classic' | 'current';
  /** The store is sealed with a STORE_KEY; a leak shows only where it is not. */
  readonly sealed: boolean;
  readonly kills: number;
  /** Shoppers at the same time. */
  readonly parallel: number;
}

export interface Finding {
  readonly reference: string;
  readonly complaints: readonly string[];
  readonly history: readonly string[];
}

export interface RunReport {
  readonly settings: RunSettings;
  readonly figures: Figures;
  readonly findings: readonly Finding[];
  /** Where a card was found. */
  readonly cardsFound: readonly string[];
  readonly crashes: number;
  /** The last lines of the proxies, for a crash. */
  readonly output: string;
}

const pspTimeoutMs = 1_500;
/** Longer than a dead proxy’s hold on a checkout (30 s), which the others wait out. */
const quietWithinMs = 60_000;

export async function faultRun(settings: RunSettings): Promise<RunReport> {
  const started = Date.now();
  const { seed, checkouts, store, proxies: proxyCount } = settings;
  const plan = planRun(seeded(seed), {
    seed,
    checkouts,
    proxies: proxyCount,
    kills: settings.kills,
    timeoutMs: pspTimeoutMs,
  });
  const closers: (() => Promise<unknown>)[] = [];
  const http = openHttp();
  closers.push(() => http.close());
  try {
    const psp = await startEmulator({ port: 0 });
    closers.push(() => psp.close());
    const emulator = emulatorControls(psp.url, http);
    await emulator.dialect(settings.era);
    const webhooks = await collectWebhooks();
    closers.push(webhooks.close);

    const folder = await mkdtemp(join(tmpdir(), 'letpay-faults-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const redis = store === 'redis' ? await startRedis() : null;
    if (redis) closers.push(() => redis.close());
    const storeUrl = redis?.url ?? `sqlite:${join(folder, 'letpay.db')}`;
    const env = { ...webhooks.env, ...(settings.sealed && { STORE_KEY: 'store-key-of-the-fault-runs-01' }) };
    const proxies = await Promise.all(
      Array.from({ length: proxyCount }, () =>
        startProxy({ letpayUrl: psp.url, storeUrl, pspTimeoutMs, env }),
      ),
    );
    closers.push(() => Promise.all(proxies.map(proxy => proxy.kill())));

    let submissions = 0;
    let kills = 0;
    const errorBodies: string[] = [];
    const problems = new Map<string, number>();
    const verified: number[] = [];
    const background: Promise<unknown>[] = [];

    async function killAndRestart({ afterMs, proxy, downForMs }: KillPlan): Promise<void> {
      await wait(afterMs);
      const victim = proxies[proxy];
      if (!victim?.isUp) return;
      await victim.kill();
      kills += 1;
      await wait(downForMs);
      await victim.start();
    }

    function walkedIn(shoppers: number): void {
      for (const kill of plan.kills) {
        if (kill.afterShoppers === shoppers) background.push(killAndRestart(kill));
      }
      for (const { afterShoppers, fault } of plan.logIns) {
        if (afterShoppers !== shoppers) continue;
        // A call that is refused at the door makes the proxy log in, and the log-in meets the fault.
        background.push(
          emulator.fault({ ...fault, method: 'POST', path: '/auth' }),
          emulator.fault({ kind: 'status', status: 401, path: '/payment*' }),
        );
      }
    }

    const stage: Stage = {
      http,
      emulator,
      proxyUrls: proxies.map(proxy => proxy.url),
      merchantKey,
      submitting() {
        submissions += 1;
      },
      answered(reply) {
        if (reply.status < 300) return;
        errorBodies.push(reply.text);
        const { code } = (reply.body ?? {}) as { code?: unknown };
        const name = `${reply.status} ${String(code)}`;
        problems.set(name, (problems.get(name) ?? 0) + 1);
      },
      verified: ms => verified.push(ms),
    };

    const queue = [...plan.shoppers];
    const visits: Visit[] = [];
    async function walkIn(): Promise<void> {
      for (let shopper = queue.shift(); shopper !== undefined; shopper = queue.shift()) {
        walkedIn(shopper.index + 1);
        visits.push(await visit(shopper, stage));
      }
    }
    await Promise.all(Array.from({ length: settings.parallel }, walkIn));
    await Promise.all(background);
    const shoppersMs = Date.now() - started;

    const struck = await emulator.struck();
    await emulator.clearFaults();
    const outcome = await untilQuiet();
    const findings = visits.flatMap((seen): Finding[] => {
      const complaints = judge(seen, ...outcome.of(seen.plan.reference));
      if (complaints.length === 0) return [];
      return [{ reference: seen.plan.reference, complaints, history: seen.history }];
    });

    /** Asks the store only, never the PSP: what the proxies do not find out by themselves stays open. */
    async function askOrders(reference: string): Promise<readonly MerchantOrder[]> {
      for (const { url } of proxies) {
        const reply = await http.call({
          method: 'GET',
          url: `${url}/v1/orders?reference_id=${encodeURIComponent(reference)}`,
          headers: { authorization: `Bearer ${merchantKey}` },
        });
        if (reply?.status === 200) return (reply.body as { orders: readonly MerchantOrder[] }).orders;
      }
      return [];
    }

    async function untilQuiet() {
      const deadline = Date.now() + quietWithinMs;
      for (;;) {
        const all = await emulator.payments();
        const rows = Map.groupBy(all, row => row.reference_id);
        const orders = new Map<string, readonly MerchantOrder[]>();
        const open: string[] = [];
        for (const { reference } of plan.shoppers) {
          const found = await askOrders(reference);
          orders.set(reference, found);
          open.push(...openQuestions(rows.get(reference) ?? [], found));
        }
        const of = (reference: string): [readonly LedgerRow[], readonly MerchantOrder[]] => [
          rows.get(reference) ?? [],
          orders.get(reference) ?? [],
        ];
        if (open.length === 0 || Date.now() > deadline) return { of, all };
        await wait(500);
      }
    }

    const metrics = await Promise.all(
      proxies.map(proxy => http.call({ method: 'GET', url: `${proxy.url}/metrics` })),
    );
    const haystacks: Haystack[] = [
      ...proxies.map((proxy, number) => text(`the output of proxy ${number}`, proxy.output())),
      ...metrics.flatMap(reply => (reply?.status === 200 ? [text('the metrics', reply.text)] : [])),
      text('error bodies', errorBodies.join('\n')),
      text('webhooks', webhooks.received()),
      ...(await filesBelow(redis?.folder ?? folder)),
    ];
    const kept = haystacks.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return {
      settings,
      findings,
      cardsFound: findCards(haystacks),
      crashes: proxies.reduce((sum, proxy) => sum + proxy.crashes, 0),
      output: lastLines(proxies),
      figures: {
        seed,
        store: `${store}, ${settings.era} dialect`,
        proxies: proxyCount,
        checkouts: visits.filter(seen => seen.token !== null).length,
        submissions,
        attempts: outcome.all.length,
        accepted: outcome.all.filter(row => row.send_accepted > 0).length,
        sent: outcome.all.reduce((sum, row) => sum + row.send_received, 0),
        paidBeforeNext: visits.reduce((sum, seen) => sum + seen.mustStayUnsent.size, 0),
        paidTwiceByHand: visits.filter(seen => seen.paidByHand.size > 1).length,
        faults: struck,
        kills,
        logIns: (await emulator.stats()).logins,
        verified,
        statuses: tally(outcome.all.filter(row => row.send_accepted > 0).map(row => row.status)),
        problems: Object.fromEntries(problems),
        searchedBytes: kept,
        shoppersMs,
        totalMs: Date.now() - started,
      },
    };
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

const text = (name: string, content: string): Haystack => ({ name, bytes: Buffer.from(content) });

function lastLines(proxies: readonly ProxyProcess[]): string {
  return proxies.map(proxy => proxy.output().split('\n').slice(-30).join('\n')).join('\n――\n');
}
