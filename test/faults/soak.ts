/**
 * Mixed load with thousands of open feeds, for minutes: memory and open handles stay flat, nothing fails.
 * `node test/faults/soak.ts --seconds 300 --feeds 2000`; the short check is soak.test.ts.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startEmulator } from '../../demo/emulator/emulator.ts';
import { cardSubmission } from './cards.ts';
import { emulatorControls } from './emulator-controls.ts';
import { median, tally } from './figures.ts';
import { codeOf, openHttp, type Reply } from './http.ts';
import { merchantKey, startProxy } from './proxy-process.ts';
import { seeded } from './random.ts';

export interface SoakSettings {
  readonly seconds: number;
  readonly feeds: number;
  /** New checkouts a second that are walked through to their end. */
  readonly rate: number;
  readonly seed: string;
}

export interface Sample {
  /** Since the start, in ms. */
  readonly at: number;
  readonly rss: number;
  readonly handles: number;
  readonly openFeeds: number;
}

export interface SoakReport {
  readonly settings: SoakSettings;
  readonly samples: readonly Sample[];
  /** Answers by status, and `none` where none came. */
  readonly answers: Readonly<Record<string, number>>;
  readonly events: number;
  /** Feeds that the proxy ended. */
  readonly brokenFeeds: number;
  /** Milliseconds of each `sendPayment`. */
  readonly submitMs: readonly number[];
  readonly finished: number;
  readonly crashes: number;
  readonly errors: number;
  readonly sentTwice: number;
}

const sampleEveryMs = 1_000;
/** Handles that come and go with the connections of the moment. */
const breathingHandles = 150;
const growthBytes = 40 * 2 ** 20;
const growthShare = 0.15;

