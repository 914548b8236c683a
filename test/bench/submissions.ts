/**
 * What the proxy adds to a payment: submissions per second through HTTP, with the durable store, against a PSP that
 * answers at once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Pool } from 'undici';
import { createProxy } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';

export interface SubmissionFigures {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly cpuMicrosecondsEach: number;
}

const key = 'merchant key of the bench';

/** Answers in LetPay’s shapes, at once and in constant time. */
async function startInstantPsp() {
  const exp = Math.floor(Date.now() / 1000) + 3_600;
  const token = `h.${Buffer.from(JSON.stringify({ sub: 'bench', exp })).toString('base64url')}.s`;
  let orders = 0;
  const answers: [suffix: string, answer: () => unknown][] = [
    ['/auth', () => ({ token })],
    ['/sendPayment', () => ({ transaction_status: 'PROCESSING', refresh_token: token })],
    [
      '/payment',
      () => ({
        payment: { payment_token: `bench-token-${++orders}` },
        methods: ['CREDITCARD'],
        totals: { amount: 10, asset: 'BRL', customer_amount: 10 },
      }),
    ],
  ];
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const answer = answers.find(([suffix]) => request.url?.endsWith(suffix))?.[1]() ?? {
        transactionStatus: 'PROCESSING',
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function benchSubmissions(count: number, parallel: number): Promise<SubmissionFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-bench-'));
  const psp = await startInstantPsp();
  const config = readConfig(
    {
      LETPAY_API_URL: psp.url,
      LETPAY_USERNAME: 'bench',
      LETPAY_PASSWORD: 'bench',
      LETPAY_CONTRACT_ID: 'bench',
      MERCHANT_API_KEY: key,
      PUBLIC_URL: 'http://127.0.0.1:9',
      STORE_URL: `sqlite:${join(folder, 'bench.db')}`,
      PSP_READS_PER_SECOND: '1',
    },
    '/nowhere',
  );
  const app = createProxy(config, { log: () => undefined });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise<void>(resolve => server.once('listening', () => resolve()));
  const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    connections: parallel,
  });
  const post = async (path: string, body: unknown, headers: Record<string, string>) => {
    const text = JSON.stringify(body);
    const reply = await pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
    });
    const answer = (await reply.body.json()) as { payment_token: string };
    if (reply.statusCode >= 300) throw new Error(`${path} answered ${reply.statusCode}`);
    return answer;
  };
  const order = {
    amount: 10,
    asset: 'BRL',
    reference_id: 'BENCH',
    person_firstname: 'A',
    person_surname: 'B',
    person_taxid: '39784045087',
    person_email: 'a@example.com',
    disable_address: true,
  };
  const card = {
    method: 'CREDITCARD',
    card_number: '4539620659922097',
    card_holder: 'BENCH',
    card_cvv: '123',
    card_month: 12,
    card_year: new Date().getFullYear() + 2,
  };
  async function inParallel(work: (n: number) => Promise<void>): Promise<void> {
    let next = 0;
    const worker = async () => {
      while (next < count) await work(next++);
    };
    await Promise.all(Array.from({ length: parallel }, worker));
  }
  try {
    const tokens: string[] = [];
    await inParallel(async n => {
      tokens[n] = (await post('/v1/orders', order, { authorization: `Bearer ${key}` })).payment_token;
    });
    const times: number[] = [];
    const cpu = process.cpuUsage();
    const started = performance.now();
    await inParallel(async n => {
      const sent = performance.now();
      await post(`/v1/checkout/${tokens[n]}/sendPayment`, card, { 'idempotency-key': `key-${n}` });
      times.push(performance.now() - sent);
    });
    const seconds = (performance.now() - started) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    times.sort((a, b) => a - b);
    const at = (share: number) =>
      Math.round((times[Math.floor(times.length * share)] ?? Number.NaN) * 10) / 10;
    return {
      perSecond: Math.round(count / seconds),
      medianMs: at(0.5),
      p99Ms: at(0.99),
      cpuMicrosecondsEach: Math.round((user + system) / count),
    };
  } finally {
    await pool.destroy();
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
    await app.close();
    psp.close();
    rmSync(folder, { recursive: true });
  }
}
