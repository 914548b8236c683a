/**
 * A fault run for the gateways that hand out a link: shoppers who are sent to the PSP’s page pay, fail or only leave there,
 * while calls break in every way and proxies are killed. Where the PSP cancels what was paid, merchants cancel and refund.
 * At the end the PSP’s ledger and the proxy must tell one story.
 */
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Checkout, checkout } from '../../server/contract/checkout.ts';
import { type Crew, order, startCrew, until } from './crew.ts';
import type { PlannedFault } from './plan.ts';
import { type Random, seeded } from './random.ts';
import type { MerchantOrder } from './verdict.ts';

export interface RedirectGateway {
  readonly name: 'letsia' | 'lesspay';
  /** Calls that faults may strike. */
  readonly paths: readonly string[];
  /** The form of the PSP’s page. */
  readonly form: Readonly<Record<'pay' | 'fail', Readonly<Record<string, string>>>>;
  readonly cancelsPaid: boolean;
}

export interface RedirectRun {
  readonly gateway: RedirectGateway;
  readonly seed: string;
  readonly storeUrl: string;
  readonly proxies: number;
  readonly shoppers: number;
  readonly kills: number;
}

const pspTimeoutMs = 800;
const endsWithinMs = 60_000;
const over = new Set(['DECLINED', 'CANCELED', 'ERROR']);

function drawFault(random: Random): PlannedFault {
  return random.weighted<PlannedFault>([
    [3, { kind: 'drop_before' }],
    [3, { kind: 'drop_after' }],
    [2, { kind: 'status', status: random.pick([400, 500, 503]) }],
    [2, { kind: 'status_after', status: random.pick([500, 502, 504]) }],
    [2, { kind: 'garbage' }],
    [2, { kind: 'truncate' }],
    [2, { kind: 'delay', ms: random.int(100, 2 * pspTimeoutMs) }],
    [2, { kind: 'delay_before', ms: random.int(100, 2 * pspTimeoutMs) }],
  ]);
}

/** What one shopper was told and did. */
interface Story {
  readonly reference: string;
  token: string;
  /** Links by the attempt that they were shown for. */
  readonly links: Map<number, Set<string>>;
  /** Links that she paid at. */
  readonly paid: Set<string>;
  end: 'paid' | 'left' | 'stuck';
  /** What the merchant was answered who canceled or refunded the paid order; null for no answer. */
  canceled: number | null;
  refunded: number | null;
  readonly complaints: string[];
}

export interface RedirectReport {
  readonly findings: readonly string[];
  /** Faults that struck. */
  readonly struck: number;
  /** Shoppers who paid in the end. */
  readonly paid: number;
  /** Paid orders that a merchant was told to have canceled. */
  readonly canceled: number;
}

export async function redirectRun(t: TestContext, run: RedirectRun): Promise<RedirectReport> {
  const random = seeded(run.seed);
  const crew = await startCrew(t, { storeUrl: run.storeUrl, proxies: run.proxies, pspTimeoutMs });
  let walking = run.shoppers;

  const kills = (async () => {
    const draws = random.fork('kills');
    for (let number = 0; number < run.kills && walking > 0; number += 1) {
      await wait(draws.int(300, 1_500));
      const victim = crew.proxies[number % run.proxies];
      await victim?.kill();
      await wait(draws.int(0, 300));
      await victim?.start();
    }
  })();

  const stories = await Promise.all(
    Array.from({ length: run.shoppers }, async (_, index) => {
      const story = await shop(crew, run, random.fork(`shopper ${index}`), index);
      walking -= 1;
      return story;
    }),
  );
  await kills;
  const struck = Object.values(await crew.emulator.struck()).reduce((sum, times) => sum + times, 0);
  await crew.emulator.clearFaults();
  const findings: string[] = [];
  for (const story of stories) findings.push(...(await judge(crew, story)));
  return {
    findings,
    struck,
    paid: stories.filter(({ end }) => end === 'paid').length,
    canceled: stories.filter(({ canceled }) => canceled === 200).length,
  };
}