export async function soak(settings: SoakSettings): Promise<SoakReport> {
  const { seconds, feeds, rate } = settings;
  const random = seeded(settings.seed);
  const folder = await mkdtemp(join(tmpdir(), 'letpay-soak-'));
  const http = openHttp({ connections: feeds + 512 });
  const psp = await startEmulator({ port: 0 });
  const emulator = emulatorControls(psp.url, http);
  const proxy = await startProxy({
    letpayUrl: psp.url,
    storeUrl: `sqlite:${join(folder, 'letpay.db')}`,
    pspTimeoutMs: 5_000,
  });
  const leaving = new AbortController();
  const answers: string[] = [];
  const submitMs: number[] = [];
  const samples: Sample[] = [];
  let events = 0;
  let openFeeds = 0;
  let brokenFeeds = 0;
  let finished = 0;
  let orders = 0;

  async function call(
    method: 'GET' | 'POST',
    path: string,
    key?: string,
    body?: unknown,
  ): Promise<Reply | null> {
    const reply = await http.call({
      method,
      url: proxy.url + path,
      headers: {
        authorization: `Bearer ${merchantKey}`,
        'x-forwarded-for': `10.1.${(orders >> 8) & 255}.${orders & 255}`,
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body,
    });
    answers.push(reply === null ? 'none' : `${reply.status}${codeOf(reply) && ` ${codeOf(reply)}`}`);
    return reply;
  }

  async function order(firstName: string): Promise<string | null> {
    orders += 1;
    const reply = await call('POST', '/v1/orders', undefined, {
      amount: 50,
      asset: 'BRL',
      reference_id: `SOAK-${orders}`,
      person_firstname: firstName,
      person_surname: 'Sonnentag',
      person_taxid: '39784045087',
      person_email: 'alice@example.com',
      disable_address: true,
    });
    return (reply?.body as { payment_token?: string } | undefined)?.payment_token ?? null;
  }

  async function submit(token: string, key: string, body: unknown): Promise<Reply | null> {
    const started = Date.now();
    const reply = await call('POST', `/v1/checkout/${token}/sendPayment`, key, body);
    submitMs.push(Date.now() - started);
    return reply;
  }

  function follow(token: string): Promise<void> {
    openFeeds += 1;
    return http
      .feed(`${proxy.url}/v1/checkout/${token}/events`, {}, leaving.signal, () => {
        events += 1;
      })
      .then(() => {
        openFeeds -= 1;
        if (!leaving.signal.aborted) brokenFeeds += 1;
      });
  }

  /** One shopper from order to end: a card that is paid or declined, or a Pix that is settled or left. */
  async function shop(number: number): Promise<void> {
    const draws = random.fork(number);
    const firstName = draws.pick(['PAID', 'DECLINED', 'Alice', 'Alice']);
    const token = await order(firstName);
    if (token === null) return;
    const page = new AbortController();
    const feed = http.feed(`${proxy.url}/v1/checkout/${token}/events`, {}, page.signal, () => {
      events += 1;
    });
    await call('GET', `/v1/checkout/${token}`);
    await submit(token, `soak-${number}`, firstName === 'Alice' ? { method: 'PIX' } : cardSubmission(number));
    if (firstName === 'Alice' && draws.chance(0.5)) await emulator.settle(token, 'PAID');
    await wait(1_000);
    if (firstName === 'DECLINED') {
      await call('POST', `/v1/checkout/${token}/renew`, `soak-${number}-renew`);
    }
    await call('GET', `/v1/checkout/${token}`);
    page.abort();
    await feed;
    finished += 1;
  }

  async function sample(started: number): Promise<void> {
    while (!leaving.signal.aborted) {
      const footprint = proxy.footprint();
      if (footprint) samples.push({ at: Date.now() - started, openFeeds, ...footprint });
      await wait(sampleEveryMs, undefined, { signal: leaving.signal }).catch(() => undefined);
    }
  }

  const following: Promise<void>[] = [];
  const shopping = new Set<Promise<void>>();
  try {
    // One in ten looks at a Pix code that waits, the others at a page where nothing happens.
    for (let opened = 0; opened < feeds; opened += 20) {
      const tokens = await Promise.all(
        Array.from({ length: Math.min(20, feeds - opened) }, () => order('Alice')),
      );
      for (const [number, token] of tokens.entries()) {
        if (token === null) continue;
        if (number % 10 === 0) await submit(token, `soak-feed-${token}`, { method: 'PIX' });
        following.push(follow(token));
      }
    }
    const started = Date.now();
    const sampling = sample(started);
    for (let number = 0; Date.now() - started < seconds * 1_000; number++) {
      const run = shop(number).finally(() => shopping.delete(run));
      shopping.add(run);
      await wait(Math.max(0, started + ((number + 1) * 1_000) / rate - Date.now()));
    }
    await Promise.all(shopping);
    leaving.abort();
    await Promise.all([sampling, ...following]);
    return {
      settings,
      samples,
      answers: tally(answers),
      events,
      brokenFeeds,
      submitMs,
      finished,
      crashes: proxy.crashes,
      errors: proxy.output().split('"level":"error"').length - 1,
      sentTwice: (await emulator.payments()).filter(row => row.send_received > 1).length,
    };
  } finally {
    leaving.abort();
    await proxy.stop();
    await psp.close();
    await http.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;

/** What is wrong with a soak, and its figures. Flat: the last third needs no more than the second one. */
export function judgeSoak(report: SoakReport): {
  readonly complaints: readonly string[];
  readonly text: string;
} {
  const { settings, samples, submitMs } = report;
  const third = Math.floor(samples.length / 3);
  const middle = samples.slice(third, 2 * third);
  const last = samples.slice(2 * third);
  const rss = [middle, last].map(part => median(part.map(({ rss }) => rss)));
  const handles = [middle, last].map(part => median(part.map(({ handles }) => handles)));
  const [rssMiddle = 0, rssLast = 0] = rss;
  const [handlesMiddle = 0, handlesLast = 0] = handles;
  const sorted = [...submitMs].sort((a, b) => a - b);
  const bad = Object.keys(report.answers).filter(name => name === 'none' || name.startsWith('5'));
  const complaints = [
    ...(rssLast - rssMiddle > Math.max(growthBytes, rssMiddle * growthShare) ? ['memory grows'] : []),
    ...(handlesLast - handlesMiddle > breathingHandles ? ['open handles grow'] : []),
    ...(report.brokenFeeds > 0 ? [`${report.brokenFeeds} feeds broke`] : []),
    ...(report.crashes > 0 ? ['the proxy ended by itself'] : []),
    ...(report.errors > 0 ? [`${report.errors} errors in the log`] : []),
    ...(report.sentTwice > 0 ? [`${report.sentTwice} payments were sent twice`] : []),
    ...bad.map(name => `answers ${name}: ${report.answers[name]}`),
  ];
  const text = [
    `soak: ${settings.seconds} s, ${settings.feeds} feeds, ${report.finished} checkouts walked through, ${report.events} events`,
    `  RSS ${megabytes(rssMiddle)} in the second third, ${megabytes(rssLast)} in the last one`,
    `  open handles ${handlesMiddle} and ${handlesLast}; feeds open at the end ${samples.at(-1)?.openFeeds ?? 0}`,
    `  sendPayment p50 ${median(submitMs)} ms, p99 ${sorted[Math.floor(sorted.length * 0.99)] ?? 0} ms`,
    `  answers: ${Object.entries(report.answers)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    ...complaints.map(complaint => `  ✗ ${complaint}`),
  ].join('\n');
  return { complaints, text };
}
