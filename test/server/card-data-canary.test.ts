/** Money rule 4: card number and CVV are in the request, in memory and in the request to the PSP, and nowhere else. */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFeed } from './open-feed.ts';
import { card, checkoutOf, merchantKey, newKey, type Reply, startStack, until } from './stack.ts';
import { personData } from './stored-cards.ts';

/** Test cards of the documents, each with a code that occurs nowhere by chance when it stands between quotes. */
const cards = [
  { card_number: '4539620659922097', card_cvv: '917' },
  { card_number: '5240082975622454', card_cvv: '863' },
  { card_number: '376449047333005', card_cvv: '9184' },
] as const;
const wrongNumber = '4539620659922098';
/** What a 3-D Secure check brought. Card schemes forbid to keep the cryptogram. */
const cavv = 'Q0FOQVJZLUNBVlYtMDAwMQ==';
const authentication = { cavv, xid: 'X', eci: '05', version: '2.2.0', dstrans_id: 'D' };

function checkStored({ status, text }: Reply): void {
  assert.equal(status, 201, text);
}

/** The text, and whatever it can be turned back from. */
function tracesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap(name =>
    (['hex', 'base64', 'base64url'] as const).map(form => createHash(name).update(secret).digest(form)),
  );
  return [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url'), ...hashes];
}

function numberTraces(number: string): string[] {
  const groups = number.match(/.{1,4}/g) ?? [];
  const spaced = groups.join(' ');
  return [
    number,
    number.slice(0, -4),
    spaced,
    groups.join('-'),
    encodeURIComponent(spaced),
    spaced.replaceAll(' ', '+'),
    ...tracesOf(number),
    ...tracesOf(spaced),
  ];
}

/** Three digits alone stand everywhere; as a value they do not. */
const codeTraces = (code: string): string[] => [
  `"${code}"`,
  `card_cvv=${code}`,
  `"card_cvv":${code}`,
  ...tracesOf(code).filter(trace => trace.length > 8),
];