async function shop(crew: Crew, run: RedirectRun, random: Random, index: number): Promise<Story> {
  const { name, paths, form } = run.gateway;
  const reference = `${name}-${run.seed}-${index}`;
  const story: Story = {
    reference,
    token: '',
    links: new Map(),
    paid: new Set(),
    end: 'stuck',
    canceled: null,
    refunded: null,
    complaints: [],
  };
  const deadline = Date.now() + endsWithinMs;
  const anyProxy = () => random.int(0, run.proxies - 1);
  let number = 0;
  const misfortune = async () => {
    if (random.chance(0.5)) await crew.emulator.fault({ ...drawFault(random), path: random.pick(paths) });
  };

  /** The merchant cancels the paid order, or gives its money back, or both at once. */
  async function undo(): Promise<void> {
    const { token } = story;
    await misfortune();
    const cancels = random.chance(0.8);
    const [canceled, refunded] = await Promise.all([
      cancels ? crew.call(anyProxy(), 'POST', `/v1/orders/${token}/cancel`) : null,
      !cancels || random.chance(0.5) ? crew.call(anyProxy(), 'POST', `/v1/orders/${token}/refunds`) : null,
    ]);
    story.canceled = canceled?.status ?? null;
    story.refunded = refunded?.status ?? null;
  }

  while (story.token === '' && Date.now() < deadline) {
    await misfortune();
    const body = { ...order, gateway: name, reference_id: reference };
    const key = `${reference}-order-${number++}`;
    const made = await crew.call(anyProxy(), 'POST', '/v1/orders', { key, body });
    if (made?.status === 201) story.token = checkout.parse(made.body).payment_token;
    else await wait(50);
  }
  const path = `/v1/checkout/${story.token}`;
  const changeAt = (at: number, what: 'sendPayment' | 'renew', key: string) =>
    crew.call(at, 'POST', `${path}/${what}`, {
      key,
      ...(what === 'sendPayment' && { body: { method: 'REDIRECT' } }),
    });

  while (Date.now() < deadline) {
    const reply = await crew.call(anyProxy(), 'GET', path);
    if (reply?.status !== 200) {
      await wait(50);
      continue;
    }
    const seen = checkout.parse(reply.body);
    const link = noteLink(story, seen);
    if (seen.status === 'PAID') {
      story.end = 'paid';
      if (run.gateway.cancelsPaid && random.chance(0.6)) await undo();
      return story;
    }
    if (seen.can.submit || seen.can.renew) {
      await misfortune();
      const what = seen.can.submit ? 'sendPayment' : 'renew';
      const clicks = Array.from({ length: random.int(1, 3) }, () =>
        changeAt(anyProxy(), what, `${reference}-${random.chance(0.7) ? number : `tab-${number++}`}`),
      );
      number += 1;
      for (const answer of await Promise.all(clicks)) {
        if (answer?.status === 200) noteLink(story, checkout.parse(answer.body));
      }
      continue;
    }
    if (link !== null && !story.paid.has(link)) {
      await misfortune();
      const way = random.weighted<'pay' | 'fail' | 'look' | 'leave'>([
        [5, 'pay'],
        [2, 'fail'],
        [3, 'look'],
        [0.3, 'leave'],
      ]);
      if (way === 'leave') {
        story.end = 'left';
        return story;
      }
      if (way !== 'look') {
        if (way === 'pay') story.paid.add(link);
        await fetch(link, { method: 'POST', body: new URLSearchParams(form[way]), redirect: 'manual' }).catch(
          () => undefined,
        );
      }
    }
    await wait(100);
  }
  return story;
}

function noteLink(story: Story, { attempt, instrument }: Checkout): string | null {
  if (instrument?.method !== 'REDIRECT') return null;
  story.links.set(attempt, (story.links.get(attempt) ?? new Set()).add(instrument.url));
  return instrument.url;
}

async function judge(crew: Crew, story: Story): Promise<string[]> {
  const { reference, token, links, end, canceled, refunded } = story;
  const findings = [...story.complaints];
  const complain = (when: boolean, what: string) => {
    if (when) findings.push(`${reference}: ${what}`);
  };
  complain(end === 'stuck', 'she came to no end');
  for (const [attempt, shown] of links)
    complain(shown.size > 1, `attempt ${attempt} had ${shown.size} links`);
  const settled = await until(async () => {
    const rows = await crew.emulator.payments(reference);
    const found = await crew.stored(0, reference).catch(() => null);
    const mine = found?.find(candidate => candidate.payment_token === token) as MerchantOrder | undefined;
    const isBehind = mine?.attempts.some(attempt => {
      const row = rows.find(candidate => candidate.payment_token === attempt.payment_token);
      return attempt.verifying || (row && attempt.status !== 'CREATED' && attempt.status !== row.status);
    });
    return mine && !isBehind && { rows, mine };
  }, 45_000).catch(() => null);
  if (settled === null) return [...findings, `${reference}: the proxy never knew what the PSP knows`];
  const { rows, mine } = settled;
  const paid = rows.filter(row => row.status === 'PAID');
  const isCanceled = end === 'paid' && mine.status === 'CANCELED';
  complain(canceled === 200 && !isCanceled, `told canceled, and it is ${mine.status}`);
  complain(canceled !== null && canceled > 202 && isCanceled, `canceled, though told ${canceled}`);
  complain(refunded === 201 && isCanceled, 'canceled, though told that it is being given back');
  const names = new Set(mine.attempts.map(attempt => attempt.payment_token));
  complain(paid.length > 1, `${paid.length} payments`);
  complain(
    paid.some(row => !names.has(row.payment_token)),
    'money came in that the proxy does not know of',
  );
  complain(
    (paid.length === 1) !== (mine.status === 'PAID'),
    `${paid.length} paid and ${mine.status} at the proxy`,
  );
  complain(
    rows.some(row => row.send_accepted > 1),
    'one attempt is payable twice',
  );
  for (const attempt of mine.attempts) {
    const row = rows.find(candidate => candidate.payment_token === attempt.payment_token);
    complain(
      over.has(attempt.status) && row?.status !== attempt.status,
      `told ${attempt.status} of ${row?.status}`,
    );
  }
  return findings;
}
