/**
 * Bad requests by the thousand: each is refused with a 4xx, none is repeated in an answer or in the log, the process stays
 * as small as it was, and the next good request works. FAULTS=long sends 10,000; FUZZ_SEED repeats a run.
 */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BadRequest, badRequests, marker } from './bad-requests.ts';
import { checkoutIn, startCrew } from './crew.ts';
import { tally } from './figures.ts';
import { merchantKey } from './proxy-process.ts';
import { sendRaw } from './raw-http.ts';

const long = process.env['FAULTS'] === 'long';
const requests = long ? 10_000 : 1_500;
const seed = Number(process.env['FUZZ_SEED'] ?? 2026);
/** Heap that grows to its working size is no leak; what comes after this share of the run must not grow. */
const warmUp = 0.4;
const growthBytes = 48 * 2 ** 20;

test(`answers ${requests} bad requests with 4xx, echoes nothing and does not grow`, async t => {
  const crew = await startCrew(t, { storeUrl: 'memory:' });
  const [proxy] = crew.proxies;
  assert.ok(proxy);
  const port = Number(new URL(proxy.url).port);
  const token = await crew.createOrder(0);
  const answers: string[] = [];
  let sent = 0;
  let warm = proxy.footprint();

  async function isRefused(request: BadRequest): Promise<void> {
    const { status, text } = await sendRaw(port, request);
    sent += 1;
    if (sent === Math.round(requests * warmUp)) warm = proxy?.footprint() ?? null;
    answers.push(`${request.fault} ${status}`);
    const refused = status !== null ? status >= 400 && status < 500 : request.breaksHttp;
    assert.ok(
      refused,
      `${request.fault}: ${request.method} ${request.target.slice(0, 200)} → ${text.slice(0, 600)}`,
    );
    assert.ok(
      !text.toLowerCase().includes(marker),
      `${request.fault}: the input is repeated: ${text.slice(0, 600)}`,
    );
  }
  await fc.assert(fc.asyncProperty(badRequests(token, merchantKey), isRefused), { numRuns: requests, seed });

  const cold = proxy.footprint();
  assert.equal(proxy.crashes, 0, proxy.output().slice(-2_000));
  // The log names the origin of a page that is not allowed, so that an operator can add it.
  const logged = proxy
    .output()
    .split('\n')
    .filter(line => !line.includes('"event":"origin_not_allowed"'));
  assert.ok(!logged.join('\n').toLowerCase().includes(marker), 'the log holds what was sent');
  assert.ok(!proxy.output().includes('"level":"error"'), /.*"level":"error".*/.exec(proxy.output())?.[0]);
  assert.equal((await crew.payment(token)).send_received, 0);
  assert.equal(checkoutIn(await crew.submit(0, token, { method: 'PIX' })).instrument?.method, 'PIX');
  const megabytes = (bytes = 0) => (bytes / 2 ** 20).toFixed(0);
  process.stdout.write(
    `fuzz (FUZZ_SEED=${seed}): ${sent} requests, RSS ${megabytes(warm?.rss)} MB warm, ${megabytes(cold?.rss)} MB at the end, ` +
      `handles ${warm?.handles} and ${cold?.handles}\n${Object.entries(tally(answers))
        .sort()
        .map(([answer, count]) => `  ${answer}: ${count}`)
        .join('\n')}\n`,
  );
  if (warm && cold) {
    assert.ok(cold.rss - warm.rss < growthBytes, `RSS grew by ${megabytes(cold.rss - warm.rss)} MB`);
    assert.ok(cold.handles <= warm.handles + 8, `${cold.handles} open handles, ${warm.handles} before`);
  }
});