test('after good and failing submissions no card number or code is in any log line, reply, event or store file', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-canary-'));
  t.after(() => rmSync(folder, { recursive: true }));
  // Without a key the store hides nothing: what is not found was not written.
  const stack = await startStack(t, {
    env: { STORE_URL: `sqlite:${join(folder, 'letpay.db')}`, STORE_KEY: undefined },
    callbacks: true,
    debitCards: true,
  });
  const replies: Reply[] = [];
  const note = async (reply: Promise<Reply>) => {
    replies.push(await reply);
    return reply;
  };
  const feeds: string[] = [];

  for (const secret of cards) {
    const submission = { ...card, ...secret };
    const paid = await stack.orderToken({ person_firstname: 'PAID' });
    const feed = await openFeed(t, stack.url, paid);
    const key = newKey();
    const path = `/v1/checkout/${paid}/sendPayment`;
    await note(stack.send(paid, { ...submission, card_number: wrongNumber }));
    await note(stack.send(paid, { ...submission, card_month: 13 }));
    await note(stack.send(paid, { ...submission, card_year: 2001 }));
    await note(stack.send(paid, { ...submission, method: submission.card_number }));
    await note(stack.send(paid, { ...submission, card_holder: submission.card_number.repeat(9) }));
    await note(stack.send(paid, JSON.stringify(submission).slice(0, -1)));
    await note(stack.send(paid, { ...submission, padding: 'x'.repeat(40_000) }));
    await note(stack.call('POST', path, { body: submission }));
    await note(
      stack.call('POST', path, {
        body: submission,
        headers: { Origin: 'https://evil.example', 'Idempotency-Key': key },
      }),
    );
    await note(
      stack.call('POST', path, {
        body: JSON.stringify(submission),
        headers: { 'Content-Type': 'text/plain', 'Idempotency-Key': key },
      }),
    );
    await note(stack.call('GET', `/v1/checkout/${submission.card_number}`));
    await note(stack.call('GET', `/nowhere/${submission.card_number}?card_cvv=${submission.card_cvv}`));
    await note(stack.createOrder({ ...submission, method: undefined, amount: 'x' }));
    await note(stack.send(paid, { ...submission, card_installments: 24 }));
    checkoutOf(await note(stack.send(paid, submission, key)));
    await note(stack.send(paid, submission, key));
    await note(stack.send(paid, { ...submission, card_installments: 2 }, key));
    await stack.checkoutWhen(paid, ({ status }) => status === 'PAID');
    await note(stack.send(paid, submission));
    await note(stack.read(paid));
    await note(stack.merchant('GET', `/v1/orders/${paid}`));
    await until(() => feed.events.at(-1)?.checkout.status === 'PAID');
    feeds.push(feed.text());

    for (const kind of ['drop_before', 'drop_after', 'garbage', 'truncate', 'status'] as const) {
      const doubtful = await stack.orderToken();
      await stack.fault({ path: '/payment/*/sendPayment', kind, status: 500 });
      checkoutOf(await note(stack.send(doubtful, submission)), 202);
    }
    const person = { ...personData, ...secret };
    checkStored(await note(stack.merchant('POST', '/v1/persons', person)));
    await note(stack.merchant('POST', '/v1/persons', { ...person, card_number: wrongNumber }));
    await note(stack.merchant('POST', '/v1/persons', { ...person, person_birth: undefined }));
    await note(stack.merchant('POST', '/v1/persons', { ...person, person_surname: undefined }));
    await note(stack.merchant('POST', '/v1/persons', JSON.stringify(person).slice(0, -1)));
    for (const kind of ['drop_after', 'garbage', 'status'] as const) {
      await stack.fault({ path: '/token/person', kind, status: 500 });
      await note(stack.merchant('POST', '/v1/persons', person));
    }
    const kept = await stack.orderToken({ person_firstname: 'PAID', offer_save_card: true });
    checkoutOf(await note(stack.send(kept, { ...submission, save_card: true })));
    await note(stack.merchant('GET', `/v1/orders/${kept}`));

    const debit = { ...submission, method: 'DEBITCARD', authentication };
    const debited = await stack.orderToken({ person_firstname: 'PAID' });
    await note(stack.send(debited, { ...debit, authentication: { cavv } }));
    await note(stack.send(debited, { ...debit, authentication: cavv }));
    await note(stack.send(debited, { ...debit, authentication: { ...authentication, eci: '07' } }));
    await stack.fault({ path: '/payment/*/sendPayment', kind: 'drop_after' });
    checkoutOf(await note(stack.send(debited, debit)), 202);
    await note(stack.merchant('GET', `/v1/orders/${debited}`));

    const declined = await stack.orderToken({ person_firstname: 'DECLINED' });
    await note(stack.send(declined, submission));
    await stack.checkoutWhen(declined, ({ status }) => status === 'DECLINED');
    await note(stack.read(declined));
  }
  await note(stack.call('GET', '/metrics', { headers: { Authorization: `Bearer ${merchantKey}` } }));

  const files = () =>
    readdirSync(folder)
      .map(name => readFileSync(join(folder, name), 'latin1'))
      .join('\n');
  const filesWhileOpen = files();
  await stack.close();
  const everything = {
    log: stack.log.join('\n'),
    replies: replies.map(({ text, headers }) => text + JSON.stringify([...headers])).join('\n'),
    feeds: feeds.join('\n'),
    files: filesWhileOpen + files(),
  };
  for (const [where, text] of Object.entries(everything)) {
    assert.ok(text.length > 1_000, `${where} was looked at`);
    for (const { card_number, card_cvv } of cards) {
      for (const [n, trace] of [...numberTraces(card_number), ...codeTraces(card_cvv)].entries()) {
        assert.ok(
          !text.includes(trace),
          `${where} holds trace ${n} of the card ending in ${card_number.slice(-4)}`,
        );
      }
    }
    assert.ok(!text.includes(wrongNumber), where);
    for (const trace of [cavv, ...tracesOf(cavv)])
      assert.ok(!text.includes(trace), `${where} holds the cavv`);
  }
});
